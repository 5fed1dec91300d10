// Reads a file of bytes in order, unpacking gzip on the way, with no more in memory than a few small pieces.
import { DataFileError } from "./errors";
import type { OpenedFile, ReadProgress } from "./types";

const gzipMagic = [0x1f, 0x8b] as const;

/**
 * Bytes handed to the unpacker at a time. gzip packs at most about 1032 to 1 and some unpackers hand out all that
 * a piece holds before anyone can stop them, so this bounds memory, even for a bomb, to about 4 MB.
 */
const pieceSize = 4096;

type Bytes = Uint8Array<ArrayBuffer>;

/** Bytes in order, some at a time. */
interface Pieces {
  /** The next bytes, at least one; null at the end. */
  next(): Promise<Uint8Array | null>;
  /** Stops and lets go of the file. */
  cancel(): Promise<void>;
}

/** A file's own bytes as small pieces, drawn only when wanted. */
class PieceSource implements Pieces {
  /** Set when reading itself failed, to tell that from damaged content. */
  failure: DataFileError | null = null;
  private readonly reader: ReadableStreamDefaultReader<Uint8Array>;
  private held: Uint8Array = new Uint8Array(0);
  private taken = 0;
  private read = 0;

  constructor(
    private readonly file: OpenedFile,
    private readonly progress: ReadProgress | undefined,
  ) {
    this.reader = file.stream.getReader();
  }

  /** First two bytes, without taking them; fewer when the file is shorter. */
  async peek(): Promise<Uint8Array> {
    while (this.held.length < gzipMagic.length) {
      const chunk = await this.draw();
      if (chunk === null) break;
      const joined = new Uint8Array(this.held.length + chunk.length);
      joined.set(this.held);
      joined.set(chunk, this.held.length);
      this.held = joined;
    }
    return this.held.subarray(0, gzipMagic.length);
  }

  async next(): Promise<Bytes | null> {
    while (this.taken === this.held.length) {
      const chunk = await this.draw();
      if (chunk === null) return null;
      this.held = chunk;
      this.taken = 0;
    }
    const piece = this.held.slice(this.taken, this.taken + pieceSize);
    this.taken += piece.length;
    return piece;
  }

  async cancel(): Promise<void> {
    await this.reader.cancel().catch(() => undefined);
  }

  private async draw(): Promise<Uint8Array | null> {
    try {
      const { done, value } = await this.reader.read();
      if (done) return null;
      this.read += value.length;
      this.progress?.(this.file.name, this.read, this.file.size ?? null);
      return value;
    } catch (error) {
      const found = `an end of reading: ${messageOf(error)}`;
      this.failure = new DataFileError(this.file.name, this.read, "more bytes", found);
      throw this.failure;
    }
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/**
 * What the pieces unpack to. Pieces are handed over one by one, each when the one before is taken: a pipe would not
 * do, for Node 20 lets a pipe to its unpacker run 16384 pieces ahead.
 */
class Unpacker implements Pieces {
  private readonly reader: ReadableStreamDefaultReader<Uint8Array>;

  constructor(private readonly source: PieceSource) {
    const { readable, writable } = new DecompressionStream("gzip");
    this.reader = readable.getReader();
    void this.feed(writable.getWriter());
  }

  async next(): Promise<Uint8Array | null> {
    for (;;) {
      const { done, value } = await this.reader.read();
      if (done) return null;
      if (value.length > 0) return value;
    }
  }

  async cancel(): Promise<void> {
    await this.reader.cancel().catch(() => undefined);
    await this.source.cancel();
  }

  /** Never rejects: what goes wrong shows at the reading end. */
  private async feed(writer: WritableStreamDefaultWriter<BufferSource>): Promise<void> {
    try {
      for (;;) {
        const piece = await this.source.next();
        if (piece === null) break;
        await writer.write(piece);
      }
      await writer.close();
    } catch (error) {
      await writer.abort(error).catch(() => undefined);
    }
  }
}

/** The content of a file, unpacked where its first bytes say gzip, read from front to back. */
export class ByteReader {
  /** Bytes of the content read so far. */
  offset = 0;
  private held: Uint8Array = new Uint8Array(0);

  private constructor(
    readonly name: string,
    readonly packed: boolean,
    private readonly source: PieceSource,
    private readonly content: Pieces,
  ) {}

  /** @throws DataFileError when the file cannot be read at all */
  static async open(file: OpenedFile, progress?: ReadProgress): Promise<ByteReader> {
    const source = new PieceSource(file, progress);
    const start = await source.peek();
    const packed = gzipMagic.every((byte, index) => start[index] === byte);
    const content = packed ? new Unpacker(source) : source;
    return new ByteReader(file.name, packed, source, content);
  }

  /** Fills the target from the content. @returns how many bytes there were: fewer only at the end */
  async fill(target: Uint8Array): Promise<number> {
    let filled = 0;
    while (filled < target.length) {
      if (this.held.length === 0 && !(await this.draw(target.length - filled))) break;
      const part = this.held.subarray(0, target.length - filled);
      target.set(part, filled);
      this.held = this.held.subarray(part.length);
      filled += part.length;
      this.offset += part.length;
    }
    return filled;
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
