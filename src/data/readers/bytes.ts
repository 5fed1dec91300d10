// Reads a file of bytes in order, unpacking gzip on the way, and allocates only for bytes that can be there.
import { DataFileError } from "../errors";
import type { OpenedFile, ReadProgress } from "../types";
import { largestExpansion, messageOf, PieceSource, type Pieces, Unpacker } from "./pieces";

const gzipMagic = [0x1f, 0x8b] as const;

/** Bytes that are allocated on the word of a header alone; more is allocated as bytes arrive. */
const trusted = 1 << 20;

/** The content of a file, unpacked where its first bytes say gzip, read from front to back. */
export class ByteReader {
  /** Bytes of the content read so far. */
  offset = 0;
  private held: Uint8Array = new Uint8Array(0);

  private constructor(
    readonly name: string,
    readonly packed: boolean,
    private readonly size: number | null,
    private readonly source: PieceSource,
    private readonly content: Pieces,
  ) {}

  /** @throws DataFileError when the file cannot be read at all */
  static async open(file: OpenedFile, progress?: ReadProgress): Promise<ByteReader> {
    const source = new PieceSource(file, progress);
    const start = await source.peek(gzipMagic.length);
    const packed = gzipMagic.every((byte, index) => start[index] === byte);
    const content = packed ? new Unpacker(source, "gzip") : source;
    return new ByteReader(file.name, packed, file.size ?? null, source, content);
  }

  /** Most bytes that can still follow, by the length of the file; Infinity where that is not known. */
  get mostLeft(): number {
    if (this.size === null) return Number.POSITIVE_INFINITY;
    return this.size * (this.packed ? largestExpansion : 1) - this.offset;
  }

  /** Fills the target from the content. @returns how many bytes there were: fewer only at the end */
  async fill(target: Uint8Array): Promise<number> {
    let filled = 0;
    while (filled < target.length) {
      if (this.held.length === 0 && !(await this.draw(target.length - filled))) break;
      const part = this.held.subarray(0, target.length - filled);
      target.set(part, filled);
      this.advance(part.length);
      filled += part.length;
    }
    return filled;
  }

  /** Fills the target or fails with what was missing. @param what for the message: "the header" */
  async fillAll(target: Uint8Array, what: string): Promise<void> {
    const found = await this.fill(target);
    if (found < target.length) throw this.cutOff(target.length - found, what);
  }

  /**
   * The next bytes. A claim that the file cannot hold is refused before anything is allocated, and where the length
   * of the file is not known memory grows with what really arrives.
   */
  async take(length: number, what: string): Promise<Uint8Array> {
    if (length > Math.max(trusted, this.mostLeft)) {
      throw this.error(
        `${what} (${length} bytes)`,
        `a file too short for them: ${this.size} bytes${this.packed ? ", packed" : ""}`,
      );
    }
    let bytes = new Uint8Array(Math.min(length, trusted));
    let filled = 0;
    for (;;) {
      filled += await this.fill(bytes.subarray(filled));
      if (filled === length) return bytes;
      if (filled < bytes.length) throw this.cutOff(length - filled, what);
      const larger = new Uint8Array(Math.min(length, 2 * bytes.length));
      larger.set(bytes);
      bytes = larger;
    }
  }

  /** At most so many of the next bytes, as they are held; null at the end. Valid until the next call. */
  async some(most: number): Promise<Uint8Array | null> {
    if (this.held.length === 0 && !(await this.draw(most))) return null;
    const part = this.held.subarray(0, most);
    this.advance(part.length);
    return part;
  }

  /** Passes over bytes that nobody needs. */
  async skip(length: number, what: string): Promise<void> {
    let left = length;
    while (left > 0) {
      const part = await this.some(left);
      if (part === null) throw this.cutOff(left, what);
      left -= part.length;
    }
  }

  /** True when nothing follows; reads to the end, so that the unpacker has compared its check sum. */
  async atEnd(): Promise<boolean> {
    return this.held.length === 0 && !(await this.draw(0));
  }

  /** An error at the present offset, or at another. */
  error(expected: string, found: string, offset = this.offset): DataFileError {
    return new DataFileError(this.name, offset, expected, found, this.packed);
  }

  /** Stops reading and lets go of the file. */
  close(): Promise<void> {
    return this.content.cancel();
  }

  private cutOff(missing: number, what: string): DataFileError {
    return this.error(
      `${what} (${missing} more bytes)`,
      `the end of the file after ${this.offset} bytes`,
    );
  }

  private advance(count: number): void {
    this.held = this.held.subarray(count);
    this.offset += count;
  }

  /** Draws the next bytes of the content. @param wanted for the message. @returns false at the end */
  private async draw(wanted: number): Promise<boolean> {
    try {
      const next = await this.content.next();
      if (next === null) return false;
      this.held = next;
      return true;
    } catch (error) {
      if (this.source.failure) throw this.source.failure;
      const expected = wanted > 0 ? `${wanted} more bytes` : "a sound end of the gzip data";
      throw this.error(expected, `damaged or cut-off gzip data (${messageOf(error)})`);
    }
  }
}
