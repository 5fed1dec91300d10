// Penalties in the loss, each with its value and its (sub)gradient in closed form: autodiff would take sign(0) for −1.
import type { HyperparameterName, Hyperparameters } from "../hyperparameters";
import { type Tensor, tf } from "../tensors";

export interface Penalty {
  readonly strength: Extract<HyperparameterName, "l1" | "l2">;
  /** Term in the loss; a scalar. `weights` and `factors` of the strength are flat; null for 1 everywhere. */
  value(weights: Tensor, factors: Tensor | null, hyperparameters: Hyperparameters): Tensor;
  /** Gradient of the term, flat; a subgradient where there is a kink. */
  gradient(weights: Tensor, factors: Tensor | null, hyperparameters: Hyperparameters): Tensor;
}

const times = (values: Tensor, factors: Tensor | null) =>
  factors ? tf.mul(values, factors) : values;

/** λ·Σ f·|w| with subgradient λ·f·sign(w), sign(0) = 0 (Tibshirani 1996). Not divided by anything. */
export const l1Penalty: Penalty = {
  strength: "l1",
  value: (weights, factors, h) => tf.mul(h.tensor("l1"), tf.sum(times(tf.abs(weights), factors))),
  gradient: (weights, factors, h) => tf.mul(h.tensor("l1"), times(tf.sign(weights), factors)),
};

/** λ/2·Σ f·w² with gradient λ·f·w. */
export const l2Penalty: Penalty = {
  strength: "l2",
  value: (weights, factors, h) =>
    tf.mul(h.tensor("l2"), tf.mul(0.5, tf.sum(times(tf.square(weights), factors)))),
  gradient: (weights, factors, h) => tf.mul(h.tensor("l2"), times(weights, factors)),
};
