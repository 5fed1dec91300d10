// Fashion-MNIST (Xiao, Rasul & Vollgraf 2017) from its four official files: real pictures for the main job.
import type { Experiment } from "../experiment/schema";
import { DataFileError, DataMissingError, DataSizeError } from "./errors";
import { classCounts, mislabel } from "./labels";
import { permutation, Stream } from "./random";
import { type IdxContent, type IdxExpectation, readIdx } from "./readers/idx";
import { picturePixels, pictureSide } from "./strokeDigits";
import type { FileSource, OpenedFile, RawExamples, ReadProgress } from "./types";

type DataSettings = Experiment["data"];

export const fashionClassNames = [
  "T-shirt/top",
  "Trouser",
  "Pullover",
  "Dress",
  "Coat",
  "Sandal",
  "Shirt",
  "Sneaker",
  "Bag",
  "Ankle boot",
] as const;

const classes = fashionClassNames.length;
const officialTrainCount = 60_000;
const officialTestCount = 10_000;

/** Below this many examples a validation figure says nothing. */
export const smallestValidationSize = 10;

/** The official files, labels first: they are small and show at once that something is wrong. */
const fileNames = {
  trainLabels: "train-labels-idx1-ubyte",
  testLabels: "t10k-labels-idx1-ubyte",
  trainImages: "train-images-idx3-ubyte",
  testImages: "t10k-images-idx3-ubyte",
} as const;

type FileKey = keyof typeof fileNames;
const fileKeys = Object.keys(fileNames) as FileKey[];

function labelFile(maximumCount: number): IdxExpectation {
  return { itemShape: [], maximumCount, items: "labels" };
}

function imageFile(maximumCount: number): IdxExpectation {
  return { itemShape: [pictureSide, pictureSide], maximumCount, items: "pictures" };
}

const expectations: Readonly<Record<FileKey, IdxExpectation>> = {
  trainLabels: labelFile(officialTrainCount),
  testLabels: labelFile(officialTestCount),
  trainImages: imageFile(officialTrainCount),
  testImages: imageFile(officialTestCount),
};

type OpenFiles = Record<FileKey, OpenedFile>;
type Contents = Record<FileKey, IdxContent>;

async function release(files: Partial<OpenFiles>): Promise<void> {
  // A stream that is being read is locked: its reader lets go of it.
  const free = Object.values(files).filter((file) => !file.stream.locked);
  await Promise.all(free.map((file) => file.stream.cancel().catch(() => undefined)));
}

/** Opens all four. @throws DataMissingError that names every file that is missing */
async function openAll(source: FileSource | null): Promise<OpenFiles> {
  const opened: Partial<OpenFiles> = {};
  const missing: string[] = [];
  try {
    for (const key of fileKeys) {
      const file = (await source?.open(fileNames[key])) ?? null;
      if (file) opened[key] = file;
      else missing.push(fileNames[key]);
    }
    if (missing.length === 0) return opened as OpenFiles;
    const searched = source?.description ?? null;
    throw new DataMissingError("Fashion-MNIST", "fashion-mnist", missing, searched);
  } catch (error) {
    await release(opened);
    throw error;
  }
}

function checkLabels(labels: IdxContent): void {
  const wrong = labels.values.findIndex((label) => label >= classes);
  if (wrong < 0) return;
  throw new DataFileError(
    labels.name,
    labels.headerSize + wrong,
    `a label from 0 to ${classes - 1}`,
    `${labels.values[wrong]}`,
    labels.packed,
  );
}

/** The count is the word after the magic number. */
const countOffset = 4;

function checkCounts(images: IdxContent, labels: IdxContent): void {
  if (images.count === labels.count) return;
  throw new DataFileError(
    images.name,
    countOffset,
    `as many pictures as ${labels.name} has labels, ${labels.count}`,
    `${images.count}`,
    images.packed,
  );
}

async function readAll(files: OpenFiles, progress?: ReadProgress): Promise<Contents> {
  const contents: Partial<Contents> = {};
  try {
    for (const key of fileKeys) {
      contents[key] = await readIdx(files[key], expectations[key], progress);
    }
  } finally {
    await release(files);
  }
  const all = contents as Contents;
  for (const labels of [all.trainLabels, all.testLabels]) checkLabels(labels);
  checkCounts(all.trainImages, all.trainLabels);
  checkCounts(all.testImages, all.testLabels);
  return all;
}

