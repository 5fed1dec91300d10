// What predictions of classes are worth, in double precision, from probabilities that have been read back anyway.
import type { ClassFigures, ClassificationReport } from "../reportTypes";
import { expectedCalibrationError, reliabilityBins } from "./calibration";

/** A true class said to be impossible counts as this, the smallest float32: the mean loss stays finite. */
const smallestProbability = 2 ** -149;
/** Rounding may carry a float32 probability this far beyond 0 or 1. */
const slack = 1e-3;

/**
 * Softmax of each row in double precision.
 * @param logits row-major [count, classes], finite
 * @param temperature logits are divided by it, above 0
 * @returns probabilities, row-major [count, classes]
 */
export function softmaxRows(
  logits: ArrayLike<number>,
  classes: number,
  temperature = 1,
): Float64Array {
  const result = new Float64Array(logits.length);
  for (let start = 0; start < logits.length; start += classes) {
    let largest = Number.NEGATIVE_INFINITY;
    for (let k = 0; k < classes; k++) largest = Math.max(largest, logits[start + k] as number);
    let sum = 0;
    for (let k = 0; k < classes; k++) {
      const value = Math.exp(((logits[start + k] as number) - largest) / temperature);
      result[start + k] = value;
      sum += value;
    }
    for (let k = 0; k < classes; k++) result[start + k] = (result[start + k] as number) / sum;
  }
  return result;
}

/** 0/0 is 0, as scikit-learn has it: a class never predicted has precision 0. */
const ratio = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);

/**
 * Precision, recall and F1 (their harmonic mean) of every class, each in [0, 1], 0/0 = 0.
 * @param confusion counts, rows true, columns predicted, [classes, classes]
 */
function classFigures(confusion: readonly (readonly number[])[]): ClassFigures[] {
  return confusion.map((row, k) => {
    const hits = row[k] as number;
    const support = row.reduce((sum, count) => sum + count, 0);
    const predicted = confusion.reduce((sum, other) => sum + (other[k] as number), 0);
    return {
      precision: ratio(hits, predicted),
      recall: ratio(hits, support),
      f1: ratio(2 * hits, support + predicted),
      support,
    };
  });
}

/** @throws RangeError naming what does not fit. */
function check(probabilities: ArrayLike<number>, labels: ArrayLike<number>, classes: number) {
  if (!Number.isInteger(classes) || classes < 1) {
    throw new RangeError(`classes is ${classes}: it must be a whole number of at least 1.`);
  }
  const count = labels.length;
  if (count === 0) throw new RangeError("There are no labels: at least one example is needed.");
  if (probabilities.length !== count * classes) {
    throw new RangeError(
      `There are ${probabilities.length} probabilities: ${count} examples with ${classes} classes need ${count * classes}.`,
    );
  }
  for (let i = 0; i < count; i++) {
    const label = labels[i] as number;
    if (!Number.isInteger(label) || label < 0 || label >= classes) {
      throw new RangeError(`Label ${i} is ${label}: it must be one of 0 … ${classes - 1}.`);
    }
  }
  for (let i = 0; i < probabilities.length; i++) {
    const value = probabilities[i] as number;
    if (!(value >= -slack && value <= 1 + slack)) {
      throw new RangeError(`Probability ${i} is ${value}: it must lie in 0 … 1.`);
    }
  }
}

/** Index of the largest of `classes` values from `start`; the first one of several. */
export function largestOf(values: ArrayLike<number>, start: number, classes: number): number {
  let best = 0;
  for (let k = 1; k < classes; k++) {
    if ((values[start + k] as number) > (values[start + best] as number)) best = k;
  }
  return best;
}

/** What is summed up over the examples. */
function tally(probabilities: ArrayLike<number>, labels: ArrayLike<number>, classes: number) {
  const count = labels.length;
  const confusion = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  const confidences = new Float64Array(count);
  const correct = new Uint8Array(count);
  let loss = 0;
  let squares = 0;
  for (let i = 0; i < count; i++) {
    const [start, label] = [i * classes, labels[i] as number];
    const predicted = largestOf(probabilities, start, classes);
    const row = confusion[label] as number[];
    row[predicted] = (row[predicted] as number) + 1;
    confidences[i] = Math.min(1, probabilities[start + predicted] as number);
    correct[i] = predicted === label ? 1 : 0;
    loss -= Math.log(Math.max(smallestProbability, probabilities[start + label] as number));
    for (let k = 0; k < classes; k++) {
      squares += ((probabilities[start + k] as number) - (k === label ? 1 : 0)) ** 2;
    }
  }
  return { confusion, confidences, correct, loss, squares };
}

/**
 * Everything that the page says about predictions of classes. Sums are in double precision.
 * NLL in nats; Brier score mean Σ_k (p_k − [k = label])² (Brier 1950); ECE with 15 bins (Guo et al. 2017).
 * @param probabilities row-major [count, classes], each in [0, 1]
 * @param labels true classes [count], each in 0 … classes − 1
 * @throws RangeError naming the entry that does not fit
 */
export function classificationReport(
  probabilities: ArrayLike<number>,
  labels: ArrayLike<number>,
  classes: number,
): ClassificationReport {
  check(probabilities, labels, classes);
  const count = labels.length;
  const sums = tally(probabilities, labels, classes);
  const perClass = classFigures(sums.confusion);
  const bins = reliabilityBins(sums.confidences, sums.correct);
  const overClasses = (figure: (of: ClassFigures) => number) =>
    perClass.reduce((sum, of) => sum + figure(of), 0);
  const sumOf = (values: Iterable<number>) => {
    let sum = 0;
    for (const value of values) sum += value;
    return sum;
  };
  const brier = sums.squares / count;
  return {
    count,
    accuracy: sumOf(sums.correct) / count,
    nll: sums.loss / count,
    brier,
    brierPerClass: brier / classes,
    ece: expectedCalibrationError(bins),
    bins,
    confusion: sums.confusion,
    perClass,
    macroPrecision: overClasses(({ precision }) => precision) / classes,
    macroRecall: overClasses(({ recall }) => recall) / classes,
    macroF1: overClasses(({ f1 }) => f1) / classes,
    weightedF1: overClasses(({ f1, support }) => f1 * support) / count,
    meanConfidence: sumOf(sums.confidences) / count,
  };
}
