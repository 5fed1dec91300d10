// One file from a public address: stored piece by piece as it comes, continued after a break, given up with a reason.
import { DataUnreachableError } from "../errors";
import {
  digestOf,
  type Manifest,
  type PieceStore,
  soundPiece,
  storedPieceSize,
} from "./pieceStore";

type Bytes = Uint8Array<ArrayBuffer>;

export interface DownloadSurroundings {
  /** Null where the browser keeps nothing. */
  readonly store: PieceStore | null;
  readonly fetch: (address: string, options: RequestInit) => Promise<Response>;
  /** Waits so many milliseconds. */
  readonly pause: (milliseconds: number) => Promise<void>;
}

/** Breaks in a row, without a byte in between, after which it is given up. */
const patience = 4;
const firstPause = 1000;
/** Longest wait for an answer or for the next bytes. */
const longestWait = 20_000;

const partial = 206;

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The promise, or a refusal when it takes too long. */
function within<T>(promise: Promise<T>, abort: () => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      abort();
      reject(new Error(`nothing came for ${longestWait / 1000} seconds`));
    }, longestWait);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** Bytes that the answer's body will have, where it says so and means it. */
function bodyLength(response: Response): number | null {
  const length = response.headers.get("content-length");
  if (length === null || response.headers.has("content-encoding")) return null;
  return Number(length);
}

/** A download that can be taken up again. `length` is null where the server does not tell it. */
export class Download {
  length: number | null = null;
  private manifest: Manifest | null = null;
  /** Stored pieces that are handed out before the network's bytes. */
  private stored = 0;
  private body: ReadableStreamDefaultReader<Uint8Array> | null = null;
  private abort = new AbortController();
  /** Bytes of the file that the next bytes of the body follow. */
  private at = 0;
  /** Bytes handed out so far. */
  private given = 0;
  private breaks = 0;
  private piece: Bytes = new Uint8Array(storedPieceSize);
  private filled = 0;

  constructor(
    private readonly address: string,
    private readonly name: string,
    private readonly surroundings: DownloadSurroundings,
  ) {}

  /**
   * Asks for the file, or for the part of it that is not stored.
   * @returns false when there is no such file
   * @throws DataUnreachableError when nobody answers
   */
  async begin(): Promise<boolean> {
    await this.findStored();
    const response = await this.ask(this.stored * storedPieceSize).catch((error: unknown) => {
      throw new DataUnreachableError(
        `${new URL(this.address).host} does not answer (${messageOf(error)}): there is no network, or it is blocked here.`,
      );
    });
    if (!response) return false;
    const length = bodyLength(response);
    const whole = length === null ? null : length + this.at;
    const modified = response.headers.get("last-modified");
    const other =
      this.manifest && (this.manifest.length !== whole || this.manifest.modified !== modified);
    if (other) {
      // Another file than the one that was begun: from the start.
      await this.stop();
      await this.surroundings.store?.remove(this.name);
      return this.begin();
    }
    this.length = whole;
    if (whole !== null) this.manifest ??= { length: whole, modified, digests: [] };
    return true;
  }

  /** The next bytes; null at the end. @throws Error when it broke and could not be continued */
  async next(): Promise<Bytes | null> {
    if (this.stored > 0 && this.given < this.stored * storedPieceSize) return this.nextStored();
    for (;;) {
      try {
        const bytes = await this.nextFromNetwork();
        if (bytes === null && this.length !== null && this.given < this.length) {
          throw new Error(`the connection ended after ${this.given} of ${this.length} bytes`);
        }
        this.breaks = 0;
        return bytes;
      } catch (error) {
        await this.recover(error);
      }
    }
  }

  async stop(): Promise<void> {
    this.abort.abort();
    await this.body?.cancel().catch(() => undefined);
    this.body = null;
  }

