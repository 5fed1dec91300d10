// Softmax cross entropy on the backends of the processor: the plain loop, on cpu's arrays and in WASM's memory.
import { tf } from "../tensors";
import { fillCrossEntropy, softmaxCrossEntropyKernel } from "./softmaxCrossEntropy";
import type { WasmBackend } from "./wasmBackend";
import { perform } from "./wasmWork";

interface CpuBackend {
  readonly data: { get(id: object): { values: Float32Array } };
  makeTensorInfo(shape: number[], dtype: "float32", values: Float32Array): tf.TensorInfo;
}

type Inputs = { readonly logits: tf.TensorInfo; readonly targets: tf.TensorInfo };

/** Registers the operation for the cpu backend; again is harmless. */
export function registerCrossEntropyCpu(): void {
  if (tf.getKernel(softmaxCrossEntropyKernel, "cpu")) return;
  tf.registerKernel({
    kernelName: softmaxCrossEntropyKernel,
    backendName: "cpu",
    kernelFunc: ({ inputs, backend }) => {
      const cpu = backend as CpuBackend;
      const { logits, targets } = inputs as unknown as Inputs;
      const [batch, classes] = logits.shape as [number, number];
      const [losses, difference] = [new Float32Array(batch), new Float32Array(batch * classes)];
      const values = ({ dataId }: tf.TensorInfo) => cpu.data.get(dataId).values;
      fillCrossEntropy(values(logits), values(targets), classes, losses, difference);
      return [
        cpu.makeTensorInfo([batch], "float32", losses),
        cpu.makeTensorInfo([batch, classes], "float32", difference),
      ];
    },
  });
}

/** Registers the operation for the WASM backend; again is harmless. */
export function registerCrossEntropyWasm(): void {
  if (tf.getKernel(softmaxCrossEntropyKernel, "wasm")) return;
  tf.registerKernel({
    kernelName: softmaxCrossEntropyKernel,
    backendName: "wasm",
    kernelFunc: ({ inputs, backend }) => {
      const wasm = backend as WasmBackend;
      const { logits, targets } = inputs as unknown as Inputs;
      const [batch, classes] = logits.shape as [number, number];
      const losses = wasm.makeOutput([batch], "float32");
      const difference = wasm.makeOutput([batch, classes], "float32");
      const values = (tensor: tf.TensorInfo) => wasm.typedArrayFromHeap(tensor);
      perform(() =>
        fillCrossEntropy(
          values(logits),
          values(targets),
          classes,
          values(losses),
          values(difference),
        ),
      );
      return [losses, difference];
    },
  });
}
