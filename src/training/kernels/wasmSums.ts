// Sums and means over all axes but the last on WASM: the stock kernels transpose their input first.

import { tf } from "../tensors";
import { floatBytes } from "../webAssembly/names";
import { rowSums } from "../webAssembly/rowSums";
import { replaceWasmKernel } from "./wasmBackend";
import { addressOf, type MemoryBackend, scratch, wasmFunctionOf } from "./wasmMemory";
import { perform } from "./wasmWork";

/** True where exactly the leading axes are summed over and the last is kept. */
function keepsOnlyLast(shape: readonly number[], axes: readonly number[]): boolean {
  const summed = new Set(axes);
  return shape.length > 1 && shape.every((_, axis) => summed.has(axis) === axis < shape.length - 1);
}

function install(name: "Sum" | "Mean", factorOf: (rows: number) => number): void {
  replaceWasmKernel(name, (stock) => ({
    kernelFunc: (call) => {
      const { x } = call.inputs as { x: tf.TensorInfo };
      const { axis, keepDims } = call.attrs as unknown as {
        axis: number | number[];
        keepDims: boolean;
      };
      const axes = tf.util.parseAxisParam(axis, x.shape);
      const columns = x.shape.at(-1) ?? 0;
      const size = tf.util.sizeFromShape(x.shape);
      if (x.dtype !== "float32" || size === 0 || !keepsOnlyLast(x.shape, axes)) {
        return stock.kernelFunc(call);
      }
      const backend = call.backend as unknown as MemoryBackend;
      const shape = keepDims ? [...axes.map(() => 1), columns] : [columns];
      const result = backend.makeOutput(shape, "float32");
      const run = wasmFunctionOf(backend, "sum entries", () => rowSums("entries"));
      const [matrix, sums] = [addressOf(backend, x), addressOf(backend, result)];
      const [end, rowBytes] = [matrix + floatBytes * size, floatBytes * columns];
      const factor = factorOf(size / columns);
      perform(() => {
        const place = scratch(backend, floatBytes);
        backend.wasm.HEAPF32[place / floatBytes] = factor;
        run(matrix, sums, end, rowBytes, place, 0, 0);
      });
      return result;
    },
  }));
}

/** Replaces Sum and Mean on the WASM backend. Call when the backend is up. */
export function installWasmSums(): void {
  install("Sum", () => 1);
  install("Mean", (rows) => 1 / rows);
}
