// The dropout mask on WASM: the plain loop, straight into the heap.
import { tf } from "../tensors";
import { type DropoutMaskAttributes, dropoutMaskKernel, fillDropoutMask } from "./dropoutMask";
import type { WasmBackend } from "./wasmBackend";

/** Registers the operation for the WASM backend; again is harmless. */
export function registerDropoutMaskWasm(): void {
  if (tf.getKernel(dropoutMaskKernel, "wasm")) return;
  tf.registerKernel({
    kernelName: dropoutMaskKernel,
    backendName: "wasm",
    kernelFunc: ({ inputs, attrs, backend }) => {
      const wasm = backend as WasmBackend;
      const { counter, rate } = inputs as { counter: tf.TensorInfo; rate: tf.TensorInfo };
      const { shape, stream } = attrs as unknown as DropoutMaskAttributes;
      const result = wasm.makeOutput(shape as number[], "float32");
      const values = (tensor: tf.TensorInfo) => wasm.typedArrayFromHeap(tensor);
      fillDropoutMask(values(result), values(counter), values(rate)[0] as number, stream);
      return result;
    },
  });
}
