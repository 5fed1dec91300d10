// Reads a PNG row by row (ISO/IEC 15948), 8 bits per value, so that a picture of 60,000 rows never stands in memory whole.
// The decoders on npm unpack the whole picture at once, some three times over: 550 MB for the sprite of CIFAR-10.

import type { OpenedFile, ReadProgress } from "../types";
import { ByteReader } from "./bytes";
import { largestExpansion, messageOf, Unpacker } from "./pieces";
import { ChunkReader, PackedPixels } from "./pngChunks";
import { unfilter } from "./pngFilters";

const headerLength = 13;
/** Values per pixel by colour type; a palette's pixels hold its places. */
const valuesPerPixel: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const paletteType = 3;
const grey = (type: number) => type === 0 || type === 4;
const hasAlpha = (type: number) => type === 4 || type === 6;
const opaque = 255;

export interface PngExpectation {
  readonly width: number;
  /** Rows that the picture must have. */
  readonly height: number;
  /** 1: one value per pixel (of a colour picture its red, as the tutorials take it); 3: red, green and blue. */
  readonly channels: number;
}

interface Header {
  readonly width: number;
  readonly height: number;
  readonly type: number;
}

async function readHeader(
  reader: ByteReader,
  chunks: ChunkReader,
  expectation: PngExpectation,
): Promise<Header> {
  const start = reader.offset;
  const head = await chunks.head();
  if (head.type !== "IHDR" || head.length !== headerLength) {
    throw reader.error("chunk IHDR of 13 bytes", `${head.type} of ${head.length}`, start);
  }
  const at = reader.offset;
  const bytes = await chunks.content(head);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const check = (place: number, what: string, wanted: number, found: number) => {
    if (found !== wanted) throw reader.error(`${what} ${wanted}`, `${found}`, at + place);
  };
  check(0, "a width of", expectation.width, view.getUint32(0));
  check(4, "a height (one row per label) of", expectation.height, view.getUint32(4));
  check(8, "bits per value:", 8, view.getUint8(8));
  const type = view.getUint8(9);
  if (!(type in valuesPerPixel))
    throw reader.error("colour type 0, 2, 3, 4 or 6", `${type}`, at + 9);
  if (expectation.channels === 3 && grey(type)) {
    throw reader.error("a colour picture (type 2, 3 or 6)", `grey (type ${type})`, at + 9);
  }
  check(10, "compression method", 0, view.getUint8(10));
  check(11, "filter method", 0, view.getUint8(11));
  check(12, "rows in order: interlace method", 0, view.getUint8(12));
  return { width: expectation.width, height: expectation.height, type };
}

/** Chunks up to the first with pixels. @returns that chunk's head, and the palette if there was one */
async function readUpToPixels(reader: ByteReader, chunks: ChunkReader) {
  let palette: Uint8Array | null = null;
  for (;;) {
    const start = reader.offset;
    const head = await chunks.head();
    if (head.type === "IDAT") return { head, palette };
    if (head.type === "IEND") throw reader.error("chunk IDAT with pixels", "chunk IEND", start);
    if (head.type === "PLTE") palette = await chunks.content(head);
    else await chunks.skip(head);
  }
}

/** Rows of bytes as they come out of the unpacker. */
class Rows {
  private held: Uint8Array = new Uint8Array(0);
  private number = 0;

  constructor(
    private readonly reader: ByteReader,
    private readonly pixels: PackedPixels,
    private readonly unpacker: Unpacker,
    private readonly height: number,
  ) {}

  async fill(target: Uint8Array): Promise<void> {
    let filled = 0;
    while (filled < target.length) {
      if (this.held.length === 0 && !(await this.draw())) {
        throw this.reader.error(`${this.height} rows of pixels`, `an end in row ${this.number}`);
      }
      const part = this.held.subarray(0, target.length - filled);
      target.set(part, filled);
      this.held = this.held.subarray(part.length);
      filled += part.length;
    }
    this.number++;
  }

