// Decodes any PNG (ISO/IEC 15948) without a browser: all colour types and depths, interlaced or not, with transparency.
import { unzlibSync } from "fflate";
import { unfilter } from "../readers/pngFilters";

export interface Decoded {
  readonly width: number;
  readonly height: number;
  /** Row-major [height, width, 4], opacity not multiplied in. */
  readonly pixels: Uint8Array;
}

const valuesPerPixel: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const depths: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};

/** Passes of Adam7: first column and row, steps across and down; and the only pass of other images. */
const adam7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;
const plain = [[0, 0, 1, 1]] as const;

interface Parts {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly type: number;
  readonly interlaced: boolean;
  readonly palette: Uint8Array | null;
  readonly clear: Uint8Array | null;
  readonly packed: Uint8Array;
}

/** The chunks that matter; null where they make no PNG. */
function partsOf(bytes: Uint8Array): Parts | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const data: Uint8Array[] = [];
  let palette: Uint8Array | null = null;
  let clear: Uint8Array | null = null;
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    const content = bytes.subarray(at + 8, at + 8 + length);
    if (type === "PLTE") palette = content;
    else if (type === "tRNS") clear = content;
    else if (type === "IDAT") data.push(content);
    else if (type === "IEND") break;
    at += 12 + length;
  }
  if (bytes.length < 33) return null;
  const [depth, type] = [bytes[24] as number, bytes[25] as number];
  if (!depths[type]?.includes(depth) || (bytes[28] as number) > 1) return null;
  if (type === 3 && (!palette || palette.length % 3 !== 0)) return null;
  const packed = new Uint8Array(data.reduce((sum, part) => sum + part.length, 0));
  let place = 0;
  for (const part of data) {
    packed.set(part, place);
    place += part.length;
  }
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  return { width, height, depth, type, interlaced: bytes[28] === 1, palette, clear, packed };
}

/** Value number `k` of a row, 0 … 2^depth − 1. */
function sample(row: Uint8Array, k: number, depth: number): number {
  if (depth === 8) return row[k] as number;
  if (depth === 16) return ((row[2 * k] as number) << 8) | (row[2 * k + 1] as number);
  const bit = k * depth;
  return ((row[bit >> 3] as number) >> (8 - depth - (bit & 7))) & ((1 << depth) - 1);
}

/** Writes pixel number `k` of a row as red, green, blue, opacity. */
type PixelWriter = (row: Uint8Array, k: number, into: Uint8Array, to: number) => void;

function writerFor({ depth, type, palette, clear }: Parts): PixelWriter {
  const values = valuesPerPixel[type] as number;
  if (type === 3 && palette) {
    return (row, k, into, to) => {
      const place = sample(row, k, depth);
      for (let c = 0; c < 3; c++) into[to + c] = palette[3 * place + c] ?? 0;
      into[to + 3] = clear?.[place] ?? 255;
    };
  }
  const scale = 255 / (2 ** depth - 1);
  const colours = values > 2 ? 3 : 1;
  const opacity = values === 2 || values === 4;
  // Without an opacity of its own one colour may be called transparent.
  const keyed =
    !opacity && clear && clear.length >= 2 * colours
      ? Array.from(
          { length: colours },
          (_, c) => ((clear[2 * c] as number) << 8) | (clear[2 * c + 1] as number),
        )
      : null;
  return (row, k, into, to) => {
    let matches = keyed !== null;
    for (let c = 0; c < 3; c++) {
      const value = sample(row, k * values + (colours === 3 ? c : 0), depth);
      into[to + c] = Math.round(value * scale);
      if (keyed && value !== keyed[colours === 3 ? c : 0]) matches = false;
    }
    into[to + 3] = opacity
      ? Math.round(sample(row, k * values + values - 1, depth) * scale)
      : matches
        ? 0
        : 255;
  };
}

interface Pass {
  readonly left: number;
  readonly top: number;
  readonly across: number;
  readonly down: number;
  readonly columns: number;
  readonly rows: number;
}

/** Filtered rows of all passes; null where they are damaged or fewer than the header says. */
function unpack(parts: Parts) {
  const { width, height, depth, type, interlaced, packed } = parts;
  const bits = (valuesPerPixel[type] as number) * depth;
  const passes = (interlaced ? adam7 : plain).map(
    ([left, top, across, down]): Pass => ({
      left,
      top,
      across,
      down,
      columns: Math.max(0, Math.ceil((width - left) / across)),
      rows: Math.max(0, Math.ceil((height - top) / down)),
    }),
  );
  const rowBytes = (columns: number) => Math.ceil((columns * bits) / 8);
  const total = passes.reduce(
    (sum, { columns, rows }) => sum + (columns > 0 ? rows * (1 + rowBytes(columns)) : 0),
    0,
  );
  // Packed bytes unpack to at most 1,032 times as many.
  if (total > 1032 * packed.length) return null;
  try {
    // The unpacker gives what it has: fewer bytes mean missing rows.
    const raw = unzlibSync(packed, { out: new Uint8Array(total) });
    return raw.length < total ? null : { raw, passes, rowBytes, stride: Math.max(1, bits >> 3) };
  } catch {
    return null;
  }
}

/** True where a PNG's packed pixels hold all rows. */
export function hasAllRows(bytes: Uint8Array): boolean {
  const parts = partsOf(bytes);
  return parts !== null && unpack(parts) !== null;
}

/**
 * Decodes a PNG whose header was judged before (its size bounds what is allocated here).
 * @returns null where its content does not fit together or pixels are missing
 */
export function decodePng(bytes: Uint8Array): Decoded | null {
  const parts = partsOf(bytes);
  const unpacked = parts && unpack(parts);
  if (!unpacked) return null;
  const { width, height } = parts;
  const { raw, passes, rowBytes, stride } = unpacked;
  const write = writerFor(parts);
  const pixels = new Uint8Array(width * height * 4);
  let at = 0;
  for (const { left, top, across, down, columns, rows } of passes) {
    if (columns === 0) continue;
    const length = rowBytes(columns);
    let above: Uint8Array = new Uint8Array(length);
    for (let row = 0; row < rows; row++) {
      const current = raw.subarray(at + 1, at + 1 + length);
      if (!unfilter(raw[at] as number, current, above, stride)) return null;
      for (let column = 0; column < columns; column++) {
        const to = 4 * ((top + row * down) * width + left + column * across);
        write(current, column, pixels, to);
      }
      above = current;
      at += 1 + length;
    }
  }
  return { width, height, pixels };
}
