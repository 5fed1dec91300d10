// Keeps downloaded files in pieces, each with its check sum, so that a broken download goes on where it stopped.

/** Bytes of a stored piece; the last of a file is shorter. */
export const storedPieceSize = 1 << 20;

/** What is known of a file of which at least the beginning is stored. */
export interface Manifest {
  /** Bytes of the whole file. */
  readonly length: number;
  /** The server's word on the file's age, where it gave one: another word means another file. */
  readonly modified: string | null;
  /** SHA-256 of each stored piece, in order, as hexadecimal digits. */
  readonly digests: readonly string[];
}

/** A place for pieces. Nothing in it is trusted: length and check sum are compared on the way out. */
export interface PieceStore {
  manifest(name: string): Promise<Manifest | null>;
  /** A piece of the file, or null where it is gone. */
  piece(name: string, number: number): Promise<Uint8Array<ArrayBuffer> | null>;
  /** Stores a piece and the manifest that knows it. @throws where the place is full */
  put(
    name: string,
    number: number,
    bytes: Uint8Array<ArrayBuffer>,
    manifest: Manifest,
  ): Promise<void>;
  remove(name: string): Promise<void>;
}

/** Pieces of a whole file. */
export function pieceCount(length: number): number {
  return Math.ceil(length / storedPieceSize);
}

/** True when every piece of the file is stored. */
export function isComplete({ length, digests }: Manifest): boolean {
  return digests.length === pieceCount(length);
}

/** SHA-256 as hexadecimal digits. */
export async function digestOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** A stored piece, or null where it is gone or damaged. */
export async function soundPiece(
  store: PieceStore,
  name: string,
  manifest: Manifest,
  number: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const bytes = await store.piece(name, number);
  const length = Math.min(storedPieceSize, manifest.length - number * storedPieceSize);
  if (bytes === null || bytes.length !== length) return null;
  return (await digestOf(bytes)) === manifest.digests[number] ? bytes : null;
}

function isManifest(value: unknown): value is Manifest {
  const manifest = value as Manifest | null;
  return (
    typeof manifest === "object" &&
    manifest !== null &&
    Number.isSafeInteger(manifest.length) &&
    Array.isArray(manifest.digests) &&
    manifest.digests.length <= pieceCount(manifest.length)
  );
}

/** Changes when stored files of before can no longer be used. */
const version = "v1";
const cacheName = `regularization-playground-datasets-${version}`;
/** Cache Storage files everything under an address; this one leads nowhere. */
const nowhere = "https://datasets.invalid";

class CachedPieces implements PieceStore {
  constructor(
    private readonly cache: Cache,
    private readonly folder: string,
  ) {}

  async manifest(name: string): Promise<Manifest | null> {
    const found = await this.cache.match(this.address(name, "manifest"));
    const value: unknown = await found?.json().catch(() => null);
    return isManifest(value) ? value : null;
  }

  async piece(name: string, number: number): Promise<Uint8Array<ArrayBuffer> | null> {
    const found = await this.cache.match(this.address(name, number));
    return found ? new Uint8Array(await found.arrayBuffer()) : null;
  }

  async put(name: string, number: number, bytes: Uint8Array<ArrayBuffer>, manifest: Manifest) {
    await this.cache.put(this.address(name, number), new Response(bytes));
    const text = JSON.stringify(manifest);
    await this.cache.put(this.address(name, "manifest"), new Response(text));
  }

  async remove(name: string): Promise<void> {
    const manifest = await this.manifest(name);
    await this.cache.delete(this.address(name, "manifest"));
    const pieces = manifest?.digests.length ?? 0;
    for (let number = 0; number < pieces; number++) {
      await this.cache.delete(this.address(name, number));
    }
  }

  private address(name: string, part: string | number): string {
    return `${nowhere}/${this.folder}/${encodeURIComponent(name)}/${part}`;
  }
}

/**
 * This browser's place for files of a data set.
 * @returns null where there is none: private windows, pages without https, Node
 */
export async function openPieceStore(folder: string): Promise<PieceStore | null> {
  try {
    if (typeof caches === "undefined" || !globalThis.crypto?.subtle) return null;
    return new CachedPieces(await caches.open(cacheName), folder);
  } catch {
    return null;
  }
}
