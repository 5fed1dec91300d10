// Bytes in order, some at a time: a file's own, and what they unpack to, with no more in memory than a few small pieces.
import { DataStreamError } from "../errors";
import type { OpenedFile, ReadProgress } from "../types";

/**
 * Bytes handed to the unpacker at a time. Deflate packs at most about 1032 to 1 and some unpackers hand out all that
 * a piece holds before anyone can stop them, so this bounds memory, even for a bomb, to about 4 MB.
 */
export const pieceSize = 4096;

/** Deflate's longest match is 258 bytes from two bits: nothing unpacks to more than this many times its size. */
export const largestExpansion = 1032;

type Bytes = Uint8Array<ArrayBuffer>;

/** Bytes in order, some at a time. */
export interface Pieces {
  /** The next bytes, at least one; null at the end. */
  next(): Promise<Uint8Array | null>;
  /** Stops and lets go of the file. */
  cancel(): Promise<void>;
}

/** What was thrown, as text. */
export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // From Node 24 on, the unpacker's error is wrapped in one without words.
  if (error.message === "" && error.cause !== undefined) return messageOf(error.cause);
  return error.message || error.name;
}

/** A file's own bytes as small pieces, drawn only when wanted. */
export class PieceSource implements Pieces {
  /** Set when reading itself failed, to tell that from damaged content. */
  failure: DataStreamError | null = null;
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

  /** The first bytes, without taking them; fewer when the file is shorter. */
  async peek(count: number): Promise<Uint8Array> {
    while (this.held.length < count) {
      const chunk = await this.draw();
      if (chunk === null) break;
      const joined = new Uint8Array(this.held.length + chunk.length);
      joined.set(this.held);
      joined.set(chunk, this.held.length);
      this.held = joined;
    }
    return this.held.subarray(0, count);
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
      this.failure = new DataStreamError(this.file.name, this.read, "more bytes", found);
      throw this.failure;
    }
  }
}

/**
 * What the pieces unpack to. Pieces are handed over one by one, each when the one before is taken: a pipe would not
 * do, for Node 20 lets a pipe to its unpacker run 16384 pieces ahead.
 */
export class Unpacker implements Pieces {
  private readonly reader: ReadableStreamDefaultReader<Uint8Array>;

  /** @param format "gzip", or "deflate" for zlib's, which PNG uses */
  constructor(
    private readonly source: Pieces,
    format: "gzip" | "deflate",
  ) {
    const { readable, writable } = new DecompressionStream(format);
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
        await writer.write(piece as Bytes);
      }
      await writer.close();
    } catch (error) {
      await writer.abort(error).catch(() => undefined);
    }
  }
}
