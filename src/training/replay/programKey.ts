// What decides which operations a step has: a change of it needs a new recording, a change of anything else only new numbers.
import { type Experiment, type FieldPath, fieldEntries, getValue } from "../../experiment/schema";
import type { HyperparameterValues } from "../hyperparameters";

/**
 * Live settings whose values reach a step as numbers in buffers, or do not reach it at all. A live setting that is missing
 * here is safe: each change of it is recorded anew.
 */
const throughBuffers: ReadonlySet<FieldPath> = new Set<FieldPath>([
  "optimizer.learningRate",
  "optimizer.momentum",
  "optimizer.beta1",
  "optimizer.beta2",
  "optimizer.squareDecay",
  "optimizer.epsilon",
  "optimizer.clipNorm",
  "optimizer.epochs",
  "optimizer.schedule",
  "optimizer.warmUpEpochs",
  "optimizer.rateFloor",
  "regularization.weightDecay",
  "regularization.l1",
  "regularization.l2",
  "regularization.l1Proximal",
  "regularization.groupL1",
  "regularization.maxNorm",
  "regularization.schedule",
  "regularization.scope",
  "regularization.layerMultipliers",
  "regularization.dropoutInput",
  "regularization.dropoutHidden",
  "regularization.dropoutSpatial",
  "regularization.dropoutHead",
  "regularization.dropConnect",
  "regularization.inputNoise",
  "regularization.weightNoise",
  "augmentation.crop",
  "augmentation.flip",
  "augmentation.brightness",
  "augmentation.contrast",
  "augmentation.saturation",
  "augmentation.erasing",
  "augmentation.mixup",
  "loss.labelSmoothing",
  "loss.robustness",
  "averaging.decay",
  "model.evaluationMode",
  "stopping.patience",
  "stopping.metric",
]);

const verbatim = fieldEntries.filter(
  ({ path, field }) => field.effect === "live" && !throughBuffers.has(path),
);
const texts = new WeakMap<Experiment, string>();

/** Settings of the experiment that are not numbers in buffers, as text. */
function settingsText(experiment: Experiment): string {
  const known = texts.get(experiment);
  if (known !== undefined) return known;
  const text = verbatim.map(({ path }) => `${path}=${getValue(experiment, path)}`).join();
  texts.set(experiment, text);
  return text;
}

/**
 * A text that is the same for two steps of one run that consist of the same operations: operations are left out where a
 * strength is 0. @param scoped true when strengths have a factor for each parameter.
 */
export function programKey(
  experiment: Experiment,
  values: HyperparameterValues,
  scoped: boolean,
): string {
  let signs = "";
  for (const name in values) {
    // No operation is left out for a rate of 0, which schedules reach at their last step.
    if (name === "learningRate") continue;
    signs += Math.sign(values[name as keyof HyperparameterValues]);
  }
  return `${settingsText(experiment)} ${signs} ${scoped}`;
}
