// The loss that an experiment asks for, with class weights from its own training part.
import type { Dataset } from "../data/types";
import type { Experiment } from "../experiment/schema";
import { crossEntropy, type Loss, meanSquaredError } from "./losses";
import { type Tensor, tf } from "./tensors";

/**
 * Weights that make every class count the same: n / (K · n_k), 1 on average over the examples.
 * A class without examples gets 0.
 */
export function balancedWeights(labels: Int32Array, classes: number): Float32Array {
  const counts = new Float32Array(classes);
  for (const label of labels) counts[label] = (counts[label] as number) + 1;
  return counts.map((count) => (count > 0 ? labels.length / (classes * count) : 0));
}

/** The loss, and the tensor that it holds on to (null where there is none); the caller disposes it. */
export function objectiveOf(
  { loss }: Experiment,
  dataset: Dataset,
): { loss: Loss; held: Tensor | null } {
  if (dataset.type === "regression") return { loss: meanSquaredError, held: null };
  if (loss.classWeights === "none") return { loss: crossEntropy(), held: null };
  const weights = balancedWeights(dataset.train.labels, dataset.outputs);
  const held = tf.tensor1d(weights);
  const reduction = loss.classWeights === "balancedMean" ? "mean" : "weighted mean";
  return { loss: crossEntropy({ classWeights: held, reduction }), held };
}
