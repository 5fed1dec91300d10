// Seeded random values on WASM: the plain loop, straight into the heap.
import { tf } from "../tensors";
import { fillSeededValues, type SeededValuesAttributes, seededValuesKernel } from "./seededValues";
import type { WasmBackend } from "./wasmBackend";
import { perform } from "./wasmWork";

/** Registers the operation for the WASM backend; again is harmless. */
export function registerSeededValuesWasm(): void {
  if (tf.getKernel(seededValuesKernel, "wasm")) return;
  tf.registerKernel({
    kernelName: seededValuesKernel,
    backendName: "wasm",
    kernelFunc: ({ inputs, attrs, backend }) => {
      const wasm = backend as WasmBackend;
      const { counter, parameter } = inputs as { counter: tf.TensorInfo; parameter: tf.TensorInfo };
      const { shape, ...place } = attrs as unknown as SeededValuesAttributes;
      const result = wasm.makeOutput(shape as number[], "float32");
      const values = (tensor: tf.TensorInfo) => wasm.typedArrayFromHeap(tensor);
      perform(() =>
        fillSeededValues(values(result), values(counter), values(parameter)[0] as number, place),
      );
      return result;
    },
  });
}
