// Reads the state of every layer back from the device: weights, how far the last step moved them, units that never fire.
import { countMultiplyAdds } from "../experiment/bounds";
import { statisticsWidth, weightStatistics } from "./kernels/weightStatistics";
import { deadShares, layerStatistics, segmentsOf } from "./metrics";
import { steadyCopy } from "./replay/inPlace";
import type { TrainingRun } from "./run";
import type { LayerStatistics } from "./telemetry";
import { type Tensor, tf, tidy } from "./tensors";

/** Examples among which a unit must fire once to count as alive, and what looking at them may cost in multiply-adds. */
const deadSample = 500;
const deadCost = 4e8;

/** Flat weights as they stand, [parameterCount]; training may replace them while a graphics backend still reads. */
export async function readWeights(run: TrainingRun): Promise<Float32Array> {
  const held = steadyCopy(run.weights);
  const values = (await held.data()) as Float32Array;
  held.dispose();
  return values;
}

/** The name of the first layer whose weights are not finite now, or null. */
export async function findNonFinite(run: TrainingRun): Promise<string | null> {
  const weights = await readWeights(run);
  const at = weights.findIndex((value) => !Number.isFinite(value));
  return run.network.slots.findLast((slot) => at >= slot.offset)?.layer ?? null;
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

/**
 * Statistics of every layer as the run stands, in one read: the backend makes the figures, and only they come back.
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
    return tf.concat([figures, ratios, found].filter((part) => part !== null));
  });
  if (known === undefined) found?.dispose();
  const values = (await joined.data()) as Float32Array;
  joined.dispose();
  const count = segments.length * statisticsWidth;
  const afterRatios = count + (ratios ? segments.length : 0);
  return layerStatistics(run.network, values.subarray(0, count), {
    updateRatios: ratios && values.subarray(count, afterRatios),
    deadShares: found && values.subarray(afterRatios),
  });
}
