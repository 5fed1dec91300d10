// Walks through a tar archive (POSIX.1-1988 ustar), one entry after the other, without keeping any.
import type { DataFileError } from "../errors";
import type { ByteReader } from "./bytes";

const blockSize = 512;
/** Places in the header block. */
const nameField = [0, 100] as const;
const sizeField = [124, 136] as const;
const sumField = [148, 156] as const;
const typePlace = 156;
const magicField = [257, 262] as const;
const prefixField = [345, 500] as const;

/** Most entries of an archive that this page reads; the official CIFAR-10 archive has nine. */
const mostEntries = 1000;
/** Largest entry: all of CIFAR-10 in one file is 184 MB. */
const largestEntry = 200_000_000;

export interface TarEntry {
  /** Path inside the archive. */
  readonly name: string;
  readonly size: number;
  /** True for a file; false for folders, links and the like. */
  readonly isFile: boolean;
  /** Bytes of the entry, in order; what is left unread is passed over. */
  readonly content: EntryReader;
}

/** The bytes of one entry. Errors name archive and entry, and the byte of the archive. */
export class EntryReader {
  private left: number;

  constructor(
    private readonly archive: ByteReader,
    private readonly entry: string,
    private readonly size: number,
  ) {
    this.left = size;
  }

  get name(): string {
    return `${this.archive.name}, ${this.entry}`;
  }

  /** Bytes of the entry read so far. */
  get offset(): number {
    return this.size - this.left;
  }

  /** Fills the target. @returns how many bytes there were: fewer only at the end of the entry */
  async fill(target: Uint8Array): Promise<number> {
    const part = target.subarray(0, this.left);
    await this.archive.fillAll(part, `the content of ${this.entry}`);
    this.left -= part.length;
    return part.length;
  }

  /** An error at the present byte of the entry, or at another. */
  error(expected: string, found: string, offset = this.offset): DataFileError {
    const start = this.archive.offset - this.offset;
    return this.archive.error(`${this.entry}: ${expected}`, found, start + offset);
  }

  async skipRest(): Promise<void> {
    await this.archive.skip(this.left, `the content of ${this.entry}`);
    this.left = 0;
  }
}

function text(block: Uint8Array, [from, to]: readonly [number, number]): string {
  const bytes = block.subarray(from, to);
  const end = bytes.indexOf(0);
  return String.fromCharCode(...bytes.subarray(0, end < 0 ? bytes.length : end));
}

/** Octal digits, as tar writes numbers; null when there is anything else. */
function octal(block: Uint8Array, field: readonly [number, number]): number | null {
  const digits = text(block, field).trim();
  return /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : null;
}

/** Sum of the header's bytes with the field of the sum itself as spaces. */
function headerSum(block: Uint8Array): number {
  return block.reduce(
    (sum, byte, place) => sum + (place >= sumField[0] && place < sumField[1] ? 32 : byte),
    0,
  );
}

function readEntry(reader: ByteReader, block: Uint8Array): TarEntry {
  const start = reader.offset - blockSize;
  const stated = octal(block, sumField);
  const sum = headerSum(block);
  if (stated !== sum) {
    const found = stated === null ? "no number" : `${stated}`;
    throw reader.error(`the check sum ${sum} of a tar header`, found, start + sumField[0]);
  }
  const size = octal(block, sizeField);
  const name = text(block, nameField);
  if (size === null || size > largestEntry) {
    throw reader.error(
      `the size of ${name}, at most ${largestEntry} bytes`,
      size === null ? "no octal number" : `${size}`,
      start + sizeField[0],
    );
  }
  if (size > reader.mostLeft) {
    throw reader.error(
      `${size} bytes of ${name}`,
      "an archive too short for them",
      start + sizeField[0],
    );
  }
  const prefix = text(block, magicField) === "ustar" ? text(block, prefixField) : "";
  const path = prefix === "" ? name : `${prefix}/${name}`;
  const type = block[typePlace];
  const isFile = type === 0 || type === "0".charCodeAt(0);
  return { name: path, size, isFile, content: new EntryReader(reader, path, size) };
}

/**
 * The entries of an archive in order, each to be read before the next is asked for.
 * @throws DataFileError for a damaged header, an entry that cannot be, or an archive that is cut off
 */
export async function* tarEntries(reader: ByteReader): AsyncGenerator<TarEntry> {
  const block = new Uint8Array(blockSize);
  for (let entries = 0; ; entries++) {
    await reader.fillAll(block, "the header of the next file, or the archive's end mark");
    // Two empty blocks end an archive; what follows them is padding.
    if (block.every((byte) => byte === 0)) return;
    if (entries === mostEntries) throw reader.error(`at most ${mostEntries} files`, "more");
    const entry = readEntry(reader, block);
    yield entry;
    await entry.content.skipRest();
    await reader.skip((blockSize - (entry.size % blockSize)) % blockSize, "padding");
  }
}
