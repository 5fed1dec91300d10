// Reads CIFAR-10 straight from the official archive, cifar-10-binary.tar.gz, without unpacking it anywhere.
import { DataFileError } from "../errors";
import type { OpenedFile, ReadProgress } from "../types";
import { ByteReader } from "./bytes";
import { cifarFormat, readRecords } from "./cifar";
import { joinPools, type PicturePool, pictureSize } from "./pool";
import { tarEntries } from "./tar";

const trainPattern = /(^|\/)data_batch_(\d+)\.bin$/;
const testPattern = /(^|\/)test_batch\.bin$/;

/** The archive and its padding: a little more than sixty thousand records. Anything longer is no CIFAR-10. */
const longestArchive = 200_000_000;

/**
 * Both parts from the archive, plain or gzip; training batches in the order of their numbers.
 * @throws DataFileError naming the archive, and the file in it
 */
export async function readCifarArchive(
  file: OpenedFile,
  progress?: ReadProgress,
): Promise<{ readonly train: PicturePool; readonly test: PicturePool }> {
  const reader = await ByteReader.open(file, progress);
  try {
    return await readBatches(reader);
  } finally {
    await reader.close();
  }
}

async function readBatches(reader: ByteReader) {
  const batches = new Map<number, PicturePool>();
  let test: PicturePool | null = null;
  for await (const { name, size, isFile, content } of tarEntries(reader)) {
    if (reader.offset + size > longestArchive) {
      throw reader.error(`at most ${longestArchive} bytes in all`, `${name} with ${size} bytes`);
    }
    const number = trainPattern.exec(name)?.[2];
    if (!isFile) continue;
    if (number !== undefined) batches.set(Number(number), await readRecords(content, size));
    else if (testPattern.test(name)) test = await readRecords(content, size);
  }
  if (batches.size === 0 || test === null) {
    throw new DataFileError(
      reader.name,
      reader.offset,
      "data_batch_1.bin to data_batch_5.bin and test_batch.bin in the archive",
      batches.size === 0 ? "no data_batch" : "no test_batch",
      reader.packed,
    );
  }
  const train = [...batches].sort(([a], [b]) => a - b).map(([, pool]) => pool);
  return { train: joinPools(train, pictureSize(cifarFormat)), test };
}
