// The dropout mask on the cpu backend: the plain loop.
import { tf } from "../tensors";
import { type DropoutMaskAttributes, dropoutMaskKernel, fillDropoutMask } from "./dropoutMask";

interface CpuBackend {
  readonly data: { get(id: object): { values: ArrayLike<number> } };
  makeTensorInfo(shape: number[], dtype: "float32", values: Float32Array): tf.TensorInfo;
}

/** Registers the operation for the cpu backend; again is harmless. */
export function registerDropoutMaskCpu(): void {
  if (tf.getKernel(dropoutMaskKernel, "cpu")) return;
  tf.registerKernel({
    kernelName: dropoutMaskKernel,
    backendName: "cpu",
    kernelFunc: ({ inputs, attrs, backend }) => {
      const cpu = backend as CpuBackend;
      const { counter, rate } = inputs as { counter: tf.TensorInfo; rate: tf.TensorInfo };
      const { shape, stream } = attrs as unknown as DropoutMaskAttributes;
      const mask = new Float32Array(tf.util.sizeFromShape(shape as number[]));
      const values = (tensor: tf.TensorInfo) => cpu.data.get(tensor.dataId).values;
      fillDropoutMask(mask, values(counter), values(rate)[0] as number, stream);
      return cpu.makeTensorInfo(shape as number[], "float32", mask);
    },
  });
}
