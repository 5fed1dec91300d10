// Seeded random values on the cpu backend: the plain loop.
import { tf } from "../tensors";
import { fillSeededValues, type SeededValuesAttributes, seededValuesKernel } from "./seededValues";

interface CpuBackend {
  readonly data: { get(id: object): { values: ArrayLike<number> } };
  makeTensorInfo(shape: number[], dtype: "float32", values: Float32Array): tf.TensorInfo;
}

/** Registers the operation for the cpu backend; again is harmless. */
export function registerSeededValuesCpu(): void {
  if (tf.getKernel(seededValuesKernel, "cpu")) return;
  tf.registerKernel({
    kernelName: seededValuesKernel,
    backendName: "cpu",
    kernelFunc: ({ inputs, attrs, backend }) => {
      const cpu = backend as CpuBackend;
      const { counter, parameter } = inputs as { counter: tf.TensorInfo; parameter: tf.TensorInfo };
      const { shape, ...place } = attrs as unknown as SeededValuesAttributes;
      const result = new Float32Array(tf.util.sizeFromShape(shape as number[]));
      const values = (tensor: tf.TensorInfo) => cpu.data.get(tensor.dataId).values;
      fillSeededValues(result, values(counter), values(parameter)[0] as number, place);
      return cpu.makeTensorInfo(shape as number[], "float32", result);
    },
  });
}
