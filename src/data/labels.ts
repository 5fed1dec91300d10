// Decides which class each example has: balanced or imbalanced, shuffled, and wrong on purpose where asked.
import { partStep } from "./parts";
import { permutation, random, Stream } from "./random";
import type { PartName } from "./types";

/**
 * How many examples each class gets.
 * Frequencies fall off geometrically from the first class to the last, which has (1 − imbalance) times as many;
 * whole numbers by the method of largest remainders (ties: the lower class).
 * @param imbalance 0 … <1
 * @returns [classes], summing to count
 */
export function classCounts(count: number, classes: number, imbalance: number): Int32Array {
  const weights = Array.from(
    { length: classes },
    (_, index) => (1 - imbalance) ** (classes > 1 ? index / (classes - 1) : 0),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const shares = weights.map((weight) => (count * weight) / total);
  const counts = Int32Array.from(shares, Math.floor);
  const missing = count - counts.reduce((sum, value) => sum + value, 0);
  const remainder = (index: number) => (shares[index] as number) - (counts[index] as number);
  const remainders = shares.map((_, index) => ({ index, remainder: remainder(index) }));
  // Array sort is stable, so equal remainders stay in class order.
  remainders.sort((a, b) => b.remainder - a.remainder);
  for (const { index } of remainders.slice(0, missing))
    counts[index] = (counts[index] as number) + 1;
  return counts;
}

/** Blocks of all classes, each block in an order of its own: every beginning of the list is balanced to within one. */
function balancedLabels(count: number, classes: number, seed: number, part: PartName): Int32Array {
  const labels = new Int32Array(count);
  for (let start = 0, block = 0; start < count; start += classes, block++) {
    const order = permutation(classes, seed, Stream.labels, partStep(part, block));
    labels.set(order.subarray(0, Math.min(classes, count - start)), start);
  }
  return labels;
}

function imbalancedLabels(counts: Int32Array, count: number, seed: number): Int32Array {
  const sorted = new Int32Array(count);
  let start = 0;
  counts.forEach((classCount, label) => {
    sorted.fill(label, start, start + classCount);
    start += classCount;
  });
  const order = permutation(count, seed, Stream.imbalancedOrder, 0);
  return order.map((index) => sorted[index] as number);
}

/**
 * True classes of a part, in shuffled order.
 * Without imbalance a smaller part is the beginning of a larger one. With it (training only) the counts are exact,
 * and the examples of a smaller part are among those of a larger one, in another order.
 * @returns [count]
 */
export function makeLabels(
  count: number,
  classes: number,
  imbalance: number,
  seed: number,
  part: PartName,
): Int32Array {
  if (part !== "train" || imbalance === 0) return balancedLabels(count, classes, seed, part);
  return imbalancedLabels(classCounts(count, classes, imbalance), count, seed);
}

/** How many classes a wrong label lies beyond the true one, 1 … classes − 1. */
function wrongDistance(index: number, classes: number, seed: number): number {
  return 1 + Math.floor(random(seed, Stream.wrongClass, 0, index) * (classes - 1));
}

/**
 * Replaces exactly round(share · count) labels, in place, by another class, each other class as likely.
 * Each index has a fixed place in the queue and a fixed wrong class, so a larger share only adds mistakes.
 * @param labels [count]
 * @param share 0 … 1
 * @returns 1 where the label was replaced, [count]
 */
export function mislabel(
  labels: Int32Array,
  classes: number,
  share: number,
  seed: number,
): Uint8Array {
  const flags = new Uint8Array(labels.length);
  const wanted = Math.round(share * labels.length);
  if (wanted === 0 || classes < 2) return flags;
  const places = Float64Array.from(labels, (_, index) =>
    random(seed, Stream.mislabelling, 0, index),
  );
  const queue = Array.from(labels.keys());
  queue.sort((a, b) => (places[a] as number) - (places[b] as number));
  for (const index of queue.slice(0, wanted)) {
    labels[index] = ((labels[index] as number) + wrongDistance(index, classes, seed)) % classes;
    flags[index] = 1;
  }
  return flags;
}

/**
 * What labels were before `mislabel`.
 * @param labels after it, [count]
 * @param flags what it returned
 * @param seed the one it was given
 * @returns [count]
 */
export function trueLabels(
  labels: Int32Array,
  flags: Uint8Array,
  classes: number,
  seed: number,
): Int32Array {
  return labels.map((label, index) =>
    flags[index] ? (label + classes - wrongDistance(index, classes, seed)) % classes : label,
  );
}
