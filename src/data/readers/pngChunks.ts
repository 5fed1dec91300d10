// The outer form of a PNG (ISO/IEC 15948): signature and chunks, with every length and check sum looked at.
import type { ByteReader } from "./bytes";
import { Crc32 } from "./crc32";
import { type Pieces, pieceSize } from "./pieces";

const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
/** The standard's own limit of a chunk. */
const longestChunk = 2 ** 31 - 1;
/** Longest chunk that is kept in memory (a palette has at most 768 bytes). */
const longestKept = 1024;

interface ChunkHead {
  readonly length: number;
  readonly type: string;
}

/** Chunks of a PNG in order. */
export class ChunkReader {
  private crc = new Crc32();

  private constructor(private readonly reader: ByteReader) {}

  /** @throws DataFileError when the file does not begin as a PNG does */
  static async open(reader: ByteReader): Promise<ChunkReader> {
    const found = new Uint8Array(signature.length);
    await reader.fillAll(found, "the signature of a PNG file");
    const wrong = signature.findIndex((byte, place) => found[place] !== byte);
    if (wrong >= 0) {
      const hexadecimal = (byte: number) => byte.toString(16).padStart(2, "0");
      throw reader.error(
        `${hexadecimal(signature[wrong] as number)} of the signature of a PNG file`,
        hexadecimal(found[wrong] as number),
        wrong,
      );
    }
    return new ChunkReader(reader);
  }

  /** Length and type of the next chunk. @throws DataFileError when the file cannot hold it */
  async head(): Promise<ChunkHead> {
    const start = this.reader.offset;
    const bytes = new Uint8Array(8);
    await this.reader.fillAll(bytes, "length and type of the next chunk");
    const length = new DataView(bytes.buffer).getUint32(0);
    const type = String.fromCharCode(...bytes.subarray(4));
    if (!/^[A-Za-z]{4}$/.test(type)) {
      throw this.reader.error("four letters that name a chunk", JSON.stringify(type), start + 4);
    }
    if (length > longestChunk || length > this.reader.mostLeft) {
      throw this.reader.error(`the length of chunk ${type} within the file`, `${length}`, start);
    }
    this.crc = new Crc32();
    this.crc.add(bytes.subarray(4));
    return { length, type };
  }

  /** The whole content of a small chunk, its check sum compared. */
  async content({ length, type }: ChunkHead): Promise<Uint8Array> {
    if (length > longestKept) {
      throw this.reader.error(`at most ${longestKept} bytes in chunk ${type}`, `${length}`);
    }
    const bytes = await this.reader.take(length, `chunk ${type}`);
    this.crc.add(bytes);
    await this.checkSum(type);
    return bytes;
  }

  /** Passes over a chunk that nobody needs. */
  async skip({ length, type }: ChunkHead): Promise<void> {
    for (let left = length; left > 0; ) left -= (await this.some(left, type)).length;
    await this.checkSum(type);
  }

  /** A part of the present chunk's content. */
  async some(left: number, type: string): Promise<Uint8Array> {
    const part = await this.reader.some(Math.min(left, pieceSize));
    if (part === null) {
      throw this.reader.error(
        `chunk ${type} (${left} more bytes)`,
        `the end of the file after ${this.reader.offset} bytes`,
      );
    }
    this.crc.add(part);
    return part;
  }

  async checkSum(type: string): Promise<void> {
    const start = this.reader.offset;
    const bytes = new Uint8Array(4);
    await this.reader.fillAll(bytes, `the check sum of chunk ${type}`);
    const stated = new DataView(bytes.buffer).getUint32(0);
    if (stated === this.crc.value) return;
    const text = (value: number) => value.toString(16).padStart(8, "0");
    throw this.reader.error(
      `check sum ${text(this.crc.value)} of chunk ${type}`,
      text(stated),
      start,
    );
  }
}

/** The packed pixels: contents of all IDAT chunks as one row of bytes. */
export class PackedPixels implements Pieces {
  /** What went wrong with the chunks, to tell that from damaged pixels. */
  failure: unknown = null;
  private left: number;
  private done = false;

  /** @param first the head of the first IDAT chunk, just read */
  constructor(
    private readonly chunks: ChunkReader,
    first: ChunkHead,
    private readonly close: () => Promise<void>,
  ) {
    this.left = first.length;
  }

  async next(): Promise<Uint8Array | null> {
    try {
      while (!this.done && this.left === 0) await this.nextChunk();
      if (this.done) return null;
      // A copy: the unpacker may keep what it was given while more is read.
      const part = (await this.chunks.some(this.left, "IDAT")).slice();
      this.left -= part.length;
      return part;
    } catch (error) {
      this.failure ??= error;
      throw error;
    }
  }

  cancel(): Promise<void> {
    return this.close();
  }

  private async nextChunk(): Promise<void> {
    await this.chunks.checkSum("IDAT");
    const head = await this.chunks.head();
    if (head.type === "IDAT") {
      this.left = head.length;
      return;
    }
    this.done = true;
    await this.finish(head);
  }

  /** To the end mark, so that a file which is cut off behind its pixels is noticed too. */
  private async finish(first: ChunkHead): Promise<void> {
    for (let head = first; ; head = await this.chunks.head()) {
      await this.chunks.skip(head);
      if (head.type === "IEND") return;
    }
  }
}
