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

/** Multiply-adds up to which a plain loop is done before the stock product has set itself up. */
const smallProduct = 6000;

/** Places of the entries of a matrix in memory: that of (row, column) is row · down + column · right. */
interface Strides {
  readonly down: number;
  readonly right: number;
}

function stridesOf({ shape }: tf.TensorInfo, transposed: boolean): Strides {
  const columns = shape.at(-1) as number;
  return transposed ? { down: 1, right: columns } : { down: columns, right: 1 };
}

/** a · b by a plain loop, [rows, inner] × [inner, columns]. */
function multiplySmall(
  backend: WasmBackend,
  a: tf.TensorInfo,
  b: tf.TensorInfo,
  [rows, inner, columns]: readonly [number, number, number],
  [left, right]: readonly [Strides, Strides],
): tf.TensorInfo {
  const shape = a.shape.length === 3 || b.shape.length === 3 ? [1, rows, columns] : [rows, columns];
  const result = backend.makeOutput(shape, "float32");
  const [x, y, z] = [a, b, result].map((tensor) => backend.typedArrayFromHeap(tensor)) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      let sum = 0;
      for (let k = 0; k < inner; k++) {
        sum +=
          (x[i * left.down + k * left.right] as number) *
          (y[k * right.down + j * right.right] as number);
      }
      z[i * columns + j] = sum;
    }
  }
  return result;
}

/** Replaces BatchMatMul on the WASM backend by: transpose, then the stock (XNNPACK) product; small ones by a plain loop. */
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
      const wasm = backend as WasmBackend;
      if (!single(a) || !single(b) || a.dtype !== "float32" || b.dtype !== "float32") {
        return stock.kernelFunc({ inputs, attrs: attrs as never, backend });
      }
      const strides = [stridesOf(a, transposeA), stridesOf(b, transposeB)] as const;
      const inner = a.shape.at(transposeA ? -2 : -1) as number;
      const rows = a.shape.at(transposeA ? -1 : -2) as number;
      const columns = b.shape.at(transposeB ? -2 : -1) as number;
      if (rows * inner * columns <= smallProduct) {
        return multiplySmall(wasm, a, b, [rows, inner, columns], strides);
      }
      if (!transposeA && !transposeB) {
        return stock.kernelFunc({ inputs, attrs: attrs as never, backend });
      }
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
