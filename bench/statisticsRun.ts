// Figures of weights made on the device in use against the plain loop, and how many dispatches they take.
import { makeDataset } from "../src/data";
import { RandomSequence } from "../src/data/random";
import { defaultExperiment, withValue } from "../src/experiment/schema";
import { weightScalars, weightScalarsByOperations } from "../src/training/kernels/weightScalars";
import {
  figureNames,
  fillStatistics,
  type Segment,
  statisticsWidth,
  weightStatistics,
} from "../src/training/kernels/weightStatistics";
import { readLayers, readWeights } from "../src/training/layerReadings";
import { segmentsOf } from "../src/training/metrics";
import { TrainingRun } from "../src/training/run";
import { tf } from "../src/training/tensors";
import { countCalls } from "./pages/dispatches";
import { countReadBytes } from "./pages/reads";

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
  const weights = tf.tensor1d(values);
  const kernels = tf.tensor1d(Array.from(values, (_, i) => (i % 4 === 0 ? 0 : 1)));
  const scope = tf.tensor1d(Array.from(values, (_, i) => i % 3));
  const given = [weights, kernels, scope] as const;
  // The first time brings the inputs to the device.
  tf.dispose(weightScalars(...given));
  const figures = await countCalls(async () => weightStatistics(weights, held.segments));
  const scalars = await countCalls(async () => weightScalars(...given));
  const reference = await countCalls(async () =>
    tf.tidy(() => weightScalarsByOperations(...given)),
  );
  const found = await figures.result.data();
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
  tf.dispose([weights, kernels, scope, figures.result, scalars.result, reference.result]);
  return outcome;
}

export interface LayerReadFigures {
  /** Bytes that come back for the figures of all layers, and for the weights themselves. */
  readonly bytes: number;
  readonly weightBytes: number;
  /** Of the middle kernel: as read, and as the plain loop finds them in the weights. */
  readonly norms: readonly [number, number];
  readonly counts: readonly [readonly number[], readonly number[]];
}

/** Trains a network of three kernels for a step and reads its layers as the page does. */
export async function measureLayerReads(): Promise<LayerReadFigures> {
  const experiment = withValue(defaultExperiment, "model.hiddenWidths", [200, 150]);
  const dataset = await makeDataset(experiment.data, experiment.seed, null);
  const run = new TrainingRun(experiment, dataset, Number.POSITIVE_INFINITY);
  run.advance(true);
  const { result: layers, bytes } = await countReadBytes(() => readLayers(run));
  const { result: weights, bytes: weightBytes } = await countReadBytes(() => readWeights(run));
  const [, segment] = segmentsOf(run.network);
  const [, layer] = layers;
  if (!segment || !layer) throw new Error("The network has no second kernel.");
  const { offset, size, units } = segment;
  const expected = new Float32Array(statisticsWidth);
  fillStatistics(weights.subarray(offset, offset + size), units, expected);
  const squares = expected[figureNames.indexOf("squares")] as number;
  run.dispose();
  return {
    bytes,
    weightBytes,
    norms: [layer.norm2, Math.sqrt(squares)],
    counts: [[...layer.histogram], [...expected.subarray(figureNames.length)]],
  };
}
