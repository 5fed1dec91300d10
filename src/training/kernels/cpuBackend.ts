// What our kernels use of the cpu backend, and how they take the place of its own.
import { tf } from "../tensors";

/** The part of the cpu backend that these kernels use; its own types do not export it. */
export interface CpuBackend {
  readonly data: { get(id: object): { readonly values: Float32Array } };
  makeTensorInfo(shape: number[], dtype: "float32", values: Float32Array): tf.TensorInfo;
}

export const valuesOf = (backend: CpuBackend, { dataId }: tf.TensorInfo): Float32Array =>
  backend.data.get(dataId).values;

const replaced = new Set<string>();

/** Replaces a kernel of the cpu backend, once per process. @param make receives the stock kernel, to fall back on. */
export function replaceCpuKernel(
  name: string,
  make: (stock: tf.KernelFunc) => tf.KernelFunc,
): void {
  const stock = tf.getKernel(name, "cpu");
  if (!stock || replaced.has(name)) return;
  replaced.add(name);
  tf.unregisterKernel(name, "cpu");
  tf.registerKernel({ ...stock, kernelFunc: make(stock.kernelFunc) });
}
