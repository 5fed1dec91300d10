// Reads CIFAR-10's binary batches (Krizhevsky 2009): records of a label and three planes, with no header to trust or to check.
import type { OpenedFile, ReadProgress } from "../types";
import { ByteReader } from "./bytes";
import { type PictureFormat, type PicturePool, pictureSize } from "./pool";

export const cifarFormat: PictureFormat = { height: 32, width: 32, channels: 3, classes: 10 };

const size = pictureSize(cifarFormat);
const places = cifarFormat.height * cifarFormat.width;
/** One label byte, then red, green and blue, each 32×32. */
export const cifarRecordSize = 1 + size;

/** Most records of one file: all sixty thousand pictures in one. */
const mostRecords = 60_000;

/** Records whose memory is set aside at first, where nobody says how many there are. */
const firstRecords = 1000;

/** Bytes in order: a file, or an entry of an archive. */
type Records = Pick<ByteReader, "name" | "offset" | "fill" | "error">;

/** Three planes to pixels of red, green and blue. */
function interleave(record: Uint8Array, into: Uint8Array): void {
  for (let place = 0; place < places; place++) {
    into[3 * place] = record[1 + place] as number;
    into[3 * place + 1] = record[1 + places + place] as number;
    into[3 * place + 2] = record[1 + 2 * places + place] as number;
  }
}

function grown(bytes: Uint8Array, length: number): Uint8Array {
  const larger = new Uint8Array(length);
  larger.set(bytes);
  return larger;
}

/** One record, checked. @returns false at the end of the file */
async function readRecord(reader: Records, record: Uint8Array, number: number): Promise<boolean> {
  const start = reader.offset;
  const found = await reader.fill(record);
  if (found === 0) return false;
  if (found < cifarRecordSize) {
    throw reader.error(
      `${cifarRecordSize} bytes for record ${number} (1 label, ${size} pixels)`,
      `the end of the file after ${found} of them`,
    );
  }
  const label = record[0] as number;
  if (label < cifarFormat.classes) return true;
  const expected = `the label of record ${number}, from 0 to ${cifarFormat.classes - 1}`;
  throw reader.error(expected, `${label}`, start);
}

/**
 * Records to the end. @param mostLeft bytes that can follow; only what they can hold is set aside
 * @throws DataFileError with file, byte, expectation and finding
 */
export async function readRecords(reader: Records, mostLeft: number): Promise<PicturePool> {
  let room = Math.max(1, Math.min(firstRecords, Math.floor(mostLeft / cifarRecordSize)));
  let pictures = new Uint8Array(room * size);
  let labels = new Uint8Array(room);
  const record = new Uint8Array(cifarRecordSize);
  let count = 0;
  while (await readRecord(reader, record, count)) {
    if (count === mostRecords) {
      throw reader.error(`at most ${mostRecords} records`, "more", count * cifarRecordSize);
    }
    if (count === room) {
      room = Math.min(2 * room, mostRecords);
      pictures = grown(pictures, room * size) as typeof pictures;
      labels = grown(labels, room) as typeof labels;
    }
    labels[count] = record[0] as number;
    interleave(record, pictures.subarray(count * size, (count + 1) * size));
    count++;
  }
  if (count === 0) throw reader.error("at least one record", "an empty file", 0);
  return {
    count,
    pictures: pictures.subarray(0, count * size),
    labels: labels.subarray(0, count),
  };
}

/**
 * Reads one batch, plain or gzip.
 * @returns pixels as [count, 32, 32, 3]
 * @throws DataFileError with file, byte, expectation and finding
 */
export async function readCifarBatch(
  file: OpenedFile,
  progress?: ReadProgress,
): Promise<PicturePool> {
  const reader = await ByteReader.open(file, progress);
  try {
    return await readRecords(reader, reader.mostLeft);
  } finally {
    await reader.close();
  }
}
