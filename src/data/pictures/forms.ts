// The forms in which picture sets are published: four idx files, CIFAR-10's archive or batches, sprites with one-hot labels.
import { DataFileError } from "../errors";
import { readCifarBatch } from "../readers/cifar";
import { readCifarArchive } from "../readers/cifarArchive";
import { type IdxContent, readIdx } from "../readers/idx";
import { joinPools, type PictureFormat, type PicturePool, pictureSize } from "../readers/pool";
import { readSprites } from "../readers/sprites";
import type { FileSource, OpenedFile, ReadProgress } from "../types";
import { batchNames } from "./batchNames";

/** The two parts as they are published. */
export interface PicturePools {
  readonly train: PicturePool;
  readonly test: PicturePool;
}

/** Files that are there and open. */
export interface OpenedForm {
  readonly files: readonly OpenedFile[];
  /** Reads them; may open more of the same source. @throws DataFileError */
  read(progress?: ReadProgress): Promise<PicturePools>;
}

export interface PictureForm {
  /** The files in words: "cifar10_images.png and cifar10_labels_uint8". */
  readonly title: string;
  readonly names: readonly string[];
  /** Opens the files, or says which are missing. */
  open(source: FileSource): Promise<OpenedForm | { readonly missing: readonly string[] }>;
}

/** Lets go of files that nobody reads. */
export async function release(files: readonly OpenedFile[]): Promise<void> {
  // A stream that is being read is locked: its reader lets go of it.
  const free = files.filter((file) => !file.stream.locked);
  await Promise.all(free.map((file) => file.stream.cancel().catch(() => undefined)));
}

/** Opens all names in order, or none. */
async function openAll(source: FileSource, names: readonly string[]) {
  const files: OpenedFile[] = [];
  const missing: string[] = [];
  try {
    for (const name of names) {
      const file = await source.open(name);
      if (file) files.push(file);
      else missing.push(name);
    }
  } catch (error) {
    await release(files);
    throw error;
  }
  if (missing.length === 0) return { files };
  await release(files);
  return { missing };
}

const officialTrainCount = 60_000;
const officialTestCount = 10_000;

/** The official files, labels first: they are small and show at once that something is wrong. */
const idxNames = [
  "train-labels-idx1-ubyte",
  "t10k-labels-idx1-ubyte",
  "train-images-idx3-ubyte",
  "t10k-images-idx3-ubyte",
] as const;

/** The count is the word after the magic number. */
const countOffset = 4;

function pairUp(images: IdxContent, labels: IdxContent): PicturePool {
  if (images.count !== labels.count) {
    throw new DataFileError(
      images.name,
      countOffset,
      `as many pictures as ${labels.name} has labels, ${labels.count}`,
      `${images.count}`,
      images.packed,
    );
  }
  return { count: images.count, pictures: images.values, labels: labels.values };
}

/** MNIST's four idx files (LeCun, Cortes & Burges 1998), which Fashion-MNIST has too. */
export function idxForm({ height, width, classes }: PictureFormat): PictureForm {
  const labelFile = (maximumCount: number) => ({
    itemShape: [],
    maximumCount,
    items: "labels",
    largest: classes - 1,
  });
  const imageFile = (maximumCount: number) => ({
    itemShape: [height, width],
    maximumCount,
    items: "pictures",
  });
  const read = async (files: readonly OpenedFile[], progress?: ReadProgress) => {
    const [trainLabels, testLabels, trainImages, testImages] = files as [
      OpenedFile,
      OpenedFile,
      OpenedFile,
      OpenedFile,
    ];
    const labels = await readIdx(trainLabels, labelFile(officialTrainCount), progress);
    const heldLabels = await readIdx(testLabels, labelFile(officialTestCount), progress);
    const images = await readIdx(trainImages, imageFile(officialTrainCount), progress);
    const heldImages = await readIdx(testImages, imageFile(officialTestCount), progress);
    return { train: pairUp(images, labels), test: pairUp(heldImages, heldLabels) };
  };
  return {
    title: `${idxNames.join(", ")}, each packed (.gz) or not`,
    names: idxNames,
    async open(source) {
      const opened = await openAll(source, idxNames);
      if (!opened.files) return opened;
      const { files } = opened;
      return { files, read: (progress) => read(files, progress) };
    },
  };
}

/** Most pictures that stand apart as the test set of a sprite: the last of it. */
const spriteTestCount = 10_000;
/** A sprite of fewer pictures, cut out for a class, gives this share of them. */
const spriteTestShare = 1 / 6;

/** The last pictures are the test set, as in the tutorials: 10,000, or a sixth of a small sprite. */
function splitSprite(pool: PicturePool, size: number): PicturePools {
  const held = Math.min(spriteTestCount, Math.floor(pool.count * spriteTestShare));
  const at = pool.count - held;
  return {
    train: {
      count: at,
      pictures: pool.pictures.subarray(0, at * size),
      labels: pool.labels.subarray(0, at),
    },
    test: {
      count: held,
      pictures: pool.pictures.subarray(at * size),
      labels: pool.labels.subarray(at),
    },
  };
}

/** The two files of TensorFlow.js' public tutorials. */
export function spriteForm(base: string, format: PictureFormat): PictureForm {
  const names = [`${base}_labels_uint8`, `${base}_images.png`];
  return {
    title: `${names[1]} and ${names[0]}`,
    names,
    async open(source) {
      const opened = await openAll(source, names);
      if (!opened.files) return opened;
      const { files } = opened;
      const [labels, images] = files as [OpenedFile, OpenedFile];
      return {
        files,
        read: async (progress) =>
          splitSprite(await readSprites(images, labels, format, progress), pictureSize(format)),
      };
    },
  };
}

const archiveName = "cifar-10-binary.tar";

/** The official archive of CIFAR-10. */
export const archiveForm: PictureForm = {
  title: `${archiveName}.gz`,
  names: [`${archiveName}.gz`],
  async open(source) {
    const file = await source.open(archiveName);
    if (!file) return { missing: [`${archiveName}.gz`] };
    return { files: [file], read: (progress) => readCifarArchive(file, progress) };
  },
};

/** CIFAR-10's binary batches. Each is opened when the one before has been read. */
export const batchForm: PictureForm = {
  title: "data_batch_1.bin to data_batch_5.bin and test_batch.bin",
  names: ["data_batch_1.bin", "test_batch.bin"],
  async open(source) {
    const { train, test } = await batchNames(source);
    const missing = [
      ...(train.length === 0 ? ["data_batch_1.bin"] : []),
      ...(test === null ? ["test_batch.bin"] : []),
    ];
    if (missing.length > 0 || test === null) return { missing };
    const readOne = async (name: string, progress?: ReadProgress) => {
      const file = await source.open(name);
      if (!file) throw new DataFileError(name, 0, "a file to read", "none any more");
      return readCifarBatch(file, progress);
    };
    return {
      files: [],
      async read(progress) {
        const held = await readOne(test, progress);
        const pools: PicturePool[] = [];
        for (const name of train) pools.push(await readOne(name, progress));
        return { train: joinPools(pools, 3072), test: held };
      },
    };
  },
};
