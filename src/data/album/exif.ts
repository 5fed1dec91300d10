// How a camera was held (EXIF orientation): read from the file and undone on the pixels, so that every browser turns an image alike.
import { Crc32 } from "../readers/crc32";
import type { FormatName } from "./format";

/** A part of a file that holds EXIF data, in TIFF's form. */
interface Block {
  readonly start: number;
  readonly end: number;
}

const text = (bytes: Uint8Array, at: number, length: number) =>
  String.fromCharCode(...bytes.subarray(at, at + length));

/** Some writers put the letters of JPEG's segment before the data everywhere. */
function withoutName(bytes: Uint8Array, { start, end }: Block): Block {
  return text(bytes, start, 6) === "Exif\0\0" ? { start: start + 6, end } : { start, end };
}

function jpegBlock(bytes: Uint8Array): Block | null {
  for (let at = 2; at + 4 <= bytes.length && bytes[at] === 0xff; ) {
    const marker = bytes[at + 1] as number;
    if (marker === 0xff) {
      at++;
      continue;
    }
    if (marker === 0xda || marker === 0xd9) return null;
    const length = ((bytes[at + 2] as number) << 8) | (bytes[at + 3] as number);
    if (marker === 0xe1 && text(bytes, at + 4, 6) === "Exif\0\0")
      return { start: at + 10, end: Math.min(bytes.length, at + 2 + length) };
    at += 2 + Math.max(2, length);
  }
  return null;
}

/** A chunk of PNG or WebP by its four letters. @returns its content */
function chunk(bytes: Uint8Array, name: string, first: number, png: boolean): Block | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = first; at + 8 <= bytes.length; ) {
    const length = png ? view.getUint32(at) : view.getUint32(at + 4, true);
    const start = at + 8;
    if (text(bytes, png ? at + 4 : at, 4) === name)
      return { start, end: Math.min(bytes.length, start + length) };
    at = start + length + (png ? 4 : length % 2);
  }
  return null;
}

function blockOf(bytes: Uint8Array, format: FormatName): Block | null {
  const block =
    format === "jpeg"
      ? jpegBlock(bytes)
      : format === "png"
        ? chunk(bytes, "eXIf", 8, true)
        : format === "webp"
          ? chunk(bytes, "EXIF", 12, false)
          : null;
  return block && withoutName(bytes, block);
}

/** Tag of the orientation in the first directory of TIFF data. */
const orientationTag = 0x0112;

/**
 * EXIF orientation of a JPEG, PNG or WebP file.
 * @returns 1 (upright) … 8, and where the byte stands that says so; null where the file says nothing
 */
export function orientationOf(
  bytes: Uint8Array,
  format: FormatName,
): { readonly value: number; readonly at: number } | null {
  const block = blockOf(bytes, format);
  if (!block || block.start + 14 > block.end) return null;
  const { start, end } = block;
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, end - start);
  const little = text(bytes, start, 2) === "II";
  if ((!little && text(bytes, start, 2) !== "MM") || view.getUint16(2, little) !== 42) return null;
  const directory = view.getUint32(4, little);
  if (directory + 2 > view.byteLength) return null;
  const entries = view.getUint16(directory, little);
  for (let entry = 0; entry < entries; entry++) {
    const at = directory + 2 + 12 * entry;
    if (at + 12 > view.byteLength) return null;
    if (view.getUint16(at, little) !== orientationTag) continue;
    const value = view.getUint16(at + 8, little);
    return value >= 1 && value <= 8 ? { value, at: start + at + 8 + (little ? 0 : 1) } : null;
  }
  return null;
}

/** The same file with orientation 1, so that no decoder turns it. @returns the bytes themselves where there is nothing to change */
export function withoutOrientation(bytes: Uint8Array, format: FormatName): Uint8Array {
  const found = orientationOf(bytes, format);
  if (!found || found.value === 1) return bytes;
  const plain = bytes.slice();
  plain[found.at] = 1;
  if (format === "png") {
    const block = chunk(plain, "eXIf", 8, true) as Block;
    const sum = new Crc32();
    sum.add(plain.subarray(block.start - 4, block.end));
    new DataView(plain.buffer).setUint32(block.end, sum.value);
  }
  return plain;
}

/**
 * Turns a square as its orientation asks.
 * @param pixels row-major [side, side, 3], as stored
 * @param orientation 1 … 8 (EXIF 2.3): which sides of the scene the first row and column are
 * @returns upright
 */
export function upright(pixels: Uint8Array, side: number, orientation: number): Uint8Array {
  if (orientation === 1) return pixels;
  const result = new Uint8Array(pixels.length);
  const last = side - 1;
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const [fromRow, fromColumn] = (
        [
          [row, column],
          [row, last - column],
          [last - row, last - column],
          [last - row, column],
          [column, row],
          [last - column, row],
          [last - column, last - row],
          [column, last - row],
        ] as const
      )[orientation - 1] as readonly [number, number];
      const [to, from] = [3 * (row * side + column), 3 * (fromRow * side + fromColumn)];
      result[to] = pixels[from] as number;
      result[to + 1] = pixels[from + 1] as number;
      result[to + 2] = pixels[from + 2] as number;
    }
  }
  return result;
}
