// Reads weights and the state of every layer back from the device, where no panel asks for them.

import { steadyCopy } from "./replay/inPlace";
import type { LayerStatistics } from "./reportTypes";
import type { TrainingRun } from "./run";
import { tf } from "./tensors";
import { findDeadShares, measureLayers } from "./views/layers";

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

/** Statistics of every layer as the run stands. */
export async function readLayers(run: TrainingRun): Promise<readonly LayerStatistics[]> {
  const snapshot = run.snapshot();
  const dead = findDeadShares(run, snapshot);
  const { weights, last } = run;
  const layers = await measureLayers(
    run.network,
    { weights, updateRatios: last.updateRatios },
    dead,
  );
  tf.dispose([snapshot as never, dead ?? []]);
  return layers;
}
