// Matrix products with a transposed operand on WASM: the stock kernel takes a slow path for them, and every gradient of a dense layer needs one.
import { tf } from "../tensors";

/** The part of the WASM backend that these kernels use; its own types do not export it. */
export interface WasmBackend {
  typedArrayFromHeap(tensor: tf.TensorInfo): Float32Array;
  makeOutput(shape: number[], dtype: "float32" | "int32"): tf.TensorInfo;
  disposeData(id: object): boolean;
}

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

let installed = false;

/** Replaces BatchMatMul on the WASM backend by: transpose, then the stock (XNNPACK) product. Once per process. */
export function installWasmMatMul(): void {
  const stock = tf.getKernel("BatchMatMul", "wasm");
  if (installed || !stock) return;
  installed = true;
  tf.unregisterKernel("BatchMatMul", "wasm");
  tf.registerKernel({
    ...stock,
    kernelFunc: ({ inputs, attrs, backend }) => {
      const { a, b } = inputs as { a: tf.TensorInfo; b: tf.TensorInfo };
      const { transposeA, transposeB } = attrs as unknown as {
        transposeA: boolean;
        transposeB: boolean;
      };
      const plain =
        a.shape.length !== 3 || b.shape.length !== 3 || a.shape[0] !== 1 || b.shape[0] !== 1;
      if (plain || a.dtype !== "float32" || (!transposeA && !transposeB)) {
        return stock.kernelFunc({ inputs, attrs: attrs as never, backend });
      }
      const wasm = backend as WasmBackend;
      const flip = (matrix: tf.TensorInfo, wanted: boolean) => {
        const [rows, columns] = matrix.shape.slice(1) as [number, number];
        const held = wanted ? transpose(wasm, matrix, rows, columns) : matrix;
        return wanted ? { ...held, shape: [1, columns, rows] } : held;
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
  });
}