  /** @throws DataFileError when more follows the last row */
  async end(): Promise<void> {
    if (this.held.length === 0 && !(await this.draw())) return;
    throw this.reader.error(`the end of the pixels after ${this.height} rows`, "more pixels");
  }

  private async draw(): Promise<boolean> {
    try {
      const next = await this.unpacker.next();
      if (next === null) return false;
      this.held = next;
      return true;
    } catch (error) {
      if (this.pixels.failure) throw this.pixels.failure;
      throw this.reader.error(
        `sound pixels in row ${this.number}`,
        `damaged or cut-off zlib data (${messageOf(error)})`,
      );
    }
  }
}

/** Puts the wanted values of a row of bytes into the picture. */
type RowWriter = (row: Uint8Array, into: Uint8Array, number: number) => void;

function paletteWriter(reader: ByteReader, palette: Uint8Array, channels: number): RowWriter {
  return (row, into, number) => {
    row.forEach((place, pixel) => {
      if (3 * place >= palette.length) {
        const colours = palette.length / 3;
        throw reader.error(`a colour of the palette below ${colours} in row ${number}`, `${place}`);
      }
      for (let c = 0; c < channels; c++) {
        into[pixel * channels + c] = palette[3 * place + c] as number;
      }
    });
  };
}

function directWriter(reader: ByteReader, type: number, channels: number): RowWriter {
  const values = valuesPerPixel[type] as number;
  if (values === channels) return (row, into) => into.set(row);
  return (row, into, number) => {
    for (let pixel = 0; pixel * values < row.length; pixel++) {
      const at = pixel * values;
      if (hasAlpha(type) && row[at + values - 1] !== opaque) {
        throw reader.error(
          `an opaque pixel (alpha ${opaque}) ${pixel} in row ${number}`,
          `alpha ${row[at + values - 1]}`,
        );
      }
      for (let c = 0; c < channels; c++) into[pixel * channels + c] = row[at + c] as number;
    }
  };
}

async function readPixels(reader: ByteReader, expectation: PngExpectation): Promise<Uint8Array> {
  const chunks = await ChunkReader.open(reader);
  const { width, height, type } = await readHeader(reader, chunks, expectation);
  const { head, palette } = await readUpToPixels(reader, chunks);
  if (type === paletteType && (palette === null || palette.length % 3 !== 0)) {
    throw reader.error("a palette (chunk PLTE of threes)", palette ? "broken threes" : "none");
  }
  const { channels } = expectation;
  const write =
    type === paletteType && palette
      ? paletteWriter(reader, palette, channels)
      : directWriter(reader, type, channels);
  const values = valuesPerPixel[type] as number;
  if (height * (1 + width * values) > reader.mostLeft * largestExpansion) {
    throw reader.error(`${height} rows of ${width} pixels`, "a file too short for them");
  }
  const pixels = new PackedPixels(chunks, head, () => reader.close());
  const rows = new Rows(reader, pixels, new Unpacker(pixels, "deflate"), height);
  const row = new Uint8Array(1 + width * values);
  let above: Uint8Array = new Uint8Array(width * values);
  const result = new Uint8Array(width * height * channels);
  for (let number = 0; number < height; number++) {
    await rows.fill(row);
    const current = row.slice(1);
    if (!unfilter(row[0] as number, current, above, values)) {
      throw reader.error(`a filter from 0 to 4 for row ${number}`, `${row[0]}`);
    }
    write(current, result.subarray(number * width * channels), number);
    above = current;
  }
  await rows.end();
  if (!(await reader.atEnd())) throw reader.error("the end of the file after IEND", "more bytes");
  return result;
}

/**
 * Reads a PNG of exactly the expected size, plain or in gzip; nothing is allocated before its header agrees.
 * @returns pixels [height, width, channels]
 * @throws DataFileError with file, byte, expectation and finding
 */
export async function readPng(
  file: OpenedFile,
  expectation: PngExpectation,
  progress?: ReadProgress,
): Promise<Uint8Array> {
  const reader = await ByteReader.open(file, progress);
  try {
    return await readPixels(reader, expectation);
  } finally {
    await reader.close();
  }
}
