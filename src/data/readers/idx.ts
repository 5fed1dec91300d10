// Reads files in the idx format of MNIST (LeCun, Cortes & Burges 1998) and trusts nothing that they say about themselves.
import type { OpenedFile, ReadProgress } from "../types";
import { ByteReader } from "./bytes";

/** The code of unsigned bytes, the third byte of the magic number. */
const unsignedByte = 0x08;
const magicSize = 4;
const wordSize = 4;

/** What a file must be. */
export interface IdxExpectation {
  /** Sizes of one item after the count: [28, 28] for pictures, [] for labels. */
  readonly itemShape: readonly number[];
  /** Most items that the file may hold. */
  readonly maximumCount: number;
  /** Word for the items in messages: "pictures". */
  readonly items: string;
  /** Largest value that may occur; left out: 255. */
  readonly largest?: number;
}

export interface IdxContent {
  /** The name under which the file was found. */
  readonly name: string;
  readonly packed: boolean;
  readonly count: number;
  /** [count, …itemShape] */
  readonly values: Uint8Array;
  /** Bytes before the values. */
  readonly headerSize: number;
}

function hexadecimal(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(" ");
}

async function readMagic(reader: ByteReader, dimensions: number): Promise<void> {
  const wanted = Uint8Array.of(0, 0, unsignedByte, dimensions);
  const found = new Uint8Array(magicSize);
  await reader.fillAll(found, "the magic number of an idx file");
  const wrong = wanted.findIndex((byte, index) => found[index] !== byte);
  if (wrong < 0) return;
  const meanings = ["zero", "zero", "the data type: unsigned bytes", "the number of dimensions"];
  throw reader.error(
    `${hexadecimal(wanted)} (magic number of an idx file; here ${meanings[wrong]})`,
    hexadecimal(found),
    wrong,
  );
}

/** A 32-bit number, most significant byte first. */
async function readSize(reader: ByteReader, what: string): Promise<number> {
  const bytes = new Uint8Array(wordSize);
  await reader.fillAll(bytes, what);
  return new DataView(bytes.buffer).getUint32(0);
}

/** The count, after every size in the header was checked: nothing larger is ever allocated. */
async function readHeader(reader: ByteReader, expectation: IdxExpectation): Promise<number> {
  const { itemShape, maximumCount, items } = expectation;
  await readMagic(reader, itemShape.length + 1);
  const countOffset = reader.offset;
  const count = await readSize(reader, `the number of ${items}`);
  if (count < 1 || count > maximumCount) {
    throw reader.error(`1 to ${maximumCount} ${items}`, `${count}`, countOffset);
  }
  for (const size of itemShape) {
    const offset = reader.offset;
    const found = await readSize(reader, `a side of ${size}`);
    if (found !== size) throw reader.error(`${items} with a side of ${size}`, `${found}`, offset);
  }
  return count;
}

async function readContent(reader: ByteReader, expectation: IdxExpectation): Promise<IdxContent> {
  const count = await readHeader(reader, expectation);
  const headerSize = reader.offset;
  const itemSize = expectation.itemShape.reduce((product, size) => product * size, 1);
  const values = await reader.take(count * itemSize, `${count} ${expectation.items}`);
  if (!(await reader.atEnd())) {
    throw reader.error(`the end of the file after ${count} ${expectation.items}`, "more bytes");
  }
  checkValues(reader, values, headerSize, expectation);
  return { name: reader.name, packed: reader.packed, count, values, headerSize };
}

function checkValues(
  reader: ByteReader,
  values: Uint8Array,
  headerSize: number,
  { largest, items }: IdxExpectation,
): void {
  if (largest === undefined) return;
  const wrong = values.findIndex((value) => value > largest);
  if (wrong < 0) return;
  throw reader.error(`${items} from 0 to ${largest}`, `${values[wrong]}`, headerSize + wrong);
}

/**
 * Reads an idx file of unsigned bytes, plain or gzip (told by its first bytes, not by its name).
 * Allocates at most maximumCount items, and only what a file of this length can hold; stops reading at the first
 * byte too many.
 * @throws DataFileError with file, byte, expectation and finding
 */
export async function readIdx(
  file: OpenedFile,
  expectation: IdxExpectation,
  progress?: ReadProgress,
): Promise<IdxContent> {
  const reader = await ByteReader.open(file, progress);
  try {
    return await readContent(reader, expectation);
  } finally {
    await reader.close();
  }
}
