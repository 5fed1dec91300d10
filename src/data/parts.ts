// Gives every example a sequence of random numbers of its own, so that parts are independent and sizes only add or remove examples.
import { RandomSequence } from "./random";
import type { PartName } from "./types";

const partCodes: Readonly<Record<PartName, number>> = { train: 0, validation: 1, test: 2 };
const parts = 3;

/** Most classes that the step word can tell apart. */
const classSlots = 16;

/**
 * Step word of the number-th thing of a part.
 * The part sits in the low digits on purpose: pcg4d hardly mixes words that differ in their highest bits only, so
 * parts told apart there would share examples.
 */
export function partStep(part: PartName, number: number): number {
  return number * parts + partCodes[part];
}

/**
 * Step word of an example: the same for the same (part, class, rank), whatever the size of the part.
 * @param classIndex 0 … 15; 0 for regression
 * @param rank number of the example among those of its class, 0 … 2²⁶−1
 */
export function exampleStep(part: PartName, classIndex: number, rank: number): number {
  return partStep(part, rank * classSlots + classIndex);
}

/** The random numbers of one example. */
export function exampleSequence(
  seed: number,
  stream: number,
  part: PartName,
  classIndex: number,
  rank: number,
): RandomSequence {
  return new RandomSequence(seed, stream, exampleStep(part, classIndex, rank));
}

/** For each example its rank among those of its class. @param labels [count] */
export function ranksWithinClass(labels: Int32Array): Int32Array {
  const seen: number[] = [];
  return labels.map((label) => {
    const rank = seen[label] ?? 0;
    seen[label] = rank + 1;
    return rank;
  });
}
