// Small made files of every format for the tests of this folder and of what reads through it.
import { deflateSync } from "node:zlib";
import { concatenate } from "../testing";
import { Crc32 } from "./crc32";

/** Records of CIFAR-10's binary form: label, then planes of red, green and blue that tell the picture's number. */
export function cifarRecords(labels: readonly number[], first = 0): Uint8Array {
  const records = labels.map((label, index) => {
    const record = new Uint8Array(3073);
    record[0] = label;
    record.fill((first + index) & 255, 1, 1025);
    record.fill((first + index) >> 8, 1025, 2049);
    record.fill(7, 2049);
    return record;
  });
  return concatenate(...records);
}

function octal(value: number, digits: number): string {
  return `${value.toString(8).padStart(digits, "0")}\0`;
}

export interface TarChanges {
  /** Size that the header states, in place of the true one. */
  readonly statedSize?: number;
  readonly wrongSum?: boolean;
}

/** One entry of a tar archive, header and padded content. */
export function tarEntry(name: string, content: Uint8Array, changes: TarChanges = {}): Uint8Array {
  const header = new Uint8Array(512);
  const write = (text: string, at: number) => header.set(new TextEncoder().encode(text), at);
  write(name, 0);
  write(octal(0o644, 7), 100);
  write(octal(changes.statedSize ?? content.length, 11), 124);
  write(" ".repeat(8), 148);
  write("0", 156);
  write("ustar\0", 257);
  const sum = header.reduce((total, byte) => total + byte, 0) + (changes.wrongSum ? 1 : 0);
  write(`${octal(sum, 6)} `, 148);
  const padding = new Uint8Array((512 - (content.length % 512)) % 512);
  return concatenate(header, content, padding);
}

export function tarFile(...entries: readonly Uint8Array[]): Uint8Array {
  return concatenate(...entries, new Uint8Array(1024));
}

/** The official archive with these batches. */
export function cifarArchive(
  batches: readonly (readonly number[])[],
  test: readonly number[],
): Uint8Array {
  let first = 0;
  const entries = batches.map((labels, index) => {
    const records = cifarRecords(labels, first);
    first += labels.length;
    return tarEntry(`cifar-10-batches-bin/data_batch_${index + 1}.bin`, records);
  });
  return tarFile(
    tarEntry("cifar-10-batches-bin/readme.html", new TextEncoder().encode("<p>hello</p>")),
    ...entries,
    tarEntry("cifar-10-batches-bin/test_batch.bin", cifarRecords(test, 1000)),
  );
}

export function pngChunk(type: string, content: Uint8Array, statedLength?: number): Uint8Array {
  const head = new Uint8Array(8);
  new DataView(head.buffer).setUint32(0, statedLength ?? content.length);
  head.set(new TextEncoder().encode(type), 4);
  const crc = new Crc32();
  crc.add(head.subarray(4));
  crc.add(content);
  const tail = new Uint8Array(4);
  new DataView(tail.buffer).setUint32(0, crc.value);
  return concatenate(head, content, tail);
}

export const pngSignature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

export interface PngChanges {
  readonly width?: number;
  readonly height?: number;
  readonly bits?: number;
  readonly type?: number;
  readonly interlace?: number;
  /** Chunks before the pixels. */
  readonly before?: readonly Uint8Array[];
  /** The packed pixels as they stand in the file. */
  readonly packed?: Uint8Array;
  /** Bytes of packed pixels per IDAT chunk. */
  readonly split?: number;
  readonly after?: readonly Uint8Array[];
}

export function pngHeader(
  width: number,
  height: number,
  { bits = 8, type = 0, interlace = 0 }: PngChanges = {},
): Uint8Array {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([bits, type, 0, 0, interlace], 8);
  return pngChunk("IHDR", header);
}

/** Rows with the filter bytes they have. @param filterOf filter of each row */
export function filteredRows(
  pixels: Uint8Array,
  rowLength: number,
  values: number,
  filterOf: (row: number) => number,
): Uint8Array {
  const rows = pixels.length / rowLength;
  const result = new Uint8Array(rows * (rowLength + 1));
  const at = (row: number, i: number) =>
    row < 0 || i < 0 ? 0 : (pixels[row * rowLength + i] as number);
  for (let row = 0; row < rows; row++) {
    const filter = filterOf(row);
    result[row * (rowLength + 1)] = filter;
    for (let i = 0; i < rowLength; i++) {
      const [a, b, c] = [at(row, i - values), at(row - 1, i), at(row - 1, i - values)];
      const left = i >= values ? a : 0;
      const corner = i >= values ? c : 0;
      const p = left + b - corner;
      const nearest = [left, b, corner].reduce((best, value) =>
        Math.abs(p - value) < Math.abs(p - best) ? value : best,
      );
      const predicted = [0, left, b, (left + b) >> 1, nearest][filter] ?? 0;
      result[row * (rowLength + 1) + 1 + i] = at(row, i) - predicted;
    }
  }
  return result;
}

/** A PNG of 8-bit values, every row with another filter. @param values bytes per pixel */
export function pngFile(
  pixels: Uint8Array,
  width: number,
  values: number,
  changes: PngChanges = {},
): Uint8Array {
  const type = changes.type ?? ({ 1: 0, 2: 4, 3: 2, 4: 6 }[values] as number);
  const height = pixels.length / (width * values);
  const rows = filteredRows(pixels, width * values, values, (row) => row % 5);
  const packed = changes.packed ?? new Uint8Array(deflateSync(rows));
  const parts: Uint8Array[] = [];
  const split = changes.split ?? packed.length;
  for (let at = 0; at < packed.length; at += split) {
    parts.push(pngChunk("IDAT", packed.subarray(at, at + split)));
  }
  return concatenate(
    pngSignature,
    pngHeader(changes.width ?? width, changes.height ?? height, { ...changes, type }),
    ...(changes.before ?? []),
    ...parts,
    ...(changes.after ?? [pngChunk("IEND", new Uint8Array(0))]),
  );
}

/** Labels as one-hot bytes. */
export function oneHot(labels: readonly number[], classes = 10): Uint8Array {
  const bytes = new Uint8Array(labels.length * classes);
  labels.forEach((label, index) => {
    bytes[index * classes + label] = 1;
  });
  return bytes;
}
