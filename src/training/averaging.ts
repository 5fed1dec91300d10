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
 * How many ends of epochs stochastic weight averaging has already averaged before the one after `epoch` epochs,
 * or null when the mean has not begun by then (Izmailov et al. 2018).
 */
export function averagedBefore({ averaging, optimizer }: Experiment, epoch: number): number | null {
  const first = Math.max(1, Math.ceil(averaging.start * optimizer.epochs));
  return averaging.kind === "swa" && epoch >= first ? epoch - first : null;
}
