// What our kernels use of the WASM backend, and how they take the place of its own.
import { tf } from "../tensors";

/** The part of the WASM backend that these kernels use; its own types do not export it. */
export interface WasmBackend {
  /** A view; growth of the heap detaches it, so take it after the last allocation. */
  typedArrayFromHeap(tensor: tf.TensorInfo): Float32Array;
  makeOutput(shape: number[], dtype: tf.DataType): tf.TensorInfo;
  disposeData(id: object): boolean;
}

const replaced = new Set<string>();

/** Replaces a kernel of the WASM backend, once per process. @param make receives the stock kernel, to fall back on. */
export function replaceWasmKernel(
  name: string,
  make: (stock: tf.KernelConfig) => Pick<tf.KernelConfig, "kernelFunc">,
): void {
  const stock = tf.getKernel(name, "wasm");
  if (!stock || replaced.has(name)) return;
  replaced.add(name);
  tf.unregisterKernel(name, "wasm");
  tf.registerKernel({ ...stock, ...make(stock) });
}
