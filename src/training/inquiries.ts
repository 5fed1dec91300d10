// Questions to a run that leave it as it is: predictions for given inputs, and full figures of all parts.
import { countMultiplyAdds } from "../experiment/bounds";
import { chunkSize } from "../experiment/memory";
import type { DeviceExamples } from "./deviceExamples";
import { evaluate, evaluatedCount, partMetrics } from "./evaluation";
import { evaluationPass, forward } from "./network";
import type { TrainingRun } from "./run";
import type { FoundPictures, PartMetrics } from "./telemetry";
import { tf, tidy } from "./tensors";
import { findPictures, type Sought } from "./views/found";
import { judgedCount } from "./views/report";
import { inUnits, scaleInputs } from "./views/scale";

export interface FullMetrics {
  readonly train: PartMetrics;
  readonly validation: PartMetrics;
  readonly test: PartMetrics;
  /** Epochs done when the weights were taken. */
  readonly epoch: number;
}

/** Class probabilities, or values in their own unit, for raw inputs [count, inputSize]. @throws RangeError on another length. */
export async function predict(run: TrainingRun, raw: Float32Array): Promise<Float32Array> {
  const { dataset, network } = run;
  if (raw.length === 0 || raw.length % dataset.inputSize !== 0) {
    throw new RangeError(
      `${raw.length} input values: expected a multiple of ${dataset.inputSize}.`,
    );
  }
  const snapshot = run.snapshot();
  const outputs = tidy(() => {
    const inputs = scaleInputs(raw, dataset);
    const values = forward(network, snapshot, inputs, evaluationPass);
    return dataset.type === "classification" ? tf.softmax(values as never) : values;
  });
  const result = (await outputs.data()) as Float32Array;
  tf.dispose([snapshot as never, outputs]);
  return dataset.type === "classification" ? result : inUnits(result, dataset);
}

/**
 * Validation pictures of a true class, and of one answer of the network, with the weights as they are at the call.
 * @throws RangeError where the examples are no pictures, or there is no such class
 */
export async function findJudged(
  run: TrainingRun,
  sought: Sought,
  breathe: () => Promise<void>,
): Promise<FoundPictures> {
  const { dataset, network, experiment } = run;
  if (dataset.inputShape.length !== 3) throw new RangeError("This data set has no pictures.");
  for (const kind of [sought.truth, sought.predicted ?? 0]) {
    if (!Number.isInteger(kind) || kind < 0 || kind >= dataset.outputs) {
      throw new RangeError(`Class ${kind}: expected 0 to ${dataset.outputs - 1}.`);
    }
  }
  const multiplyAdds = countMultiplyAdds(experiment);
  const count = judgedCount(multiplyAdds, dataset.validation.count);
  const snapshot = run.snapshot();
  const extent = { count, chunk: chunkSize(multiplyAdds), breathe };
  const found = await findPictures(network, snapshot, dataset, sought, extent);
  tf.dispose(snapshot as never);
  return found;
}

/** Evaluates all three parts in full, test included, with the weights as they are at the call. */
export async function evaluateFully(
  run: TrainingRun,
  breathe: () => Promise<void>,
): Promise<FullMetrics> {
  const snapshot = run.snapshot();
  // Asked for once: the mode may be switched while the parts are evaluated.
  const { epoch, evaluator } = run;
  const measure = async (examples: DeviceExamples): Promise<PartMetrics> => {
    const sums = await evaluate(evaluator, snapshot, examples, examples.count, breathe);
    const values = (await sums.data()) as unknown as [number, number, number];
    sums.dispose();
    const count = evaluatedCount(evaluator, examples.count, examples.count);
    return partMetrics(evaluator.type, values, count);
  };
  const test = run.openTest();
  const result = {
    train: await measure(run.train),
    validation: await measure(run.validation),
    test: await measure(test),
    epoch,
  };
  test.dispose();
  tf.dispose(snapshot as never);
  return result;
}
