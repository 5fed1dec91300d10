// Writes a picture set in its official form: four idx files, or CIFAR-10's batches. What is written is what the readers read.
import { cifarRecordSize } from "../readers/cifar";
import type { PictureFormat, PicturePool } from "../readers/pool";
import { pictureSize } from "../readers/pool";
import type { PicturePools } from "./forms";

/** A file to be written; `packed` where gzip is worth it. */
export interface WrittenFile {
  readonly name: string;
  readonly content: Uint8Array;
  readonly packed: boolean;
}

const unsignedByte = 0x08;
/** Records of an official batch. */
const batchSize = 10_000;

function idx(sizes: readonly number[], values: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(4 + 4 * sizes.length + values.length);
  bytes.set([0, 0, unsignedByte, sizes.length]);
  const view = new DataView(bytes.buffer);
  sizes.forEach((size, place) => {
    view.setUint32(4 + 4 * place, size);
  });
  bytes.set(values, 4 + 4 * sizes.length);
  return bytes;
}

function idxPair(part: string, pool: PicturePool, { height, width }: PictureFormat): WrittenFile[] {
  const labels = idx([pool.count], pool.labels);
  const images = idx([pool.count, height, width], pool.pictures);
  return [
    { name: `${part}-labels-idx1-ubyte`, content: labels, packed: true },
    { name: `${part}-images-idx3-ubyte`, content: images, packed: true },
  ];
}

/** Labels and planes of the pictures from `start` to `end`. */
function records(pool: PicturePool, start: number, end: number, size: number): Uint8Array {
  const places = size / 3;
  const bytes = new Uint8Array((end - start) * cifarRecordSize);
  for (let number = start; number < end; number++) {
    const record = bytes.subarray((number - start) * cifarRecordSize);
    record[0] = pool.labels[number] as number;
    const picture = pool.pictures.subarray(number * size, (number + 1) * size);
    for (let place = 0; place < places; place++) {
      record[1 + place] = picture[3 * place] as number;
      record[1 + places + place] = picture[3 * place + 1] as number;
      record[1 + 2 * places + place] = picture[3 * place + 2] as number;
    }
  }
  return bytes;
}

function* cifarFiles({ train, test }: PicturePools, size: number): Generator<WrittenFile> {
  for (let start = 0, number = 1; start < train.count; start += batchSize, number++) {
    const end = Math.min(start + batchSize, train.count);
    const content = records(train, start, end, size);
    yield { name: `data_batch_${number}.bin`, content, packed: false };
  }
  yield { name: "test_batch.bin", content: records(test, 0, test.count, size), packed: false };
}

/** The files of a set in its official form, one after the other. */
export function* officialFiles(pools: PicturePools, format: PictureFormat): Generator<WrittenFile> {
  if (format.channels === 3) yield* cifarFiles(pools, pictureSize(format));
  else {
    yield* idxPair("train", pools.train, format);
    yield* idxPair("t10k", pools.test, format);
  }
}
