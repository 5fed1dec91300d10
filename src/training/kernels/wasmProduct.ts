// Our matrix product in the heap of the WASM backend: one call for what is often done with the same right side.

import { edgeBytes, matrixProduct } from "../webAssembly/matrixProduct";
import { floatBytes } from "../webAssembly/names";
import { packedBytes, packing } from "../webAssembly/packing";
import { hasMultiplyAdd, type MemoryBackend, scratch, wasmFunctionOf } from "./wasmMemory";

/** A matrix in the heap: where it begins, and bytes from an entry to the one below it and to the one at its right. */
export interface Matrix {
  readonly at: number;
  readonly down: number;
  readonly right: number;
}

/** The left side: rows in groups, each row in segments. Distances are in bytes, all else is counted. */
export interface Rows extends Matrix {
  readonly segments: number;
  readonly segmentLength: number;
  readonly segmentStride: number;
  readonly groups: number;
  readonly rows: number;
  readonly groupStride: number;
}

/** The result, [groups · rows, columns]. */
export interface Result {
  readonly at: number;
  readonly columns: number;
  /** Bytes from a row to the one below it; one row behind the other where nothing is said. */
  readonly down?: number;
  /** Adds to what is there instead of replacing it. */
  readonly adds?: boolean;
}

export interface Product {
  /** Lays out a right side [inner, columns] at `room` of `packedBytes`. */
  pack(b: Matrix, inner: number, columns: number, room: number): void;
  /** Multiplies with what was laid out. @param edge room of `edgeBytes` */
  multiply(a: Rows, packed: number, result: Result, edge: number): void;
}

const fused = () => matrixProduct(hasMultiplyAdd());

/** The product in a backend's heap. @throws where modules of our own do not work in it. */
export function productIn(backend: MemoryBackend): Product {
  const pack = wasmFunctionOf(backend, "pack", () => packing);
  const multiply = wasmFunctionOf(backend, "multiply", fused);
  return {
    pack: (b, inner, columns, room) => pack(b.at, b.down, b.right, inner, columns, room),
    multiply: (a, packed, { at, columns, adds, down = floatBytes * columns }, edge) =>
      multiply(
        a.at,
        a.down,
        a.right,
        a.segments,
        a.segmentLength,
        a.segmentStride,
        a.groups,
        a.rows,
        a.groupStride,
        packed,
        at,
        down,
        columns,
        adds ? 1 : 0,
        edge,
      ),
  };
}

/** The left side of an ordinary product, [rows, inner]. */
export function plainRows(matrix: Matrix, rows: number, inner: number): Rows {
  return {
    ...matrix,
    segments: 1,
    segmentLength: inner,
    segmentStride: 0,
    groups: 1,
    rows,
    groupStride: 0,
  };
}

/**
 * Columns that are laid out at a time: what was laid out is multiplied while it is in the fastest memory, and each line
 * of memory (16 floats) is read whole.
 */
const columnsAtOnce = 16;

/** One ordinary product: [rows, inner] · [inner, columns] to the address `to.at`. */
export function multiplyOnce(
  backend: MemoryBackend,
  { pack, multiply }: Product,
  [a, b]: readonly [Rows, Matrix],
  to: Result,
): void {
  const inner = a.segments * a.segmentLength;
  const edge = scratch(backend, edgeBytes + packedBytes(inner, columnsAtOnce));
  const packed = edge + edgeBytes;
  const down = to.down ?? floatBytes * to.columns;
  for (let column = 0; column < to.columns; column += columnsAtOnce) {
    const columns = Math.min(columnsAtOnce, to.columns - column);
    pack({ ...b, at: b.at + column * b.right }, inner, columns, packed);
    multiply(a, packed, { ...to, at: to.at + floatBytes * column, columns, down }, edge);
  }
}
