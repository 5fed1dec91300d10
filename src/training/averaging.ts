// Averages of the weights along the way, kept beside the live ones.
import type { Experiment } from "../experiment/schema";
import type { Hyperparameters } from "./hyperparameters";
import { type Tensor1D, tf } from "./tensors";

/** e ← d·e + (1 − d)·w, from the initial weights on, without bias correction. */
export function movingAverage(
  average: Tensor1D,
  weights: Tensor1D,
  hyperparameters: Hyperparameters,
): Tensor1D {
  return tf.add(
    tf.mul(hyperparameters.tensor("averageDecay"), average),
    tf.mul(hyperparameters.tensor("oneMinusAverageDecay"), weights),
  );
}

/** The mean of count + 1 vectors, from the mean of `count` and one more. */
export function nextMean(mean: Tensor1D, weights: Tensor1D, count: number): Tensor1D {
  return tf.add(mean, tf.div(tf.sub(weights, mean), count + 1));
}

/**
 * The end of the epoch with which the mean of stochastic weight averaging begins that the end of epoch `epoch` goes into,
 * or null when there is none yet (Izmailov et al. 2018). Where more epochs move the start behind that of a mean under way,
 * a new one begins.
 * @param before with which epoch the mean under way began, or null
 */
export function averagedFrom(
  { averaging, optimizer }: Experiment,
  epoch: number,
  before: number | null,
): number | null {
  const first = Math.max(1, Math.ceil(averaging.start * optimizer.epochs));
  if (averaging.kind !== "swa" || epoch < first) return null;
  return before !== null && before >= first ? before : epoch;
}
