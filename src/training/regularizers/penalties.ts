// Penalties in the loss, each with its value and its (sub)gradient in closed form: autodiff would take sign(0) for −1.
import type { HyperparameterName, Hyperparameters } from "../hyperparameters";
import { type Tensor, tf } from "../tensors";

export interface Penalty {
  readonly strength: Extract<HyperparameterName, "l1" | "l2">;
  /** Term in the loss; a scalar. `weights` are flat and already masked to those it acts on. */
  value(weights: Tensor, hyperparameters: Hyperparameters): Tensor;
  /** Gradient of the term, flat; a subgradient where there is a kink. */
  gradient(weights: Tensor, hyperparameters: Hyperparameters): Tensor;
}

/** λ·Σ|w| with subgradient λ·sign(w), sign(0) = 0 (Tibshirani 1996). Not divided by anything. */
export const l1Penalty: Penalty = {
  strength: "l1",
  value: (weights, h) => tf.mul(h.tensor("l1"), tf.sum(tf.abs(weights))),
  gradient: (weights, h) => tf.mul(h.tensor("l1"), tf.sign(weights)),
};

/** λ/2·Σw² with gradient λ·w. */
export const l2Penalty: Penalty = {
  strength: "l2",
  value: (weights, h) => tf.mul(h.tensor("l2"), tf.mul(0.5, tf.sum(tf.square(weights)))),
  gradient: (weights, h) => tf.mul(h.tensor("l2"), weights),
};
