// Matrix products on the cpu backend by rows: the stock kernel computes every address anew.
import type { tf } from "../tensors";
import { type CpuBackend, replaceCpuKernel, valuesOf } from "./cpuBackend";

/** A matrix in an array: distances between an entry, the one below it and the one at its right. */
interface Matrix {
  readonly values: Float32Array;
  readonly down: number;
  readonly right: number;
}

interface Sides {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

const isSingle = ({ shape, dtype }: tf.TensorInfo) =>
  dtype === "float32" && (shape.length === 2 || (shape.length === 3 && shape[0] === 1));

function matrixOf(values: Float32Array, columns: number, transposed: boolean): Matrix {
  return transposed ? { values, down: 1, right: columns } : { values, down: columns, right: 1 };
}

/** a [rows, inner] · b [inner, columns], summed in double precision. */
function multiply(
  a: Matrix,
  b: Matrix,
  [rows, inner, columns]: readonly [number, number, number],
): Float32Array {
  const result = new Float32Array(rows * columns);
  const sums = new Float64Array(columns);
  for (let row = 0; row < rows; row++) {
    sums.fill(0);
    for (let k = 0; k < inner; k++) {
      const value = a.values[row * a.down + k * a.right] as number;
      let at = k * b.down;
      for (let column = 0; column < columns; column++, at += b.right) {
        sums[column] = (sums[column] as number) + value * (b.values[at] as number);
      }
    }
    result.set(sums, row * columns);
  }
  return result;
}

/** Replaces BatchMatMul on the cpu backend, except for several products at once. */
export function installCpuMatMul(): void {
  replaceCpuKernel("BatchMatMul", (stock) => (call) => {
    const { a, b } = call.inputs as { a: tf.TensorInfo; b: tf.TensorInfo };
    if (!isSingle(a) || !isSingle(b)) return stock(call);
    const { transposeA, transposeB } = call.attrs as unknown as Sides;
    const sizes = ({ shape }: tf.TensorInfo) => shape.slice(-2) as [number, number];
    const [[aRows, aColumns], [bRows, bColumns]] = [sizes(a), sizes(b)];
    const [rows, inner] = transposeA ? [aColumns, aRows] : [aRows, aColumns];
    const columns = transposeB ? bRows : bColumns;
    const cpu = call.backend as CpuBackend;
    const left = matrixOf(valuesOf(cpu, a), aColumns, transposeA);
    const right = matrixOf(valuesOf(cpu, b), bColumns, transposeB);
    const values = multiply(left, right, [rows, inner, columns]);
    const shape = a.shape.length === 3 ? [1, rows, columns] : [rows, columns];
    return cpu.makeTensorInfo(shape, "float32", values);
  });
}
