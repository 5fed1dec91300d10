// Sums and means over all axes but the last on WASM: the stock kernels transpose their input first; average pooling over one tall picture does not.
import { tf } from "../tensors";
import { replaceWasmKernel, type WasmBackend } from "./wasmBackend";

/** True where exactly the leading axes are summed over and the last is kept. */
function keepsOnlyLast(shape: readonly number[], axes: readonly number[]): boolean {
  const summed = new Set(axes);
  return shape.length > 1 && shape.every((_, axis) => summed.has(axis) === axis < shape.length - 1);
}

function install(name: "Sum" | "Mean", factorOf: (rows: number) => number): void {
  const pool = tf.getKernel("AvgPool", "wasm");
  replaceWasmKernel(name, (stock) => ({
    kernelFunc: (call) => {
      const { x } = call.inputs as { x: tf.TensorInfo };
      const { axis, keepDims } = call.attrs as unknown as {
        axis: number | number[];
        keepDims: boolean;
      };
      const axes = tf.util.parseAxisParam(axis, x.shape);
      const columns = x.shape.at(-1) ?? 0;
      const rows = columns === 0 ? 0 : tf.util.sizeFromShape(x.shape) / columns;
      // The pooling kernel refuses windows of one pixel.
      const fits = x.dtype === "float32" && rows > 1 && keepsOnlyLast(x.shape, axes);
      if (!pool || !fits) return stock.kernelFunc(call);
      const backend = call.backend as WasmBackend;
      const mean = pool.kernelFunc({
        inputs: { x: { ...x, shape: [1, rows, 1, columns] } },
        attrs: { filterSize: [rows, 1], strides: 1, pad: "valid" } as never,
        backend,
      }) as tf.TensorInfo;
      const values = backend.typedArrayFromHeap(mean) as Float32Array;
      // The pooling kernel makes −∞ of NaN, which a ReLU would take for 0.
      if (values.some((value) => value === Number.NEGATIVE_INFINITY)) {
        backend.disposeData(mean.dataId);
        return stock.kernelFunc(call);
      }
      const factor = factorOf(rows);
      if (factor !== 1) {
        for (let i = 0; i < columns; i++) values[i] = (values[i] as number) * factor;
      }
      return { ...mean, shape: keepDims ? [...axes.map(() => 1), columns] : [columns] };
    },
  }));
}

/** Replaces Sum and Mean on the WASM backend. */
export function installWasmSums(): void {
  install("Sum", (rows) => rows);
  install("Mean", () => 1);
}
