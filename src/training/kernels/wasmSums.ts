// Sums and means over all axes but the last on WASM: the stock kernels transpose their input first; a product with a row of equal numbers does not.
import { tf } from "../tensors";
import { replaceWasmKernel, type WasmBackend } from "./wasmBackend";

/** True where exactly the leading axes are summed over and the last is kept. */
function keepsOnlyLast(shape: readonly number[], axes: readonly number[]): boolean {
  const summed = new Set(axes);
  return (
    shape.length > 1 &&
    shape.every((_, axis) => summed.has(axis) === axis < shape.length - 1) &&
    tf.util.sizeFromShape(shape as number[]) > 0
  );
}

function install(name: "Sum" | "Mean", weightOf: (rows: number) => number): void {
  const product = tf.getKernel("BatchMatMul", "wasm");
  replaceWasmKernel(name, (stock) => ({
    kernelFunc: (call) => {
      const { x } = call.inputs as { x: tf.TensorInfo };
      const { axis, keepDims } = call.attrs as unknown as {
        axis: number | number[];
        keepDims: boolean;
      };
      const axes = tf.util.parseAxisParam(axis, x.shape);
      if (!product || x.dtype !== "float32" || !keepsOnlyLast(x.shape, axes)) {
        return stock.kernelFunc(call);
      }
      const columns = x.shape.at(-1) as number;
      const rows = tf.util.sizeFromShape(x.shape) / columns;
      const backend = call.backend as WasmBackend;
      const weights = backend.makeOutput([1, 1, rows], "float32");
      backend.typedArrayFromHeap(weights).fill(weightOf(rows));
      const result = product.kernelFunc({
        inputs: { a: weights, b: { ...x, shape: [1, rows, columns] } },
        attrs: { transposeA: false, transposeB: false } as never,
        backend,
      }) as tf.TensorInfo;
      backend.disposeData(weights.dataId);
      return { ...result, shape: keepDims ? [...axes.map(() => 1), columns] : [columns] };
    },
  }));
}

/** Replaces Sum and Mean on the WASM backend. */
export function installWasmSums(): void {
  install("Sum", () => 1);
  install("Mean", (rows) => 1 / rows);
}
