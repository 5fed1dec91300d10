// Divides a picture set into training, validation and test part by a seeded order, balanced or as the pictures come.
import type { Experiment } from "../../experiment/schema";
import { DataSizeError } from "../errors";
import { classCounts, mislabel } from "../labels";
import { permutation, Stream } from "../random";
import type { PicturePool } from "../readers/pool";
import type { PartName, RawExamples } from "../types";
import type { PicturePools } from "./forms";

type DataSettings = Experiment["data"];

/** Below this many examples a validation figure says nothing. */
export const smallestValidationSize = 10;

/**
 * Sizes of training and validation that the files can give: validation gives way first, down to 10.
 * @param title of the data set, for the message
 * @throws DataSizeError naming the numbers when even that is too much
 */
export function fitSizes(
  title: string,
  held: number,
  trainSize: number,
  validationSize: number,
): { readonly train: number; readonly validation: number } {
  const least = Math.min(validationSize, smallestValidationSize);
  if (trainSize + least > held) {
    throw new DataSizeError(
      `The ${title} training files hold ${held} pictures. ${trainSize} for training and at least ${least} ` +
        `for validation are ${trainSize + least}: set training examples to ${Math.max(0, held - least)} or fewer.`,
    );
  }
  return { train: trainSize, validation: Math.min(validationSize, held - trainSize) };
}

/** The largest size up to `wanted` whose class counts the pool can give. */
function countsWithin(wanted: number, imbalance: number, available: Int32Array): Int32Array {
  const classes = available.length;
  for (let size = wanted; size > 0; size--) {
    const counts = classCounts(size, classes, imbalance);
    if (counts.every((count, label) => count <= (available[label] as number))) return counts;
  }
  return new Int32Array(classes);
}

/** How the training part is put together. */
export type Selection = Pick<DataSettings, "trainSize" | "imbalance" | "drawing">;

/**
 * Indices of training examples: the first of the pool, or the first of each class up to its count.
 * Counts per class are exact: where a class runs out, the part becomes smaller as a whole.
 */
export function chooseTraining(
  pool: Int32Array,
  labelOf: (index: number) => number,
  classes: number,
  { trainSize, imbalance, drawing }: Selection,
): Int32Array {
  if (imbalance === 0 && drawing === "asTheyCome") return pool.slice(0, trainSize);
  const available = new Int32Array(classes);
  const count = (list: Int32Array, index: number, by: number) => {
    const label = labelOf(index);
    list[label] = (list[label] as number) + by;
    return list[label] as number;
  };
  for (const index of pool) count(available, index, 1);
  const left = countsWithin(trainSize, imbalance, available);
  return pool.filter((index) => count(left, index, -1) >= 0);
}

function gather(pool: PicturePool, indices: Int32Array): RawExamples {
  const size = pool.pictures.length / pool.count;
  const inputs = new Uint8Array(indices.length * size);
  indices.forEach((from, to) => {
    inputs.set(pool.pictures.subarray(from * size, (from + 1) * size), to * size);
  });
  return {
    count: indices.length,
    inputs,
    labels: indices.map((index) => pool.labels[index] as number),
    targets: new Float32Array(0),
    mislabelled: new Uint8Array(indices.length),
  };
}

/**
 * Training: from the front of a seeded order of the published training set; validation: from its back, so that the
 * one does not depend on the other's size; test: the published test set in its own order, at most all of it.
 * @param title of the data set, for messages
 * @returns bytes of pixels, [count, size] per part
 * @throws DataSizeError when the files hold too few
 */
export function divide(
  { train: held, test: kept }: PicturePools,
  title: string,
  classes: number,
  data: DataSettings,
  seed: number,
): Readonly<Record<PartName, RawExamples>> {
  const sizes = fitSizes(title, held.count, data.trainSize, data.validationSize);
  const order = permutation(held.count, seed, Stream.split, 0);
  const pool = order.subarray(0, held.count - sizes.validation);
  const chosen = chooseTraining(pool, (index) => held.labels[index] as number, classes, data);
  const train = gather(held, chosen);
  const mislabelled = mislabel(train.labels, classes, data.mislabelled, seed);
  const back = order.slice(held.count - sizes.validation).reverse();
  const testSize = Math.min(data.testSize, kept.count);
  const front = Int32Array.from({ length: testSize }, (_, index) => index);
  return {
    train: { ...train, mislabelled },
    validation: gather(held, back),
    test: gather(kept, front),
  };
}
