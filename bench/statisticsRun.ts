// Figures of weights made on the device in use against the plain loop, and how many dispatches they take.
import { RandomSequence } from "../src/data/random";
import { Hyperparameters, neutralHyperparameters } from "../src/training/hyperparameters";
import { weightScalars, weightScalarsByOperations } from "../src/training/kernels/weightScalars";
import {
  figureNames,
  fillStatistics,
  type Segment,
  statisticsWidth,
  weightStatistics,
} from "../src/training/kernels/weightStatistics";
import { tf } from "../src/training/tensors";
import { countCalls } from "./pages/dispatches";

export interface StatisticsCase {
  readonly segments: readonly Segment[];
  readonly length: number;
  readonly scale: number;
  /** Entries that are NaN and infinite by turns. */
  readonly notFinite?: readonly number[];
}

export interface StatisticsFigures {
  /** Largest relative difference of a sum or maximum; null where one is NaN in only one of the two. */
  readonly error: number | null;
  /** Whether all counts and bins are equal. */
  readonly sameCounts: boolean;
  /** The same for the figures of all weights together. */
  readonly scalarError: number | null;
  readonly normIsNaN: boolean;
  readonly calls: number;
  readonly scalarCalls: number;
  readonly referenceScalarCalls: number;
}

const counted = new Set(["nearZero", "exactZero", "notFinite", "unitsOff"]);

function relative(found: ArrayLike<number>, expected: ArrayLike<number>): number | null {
  let most = 0;
  for (let i = 0; i < expected.length; i++) {
    const [ours, value] = [found[i] as number, expected[i] as number];
    if (Number.isNaN(ours) !== Number.isNaN(value)) return null;
    if (!Number.isNaN(value))
      most = Math.max(most, Math.abs(ours - value) / (1e-30 + Math.abs(value)));
  }
  return most;
}

function draw({ length, scale, notFinite = [] }: StatisticsCase): Float32Array {
  const sequence = new RandomSequence(4, 3);
  const values = Float32Array.from({ length }, (_, i) => {
    const value = scale * sequence.normal();
    if (i % 7 === 0) return 0;
    return i % 5 === 0 ? value * 1e-4 : value;
  });
  notFinite.forEach((index, i) => {
    values[index] = i % 2 === 0 ? Number.NaN : Number.NEGATIVE_INFINITY;
  });
  return values;
}

/** Makes the figures of a case in both ways. */
export async function compareStatistics(held: StatisticsCase): Promise<StatisticsFigures> {
  const values = draw(held);
  const expected = new Float64Array(held.segments.length * statisticsWidth);
  held.segments.forEach(({ offset, size, units }, index) => {
    fillStatistics(
      values.subarray(offset, offset + size),
      units,
      expected,
      index * statisticsWidth,
    );
  });
  const settings = { ...neutralHyperparameters, l1: 0.3, l2: 0.2, weightDecay: 0.1, l1Proximal: 2 };
  const hyperparameters = new Hyperparameters(settings);
  hyperparameters.prepare(settings, 1);
  const weights = tf.tensor1d(values);
  const kernels = tf.tensor1d(Array.from(values, (_, i) => (i % 4 === 0 ? 0 : 1)));
  const scope = tf.tensor1d(Array.from(values, (_, i) => i % 3));
  const given = [weights, kernels, scope, hyperparameters] as const;
  // The first time brings the inputs to the device.
  tf.dispose(weightScalars(...given));
  const figures = await countCalls(async () => weightStatistics(weights, held.segments));
  const scalars = await countCalls(async () => weightScalars(...given));
  const reference = await countCalls(async () =>
    tf.tidy(() => weightScalarsByOperations(...given)),
  );
  const found = await (figures.result as tf.Tensor).data();
  const isCount = (index: number) => {
    const place = index % statisticsWidth;
    return place >= figureNames.length || counted.has(figureNames[place] as string);
  };
  const sums = (of: ArrayLike<number>) => Array.from(of).filter((_, index) => !isCount(index));
  const [ours, theirs] = [await scalars.result.data(), await reference.result.data()];
  const outcome = {
    error: relative(sums(found), sums(expected)),
    sameCounts: expected.every((value, index) => !isCount(index) || found[index] === value),
    scalarError: relative(ours, theirs),
    normIsNaN: Number.isNaN(ours[0]),
    calls: figures.calls,
    scalarCalls: scalars.calls,
    referenceScalarCalls: reference.calls,
  };
  tf.dispose([weights, kernels, scope, figures.result ?? [], scalars.result, reference.result]);
  hyperparameters.dispose();
  return outcome;
}
