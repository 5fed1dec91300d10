// Statistics of every layer: weights, how far the last step moved them, units that never fire.
import { countMultiplyAdds } from "../../experiment/bounds";
import type { Experiment } from "../../experiment/schema";
import type { DeviceExamples } from "../deviceExamples";
import { statisticsWidth, weightStatistics } from "../kernels/weightStatistics";
import { deadShares, layerStatistics, segmentsOf } from "../metrics";
import type { Network, NetworkValues } from "../network";
import type { LayerStatistics } from "../reportTypes";
import { type Tensor, tf, tidy } from "../tensors";
import { definePanel, type Subject } from "./panel";

/** Examples among which a unit must fire once to count as alive, and what looking at them may cost in multiply-adds. */
const deadSample = 500;
const deadCost = 4e8;
/** Dead units are looked for at most this often, in milliseconds. */
const deadInterval = 1000;

interface Parts {
  readonly experiment: Experiment;
  readonly network: Network;
  readonly validation: DeviceExamples;
}

/** Share of dead units in each hidden layer, looked for among validation examples; the caller disposes it. */
export function findDeadShares(
  { experiment, network, validation }: Parts,
  values: NetworkValues,
): Tensor | null {
  const affordable = Math.max(32, Math.floor(deadCost / countMultiplyAdds(experiment)));
  return tidy(() => {
    const count = Math.min(deadSample, affordable, validation.count);
    return deadShares(network, values, validation.slice(0, count).inputs);
  });
}

/** Statistics of every layer in one read: the backend makes the figures, and only they come back. @param dead shares of dead units; left alone */
export async function measureLayers(
  network: Network,
  { weights, updateRatios }: Pick<Subject, "weights" | "updateRatios">,
  dead: Tensor | null,
): Promise<readonly LayerStatistics[]> {
  const segments = segmentsOf(network);
  const joined = tidy(() => {
    const figures = weightStatistics(weights, segments);
    return tf.concat([figures, updateRatios, dead].filter((part) => part !== null));
  });
  const read = (await joined.data()) as Float32Array;
  joined.dispose();
  const count = segments.length * statisticsWidth;
  const afterRatios = count + (updateRatios ? segments.length : 0);
  return layerStatistics(network, read.subarray(0, count), {
    updateRatios: updateRatios && read.subarray(count, afterRatios),
    deadShares: dead && read.subarray(afterRatios),
  });
}

export const weights = definePanel({
  interval: 125,
  opening: true,
  appliesTo: () => true,
  open(context) {
    let dead: Tensor | null = null;
    let lookedAt = Number.NEGATIVE_INFINITY;
    return {
      measure(subject) {
        if (!subject.training || subject.now - lookedAt >= deadInterval) {
          dead?.dispose();
          dead = findDeadShares(context, subject.values);
          lookedAt = subject.now;
        }
        return measureLayers(context.network, subject, dead);
      },
      dispose: () => dead?.dispose(),
    };
  },
});
