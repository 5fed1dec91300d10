// What training minimizes, before penalties: a loss for each example, and how a batch makes one number of them.
import type { Hyperparameters } from "./hyperparameters";
import { softmaxCrossEntropy } from "./kernels/softmaxCrossEntropy";
import { type Tensor, tf } from "./tensors";

/** How the losses of a batch become one number. */
export type Reduction =
  /** Σ w·loss / batch: without weights the plain mean; with class weights Keras' convention. */
  | "mean"
  /** Σ w·loss / Σ w: PyTorch's convention for class weights. */
  | "weighted mean";

export interface Loss {
  readonly reduction: Reduction;
  /** Loss of each example [batch] from outputs and targets [batch, outputs]. */
  perExample(outputs: Tensor, targets: Tensor, hyperparameters: Hyperparameters): Tensor;
  /** Weight of each example [batch], or null for 1 everywhere. */
  weights(targets: Tensor): Tensor | null;
}

/** Σ of weighted losses, and what it is to be divided by; two scalars. */
export function lossSums(
  loss: Loss,
  outputs: Tensor,
  targets: Tensor,
  hyperparameters: Hyperparameters,
): { sum: Tensor; divisor: Tensor } {
  const losses = loss.perExample(outputs, targets, hyperparameters);
  const weights = loss.weights(targets);
  const count = tf.scalar(outputs.shape[0] as number);
  if (!weights) return { sum: tf.sum(losses), divisor: count };
  return {
    sum: tf.sum(tf.mul(weights, losses)),
    divisor: loss.reduction === "mean" ? count : tf.sum(weights),
  };
}

/** Loss of a batch, a scalar. */
export function batchLoss(
  loss: Loss,
  outputs: Tensor,
  targets: Tensor,
  hyperparameters: Hyperparameters,
): Tensor {
  const { sum, divisor } = lossSums(loss, outputs, targets, hyperparameters);
  return tf.div(sum, divisor);
}

export interface CrossEntropyOptions {
  /** Weight of each class [classes], or null. Owned by the caller. */
  readonly classWeights?: Tensor | null;
  readonly reduction?: Reduction;
}

/**
 * Cross entropy over classes, with what the hyper-parameters ask for:
 * label smoothing s, targets (1−s)·t + s/K (Szegedy et al. 2016; PyTorch's form), and
 * generalized cross entropy (1 − p^q)/q for q > 0, which mistrusts labels the network finds unlikely (Zhang & Sabuncu 2018).
 */
export function crossEntropy({
  classWeights = null,
  reduction = "mean",
}: CrossEntropyOptions = {}): Loss {
  return {
    reduction,
    perExample(outputs, targets, h) {
      const { labelSmoothing, robustness } = h.values;
      const smoothed = labelSmoothing > 0 ? smooth(targets, h.tensor("labelSmoothing")) : targets;
      const losses = softmaxCrossEntropy(outputs, smoothed);
      if (robustness === 0) return losses;
      const q = h.tensor("robustness");
      return tf.div(tf.sub(1, tf.exp(tf.neg(tf.mul(q, losses)))), q);
    },
    weights: (targets) => (classWeights ? tf.sum(tf.mul(targets, classWeights), 1) : null),
  };
}

/** (1 − s)·t + s/K over all K classes, the true one included. */
function smooth(targets: Tensor, share: Tensor): Tensor {
  const classes = targets.shape[1] as number;
  return tf.add(tf.mul(tf.sub(1, share), targets), tf.div(share, classes));
}

/** Squared error, averaged over the outputs of each example; the batch's mean is over all elements. */
export const meanSquaredError: Loss = {
  reduction: "mean",
  perExample: (outputs, targets) => tf.mean(tf.square(tf.sub(outputs, targets)), 1),
  weights: () => null,
};
