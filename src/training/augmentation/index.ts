// Augmentation of a batch: what the network sees instead of the examples as they are. Evaluation never comes through here.
import type { Dataset } from "../../data/types";
import type { Experiment } from "../../experiment/schema";
import type { Batch } from "../step";
import { type Tensor, tf, tidy } from "../tensors";
import { drawMixing, drawPictureChanges, type Mixing } from "./draws";
import { changePictures, changesPictures } from "./pictures";

/** Mixup of inputs or targets: share · own + (1 − share) · partner's. */
function mix(values: Tensor, { share, partners }: Mixing): Tensor {
  const others = tf.gather(values, tf.tensor1d(partners, "int32"));
  const own = tf.scalar(share);
  return tf.add(tf.mul(own, values), tf.mul(tf.sub(1, own), others));
}

/** How the batch of a step is mixed, or null without mixup. */
export function mixingAt(experiment: Experiment, step: number, count: number): Mixing | null {
  const { mixup } = experiment.augmentation;
  return mixup > 0 ? drawMixing(mixup, experiment.seed, step, count) : null;
}

/**
 * The batch as the network sees it at a step (counted from 1). Takes the batch over: its tensors are freed where they are replaced.
 * Pictures are moved and mirrored, then jittered, then erased; mixup comes last.
 */
export function augment(
  batch: Batch,
  experiment: Experiment,
  dataset: Pick<Dataset, "inputShape" | "scaling" | "type">,
  step: number,
): Batch {
  const { augmentation, seed } = experiment;
  const count = batch.inputs.shape[0] as number;
  const pictures = dataset.inputShape.length === 3 && changesPictures(augmentation);
  const mixing = dataset.type === "classification" ? mixingAt(experiment, step, count) : null;
  if (!pictures && !mixing) return batch;
  const changed = tidy(() => {
    let { inputs, targets } = batch;
    if (pictures) {
      const [height, width] = dataset.inputShape as [number, number, number];
      const changes = drawPictureChanges(augmentation, seed, step, count, height, width);
      inputs = changePictures(inputs, changes, augmentation, dataset.inputShape, dataset.scaling);
    }
    if (mixing) [inputs, targets] = [mix(inputs, mixing), mix(targets, mixing)];
    return { inputs, targets };
  });
  if (changed.inputs !== batch.inputs) batch.inputs.dispose();
  if (changed.targets !== batch.targets) batch.targets.dispose();
  return changed;
}
