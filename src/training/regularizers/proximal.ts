// Steps taken after the optimizer's, on the weights themselves.
import type { Hyperparameters } from "../hyperparameters";
import { type Tensor, tf } from "../tensors";

/** A step on the flat weights after the update. `mask` is 1 where it acts, null for everywhere. */
export type ProximalStep = (
  weights: Tensor,
  hyperparameters: Hyperparameters,
  mask: Tensor | null,
) => Tensor;

/**
 * Soft threshold, the proximal operator of η·λ·|w|: sign(w)·max(|w| − η·λ, 0)
 * (Beck & Teboulle 2009). What falls below the threshold is exactly 0.
 */
export const softThreshold: ProximalStep = (weights, hyperparameters, mask) => {
  const plain = hyperparameters.tensor("proximalThreshold");
  const threshold = mask ? tf.mul(mask, plain) : plain;
  return tf.mul(tf.sign(weights), tf.relu(tf.sub(tf.abs(weights), threshold)));
};
