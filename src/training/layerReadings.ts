// Reads the state of every layer back from the device: weights, how far the last step moved them, units that never fire.
import { countMultiplyAdds } from "../experiment/bounds";
import {
  fillStatistics,
  type Segment,
  statisticsWidth,
  weightStatistics,
} from "./kernels/weightStatistics";
import { deadShares, layerStatistics, segmentsOf } from "./metrics";
import { steadyCopy } from "./replay/inPlace";
import type { TrainingRun } from "./run";
import type { LayerStatistics } from "./telemetry";
import { type Tensor, tf, tidy } from "./tensors";

/** Examples among which a unit must fire once to count as alive, and what looking at them may cost in multiply-adds. */
const deadSample = 500;
const deadCost = 4e8;

/** Values of a tensor that training may replace while a graphics backend still reads it. */
async function readHeld(tensor: Tensor): Promise<Float32Array> {
  const held = steadyCopy(tensor);
  const values = (await held.data()) as Float32Array;
  held.dispose();
  return values;
}

/** Flat weights as they stand, [parameterCount]. */
export function readWeights(run: TrainingRun): Promise<Float32Array> {
  return readHeld(run.weights);
}

/** Share of dead units in each hidden layer, looked for among validation examples; the caller disposes it. */
export function findDeadShares(run: TrainingRun): Tensor | null {
  const affordable = Math.max(32, Math.floor(deadCost / countMultiplyAdds(run.experiment)));
  const snapshot = run.snapshot();
  const shares = tidy(() => {
    const count = Math.min(deadSample, affordable, run.validation.count);
    const { inputs } = run.validation.slice(0, count);
    return deadShares(run.network, snapshot, inputs);
  });
  tf.dispose(snapshot as never);
  return shares;
}

/** Figures of the kernels from weights that are read back, where the backend has no program that makes them. */
async function figuresHere(run: TrainingRun, segments: readonly Segment[]): Promise<Float32Array> {
  const weights = await readWeights(run);
  const figures = new Float32Array(segments.length * statisticsWidth);
  segments.forEach(({ offset, size, units }, index) => {
    const values = weights.subarray(offset, offset + size);
    fillStatistics(values, units, figures, index * statisticsWidth);
  });
  return figures;
}

/**
 * Statistics of every layer as the run stands, in one read where the backend makes the figures itself.
 * @param known share of dead units, where it was looked for just now; not disposed here.
 */
export async function readLayers(
  run: TrainingRun,
  known?: Tensor | null,
): Promise<readonly LayerStatistics[]> {
  const segments = segmentsOf(run.network);
  const found = known === undefined ? findDeadShares(run) : known;
  const ratios = run.last.updateRatios;
  const joined = tidy(() => {
    const figures = weightStatistics(run.weights, segments);
    const parts = [figures, ratios, found].filter((part) => part !== null);
    return { atOnce: figures !== null, values: parts.length > 0 ? tf.concat(parts) : null };
  });
  if (known === undefined) found?.dispose();
  const values = ((await joined.values?.data()) ?? new Float32Array()) as Float32Array;
  joined.values?.dispose();
  const count = joined.atOnce ? segments.length * statisticsWidth : 0;
  const figures = joined.atOnce ? values.subarray(0, count) : await figuresHere(run, segments);
  const afterRatios = count + (ratios ? segments.length : 0);
  return layerStatistics(run.network, figures, {
    updateRatios: ratios && values.subarray(count, afterRatios),
    deadShares: found && values.subarray(afterRatios),
  });
}