/**
 * Sizes of training and validation that the files can give: validation gives way first, down to 10.
 * @throws DataSizeError naming the numbers when even that is too much
 */
export function fitSizes(
  held: number,
  trainSize: number,
  validationSize: number,
): { readonly train: number; readonly validation: number } {
  const least = Math.min(validationSize, smallestValidationSize);
  if (trainSize + least > held) {
    throw new DataSizeError(
      `The Fashion-MNIST training files hold ${held} pictures. ${trainSize} for training and at least ${least} ` +
        `for validation are ${trainSize + least}: set training examples to ${Math.max(0, held - least)} or fewer.`,
    );
  }
  return { train: trainSize, validation: Math.min(validationSize, held - trainSize) };
}

/** The largest size up to `wanted` whose imbalanced class counts the pool can give. */
function imbalancedCounts(wanted: number, imbalance: number, available: Int32Array): Int32Array {
  for (let size = wanted; size > 0; size--) {
    const counts = classCounts(size, classes, imbalance);
    if (counts.every((count, label) => count <= (available[label] as number))) return counts;
  }
  return new Int32Array(classes);
}

/** Indices of training examples: the first of the pool, or the first of each class up to its count. */
export function chooseTraining(
  pool: Int32Array,
  labels: Uint8Array,
  wanted: number,
  imbalance: number,
): Int32Array {
  if (imbalance === 0) return pool.slice(0, wanted);
  const available = new Int32Array(classes);
  const count = (list: Int32Array, index: number, by: number) => {
    const label = labels[index] as number;
    list[label] = (list[label] as number) + by;
    return list[label] as number;
  };
  for (const index of pool) count(available, index, 1);
  const left = imbalancedCounts(wanted, imbalance, available);
  return pool.filter((index) => count(left, index, -1) >= 0);
}

function gather(images: IdxContent, labels: IdxContent, indices: Int32Array): RawExamples {
  const inputs = new Uint8Array(indices.length * picturePixels);
  indices.forEach((from, to) => {
    const start = from * picturePixels;
    inputs.set(images.values.subarray(start, start + picturePixels), to * picturePixels);
  });
  return {
    count: indices.length,
    inputs,
    labels: indices.map((index) => labels.values[index] as number),
    targets: new Float32Array(0),
    mislabelled: new Uint8Array(indices.length),
  };
}

/**
 * Reads the four files and makes the parts. Training: from the front of a seeded order of the official training
 * set; validation: from its back, so that the one does not depend on the other's size; test: the official test set
 * in its own order, at most all of it. Class imbalance keeps the exact shape: where a class runs out, the training
 * part becomes smaller as a whole.
 * @returns bytes of pixels, [count, 784] per part
 * @throws DataMissingError, DataFileError or DataSizeError
 */
export async function readFashionMnist(
  data: DataSettings,
  seed: number,
  source: FileSource | null,
  progress?: ReadProgress,
): Promise<Readonly<Record<"train" | "validation" | "test", RawExamples>>> {
  const files = await readAll(await openAll(source), progress);
  const held = files.trainLabels.count;
  const sizes = fitSizes(held, data.trainSize, data.validationSize);
  const order = permutation(held, seed, Stream.split, 0);
  const pool = order.subarray(0, held - sizes.validation);
  const trainLabels = files.trainLabels.values;
  const chosen = chooseTraining(pool, trainLabels, sizes.train, data.imbalance);
  const train = gather(files.trainImages, files.trainLabels, chosen);
  const mislabelled = mislabel(train.labels, classes, data.mislabelled, seed);
  const back = order.slice(held - sizes.validation).reverse();
  const testSize = Math.min(data.testSize, files.testLabels.count);
  const front = Int32Array.from({ length: testSize }, (_, index) => index);
  return {
    train: { ...train, mislabelled },
    validation: gather(files.trainImages, files.trainLabels, back),
    test: gather(files.testImages, files.testLabels, front),
  };
}
