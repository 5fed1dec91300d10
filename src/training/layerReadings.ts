// Reads the state of every layer back from the device: weights, how far the last step moved them, units that never fire.
import { countMultiplyAdds } from "../experiment/bounds";
import { deadShares, layerStatistics } from "./metrics";
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

/** Share of dead units in each hidden layer, looked for among validation examples. */
export async function readDeadShares(run: TrainingRun): Promise<Float32Array | null> {
  const affordable = Math.max(32, Math.floor(deadCost / countMultiplyAdds(run.experiment)));
  const snapshot = run.snapshot();
  const shares = tidy(() => {
    const count = Math.min(deadSample, affordable, run.validation.count);
    const { inputs } = run.validation.slice(0, count);
    return deadShares(run.network, snapshot, inputs);
  });
  const values = shares && ((await shares.data()) as Float32Array);
  tf.dispose([snapshot as never, shares ?? []]);
  return values;
}

/** Statistics of every layer as the run stands. @param known share of dead units, where it was looked for just now */
export async function readLayers(
  run: TrainingRun,
  known?: Float32Array | null,
): Promise<readonly LayerStatistics[]> {
  const held = run.last.updateRatios;
  const updateRatios = held && (await readHeld(held));
  const dead = known === undefined ? await readDeadShares(run) : known;
  return layerStatistics(run.network, await readWeights(run), { updateRatios, deadShares: dead });
}