  private async findStored(): Promise<void> {
    const { store } = this.surroundings;
    const manifest = (await store?.manifest(this.name).catch(() => null)) ?? null;
    this.manifest = manifest;
    this.stored = 0;
    while (store && manifest && this.stored < manifest.digests.length) {
      if (!(await soundPiece(store, this.name, manifest, this.stored))) break;
      this.stored++;
    }
    // The last piece is always asked for again, so that there is something to ask for.
    if (manifest && this.stored * storedPieceSize >= manifest.length) this.stored--;
    if (this.stored <= 0) {
      this.stored = 0;
      this.manifest = null;
    } else if (manifest) {
      this.manifest = { ...manifest, digests: manifest.digests.slice(0, this.stored) };
    }
  }

  private async nextStored(): Promise<Bytes> {
    const { store } = this.surroundings;
    const number = this.given / storedPieceSize;
    const bytes =
      store && this.manifest ? await soundPiece(store, this.name, this.manifest, number) : null;
    if (!bytes) throw new Error("the browser's cache lost a piece; try again");
    this.given += bytes.length;
    return bytes;
  }

  /** Asks from a byte on. @returns null when there is no such file */
  private async ask(from: number): Promise<Response | null> {
    this.abort = new AbortController();
    const { signal } = this.abort;
    const headers: Record<string, string> = from > 0 ? { Range: `bytes=${from}-` } : {};
    const response = await within(
      this.surroundings.fetch(this.address, { headers, signal, credentials: "omit" }),
      () => this.abort.abort(),
    );
    if (!response.ok || response.body === null) {
      await response.body?.cancel().catch(() => undefined);
      if (response.status >= 500) throw new Error(`server error ${response.status}`);
      return null;
    }
    // A server that knows no ranges sends the whole file: what is there already is passed over.
    this.at = response.status === partial ? from : 0;
    this.body = response.body.getReader();
    return response;
  }

  private async nextFromNetwork(): Promise<Bytes | null> {
    for (;;) {
      if (!this.body) throw new Error("the connection is closed");
      const { done, value } = await within(this.body.read(), () => this.abort.abort());
      if (done) {
        await this.keepLast();
        return null;
      }
      const known = Math.min(value.length, Math.max(0, this.given - this.at));
      this.at += value.length;
      const bytes = value.slice(known) as Bytes;
      if (bytes.length === 0) continue;
      if (this.length !== null && this.given + bytes.length > this.length) {
        throw new Error(`more than the ${this.length} bytes that the server told`);
      }
      this.given += bytes.length;
      await this.keep(bytes);
      return bytes;
    }
  }

  /** Waits and asks for the rest. @throws when patience is over, or the rest belongs to another file */
  private async recover(error: unknown): Promise<void> {
    await this.stop();
    this.breaks++;
    const kept = this.surroundings.store
      ? "; what came is kept: try again to go on from there"
      : "; try again";
    if (this.breaks >= patience || this.length === null) {
      throw new Error(`${messageOf(error)}${kept}`);
    }
    await this.surroundings.pause(firstPause * 2 ** (this.breaks - 1));
    const response = await this.ask(this.given).catch(() => null);
    if (!response) return;
    const length = bodyLength(response);
    if (length !== null && length + this.at !== this.length) {
      await this.surroundings.store?.remove(this.name);
      throw new Error("the file on the server changed meanwhile; try again");
    }
  }

  private async keep(bytes: Bytes): Promise<void> {
    if (!this.surroundings.store || !this.manifest) return;
    let rest = bytes;
    while (rest.length > 0) {
      const part = rest.subarray(0, storedPieceSize - this.filled);
      this.piece.set(part, this.filled);
      this.filled += part.length;
      rest = rest.subarray(part.length);
      if (this.filled === storedPieceSize) await this.flush();
    }
  }

  private async keepLast(): Promise<void> {
    if (this.filled > 0 && this.given === this.length) await this.flush();
  }

  /** A full or forbidden store is no reason to stop: the file is read all the same. */
  private async flush(): Promise<void> {
    const { store } = this.surroundings;
    if (!store || !this.manifest) return;
    const bytes = this.piece.slice(0, this.filled);
    this.filled = 0;
    try {
      const digests = [...this.manifest.digests, await digestOf(bytes)];
      this.manifest = { ...this.manifest, digests };
      await store.put(this.name, digests.length - 1, bytes, this.manifest);
    } catch {
      this.manifest = null;
    }
  }
}
