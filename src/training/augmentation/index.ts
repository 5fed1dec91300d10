// Augmentation of a batch: what the network sees instead of the examples as they are. Evaluation never comes through here.
import type { Dataset } from "../../data/types";
import type { Experiment } from "../../experiment/schema";
import type { Batch } from "../step";
import { type StepTensors, type StepValues, tensorsOf } from "../stepValues";
import { type Tensor, tf, tidy } from "../tensors";
import { drawMixing, drawPictureChanges, type Mixing } from "./draws";
import { changePictures, changesPictures } from "./pictures";
import { mixingTables, pictureTables } from "./tables";

/** Mixup of inputs or targets: share · own + (1 − share) · partner's. */
function mix(values: Tensor, share: Tensor, partners: Tensor): Tensor {
  const others = tf.gather(values, partners as never);
  return tf.add(tf.mul(share, values), tf.mul(tf.sub(1, share), others));
}

/** Mixup of a batch (Zhang et al. 2018). @param share of an example itself, a scalar; @param partners number of the example mixed in, [batch] */
export const mixup = ({ inputs, targets }: Batch, share: Tensor, partners: Tensor): Batch => ({
  inputs: mix(inputs, share, partners),
  targets: mix(targets, share, partners),
});

/** How the batch of a step is mixed, or null without mixup. */
export function mixingAt(experiment: Experiment, step: number, count: number): Mixing | null {
  const { mixup } = experiment.augmentation;
  return mixup > 0 ? drawMixing(mixup, experiment.seed, step, count) : null;
}

type DatasetFacts = Pick<Dataset, "inputShape" | "scaling" | "type">;

/** What augmentation draws for a step (counted from 1) of `count` examples; empty where it does nothing. */
export function augmentationTables(
  experiment: Experiment,
  { inputShape, type }: DatasetFacts,
  step: number,
  count: number,
): StepValues {
  const { augmentation, seed } = experiment;
  const pictures = inputShape.length === 3 && changesPictures(augmentation);
  const mixing = type === "classification" ? mixingAt(experiment, step, count) : null;
  const [height, width] = inputShape as [number, number, number];
  return {
    ...(pictures &&
      pictureTables(
        drawPictureChanges(augmentation, seed, step, count, height, width),
        augmentation,
        width,
      )),
    ...(mixing && mixingTables(mixing)),
  };
}

/**
 * The batch as its tables change it; makes tensors that the caller's tidy frees.
 * Pictures are moved and mirrored, then jittered, then erased; mixup comes last.
 */
export function changeBatch(batch: Batch, tables: StepTensors, dataset: DatasetFacts): Batch {
  const { targets } = batch;
  let { inputs } = batch;
  const { share, partners, ...pictures } = tables;
  if (Object.keys(pictures).length > 0) {
    inputs = changePictures(inputs, pictures, dataset.inputShape, dataset.scaling);
  }
  if (share && partners) {
    return mixup({ inputs, targets }, share, partners);
  }
  return { inputs, targets };
}

/** The batch as the network sees it at a step (counted from 1). Takes the batch over: its tensors are freed where they are replaced. */
export function augment(
  batch: Batch,
  experiment: Experiment,
  dataset: DatasetFacts,
  step: number,
): Batch {
  const count = batch.inputs.shape[0] as number;
  const tables = augmentationTables(experiment, dataset, step, count);
  if (Object.keys(tables).length === 0) return batch;
  const changed = tidy(() => changeBatch(batch, tensorsOf(tables), dataset));
  if (changed.inputs !== batch.inputs) batch.inputs.dispose();
  if (changed.targets !== batch.targets) batch.targets.dispose();
  return changed;
}
