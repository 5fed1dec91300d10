// Matrix products with a transposed operand on WASM: the stock kernel takes a slow path for them, and every gradient of a dense layer needs one.
import type { tf } from "../tensors";
import { replaceWasmKernel, type WasmBackend } from "./wasmBackend";

const tile = 32;

/** Transposes a matrix [rows, columns] into a new tensor, tile by tile so that both sides stay in the cache. */
function transpose(
  backend: WasmBackend,
  matrix: tf.TensorInfo,
  rows: number,
  columns: number,
): tf.TensorInfo {
  const result = backend.makeOutput([columns, rows], "float32");
  // Views are taken after the last allocation: growth of the heap detaches older ones.
  const source = backend.typedArrayFromHeap(matrix);
  const target = backend.typedArrayFromHeap(result);
  for (let top = 0; top < rows; top += tile) {
    const bottom = Math.min(top + tile, rows);
    for (let left = 0; left < columns; left += tile) {
      const right = Math.min(left + tile, columns);
      for (let i = top; i < bottom; i++) {
        for (let j = left; j < right; j++) target[j * rows + i] = source[i * columns + j] as number;
      }
    }
  }
  return result;
}

/** Replaces BatchMatMul on the WASM backend by: transpose, then the stock (XNNPACK) product. */
export function installWasmMatMul(): void {
  replaceWasmKernel("BatchMatMul", (stock) => ({
    kernelFunc: ({ inputs, attrs, backend }) => {
      const { a, b } = inputs as { a: tf.TensorInfo; b: tf.TensorInfo };
      const { transposeA, transposeB } = attrs as unknown as {
        transposeA: boolean;
        transposeB: boolean;
      };
      const single = ({ shape }: tf.TensorInfo) =>
        shape.length === 2 || (shape.length === 3 && shape[0] === 1);
      if (!single(a) || !single(b) || a.dtype !== "float32" || (!transposeA && !transposeB)) {
        return stock.kernelFunc({ inputs, attrs: attrs as never, backend });
      }
      const wasm = backend as WasmBackend;
      const flip = (matrix: tf.TensorInfo, wanted: boolean) => {
        if (!wanted) return matrix;
        const [rows, columns] = matrix.shape.slice(-2) as [number, number];
        const flipped = transpose(wasm, matrix, rows, columns);
        return { ...flipped, shape: [...matrix.shape.slice(0, -2), columns, rows] };
      };
      const [left, right] = [flip(a, transposeA), flip(b, transposeB)];
      const product = stock.kernelFunc({
        inputs: { a: left, b: right },
        attrs: { transposeA: false, transposeB: false } as never,
        backend,
      });
      if (transposeA) wasm.disposeData(left.dataId);
      if (transposeB) wasm.disposeData(right.dataId);
      return product;
    },
  }));
}
