// The matrix product in the heap of the WASM backend in plain JavaScript, for machines whose WebAssembly has no vectors.
import { floatBytes } from "../webAssembly/names";
import type { MemoryBackend } from "./wasmMemory";
import type { Matrix, Product } from "./wasmProduct";

/** The right side as it was handed over; nothing has to be laid out anew. */
interface Right extends Matrix {
  readonly columns: number;
}

/** The product in a backend's heap; what was handed to `pack` is looked at only in `multiply`, which must follow. */
export function plainProductIn(backend: MemoryBackend): Product {
  const held = new Map<number, Right>();
  return {
    pack: (b, _inner, columns, room) => void held.set(room, { ...b, columns }),
    multiply: (a, packed, { at, columns, adds = false, down = floatBytes * columns }) => {
      const b = held.get(packed);
      if (!b || b.columns !== columns) throw new Error("The right side was not handed over.");
      const heap = backend.wasm.HEAPF32;
      const [toNext, toBelow] = [b.right / floatBytes, b.down / floatBytes];
      const sums = new Float64Array(columns);
      for (let row = 0; row < a.groups * a.rows; row++) {
        const group = Math.floor(row / a.rows);
        let from = a.at + group * a.groupStride + (row % a.rows) * a.down;
        let right = b.at / floatBytes;
        sums.fill(0);
        for (let segment = 0; segment < a.segments; segment++, from += a.segmentStride) {
          for (let k = 0; k < a.segmentLength; k++, right += toBelow) {
            const value = heap[(from + k * a.right) / floatBytes] as number;
            for (let column = 0; column < columns; column++) {
              sums[column] =
                (sums[column] as number) + value * (heap[right + column * toNext] as number);
            }
          }
        }
        const to = (at + row * down) / floatBytes;
        for (let column = 0; column < columns; column++) {
          heap[to + column] = (sums[column] as number) + (adds ? (heap[to + column] as number) : 0);
        }
      }
    },
  };
}
