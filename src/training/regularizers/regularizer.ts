// What a regularizer on weights is, by its kind. Each file beside this one is one regularizer; index.ts names them all.
import type { Algebra } from "../elementwise/algebra";
import type { Hyperparameters } from "../hyperparameters";
import type { Network } from "../network";
import type { Tensor } from "../tensors";
import type { RegularizerOptions } from "./options";

/** Everything that a regularizer may read. Vectors are flat, [parameterCount]. */
export interface RegularizerInputs {
  readonly network: Network;
  readonly weights: Tensor;
  /** The penalty mask: factor of the strength for each parameter, 0 where it leaves it alone; null for 1 everywhere. */
  readonly factors: Tensor | null;
  readonly hyperparameters: Hyperparameters;
  readonly options: RegularizerOptions;
}

/** Sums over all parameters that the curves measure in any case. */
export type WeightSum =
  /** Σ f·|w| */
  | "absolutes"
  /** ½·Σ f·w² */
  | "halfSquares";

/**
 * Ω(w), the penalty at strength 1, f the factors: what λ multiplies in the loss (Goodfellow et al. 2016, §7.1). One of the sums
 * that are measured in any case, or a function to a scalar.
 */
export type Omega = WeightSum | ((inputs: RegularizerInputs) => Tensor);

/** A term λ·Ω(w) in the loss. Its gradient is in closed form: autodiff would take sign(0) for −1. */
export interface Penalty {
  readonly kind: "penalty";
  readonly omega: Omega;
  /** ∇Ω(w), flat; a subgradient where there is a kink. */
  gradient(inputs: RegularizerInputs): Tensor;
}

/** Shrinks weights beside the scaled gradient: a link of the optimizer's chain. */
export interface DecoupledDecay {
  readonly kind: "decoupled decay";
  /** What it would be as a penalty, for the curve. */
  readonly omega: Omega;
}

/** What an element-wise step may read besides the weights, as values of the algebra it works in. */
export interface ElementwiseContext<V> {
  readonly factors: V | null;
  /** The optimizer's second moment of this step, where it keeps one. */
  readonly secondMoment: V | null;
  readonly options: RegularizerOptions;
}

/** A proximal operator on each weight alone; it runs in the optimizer's pass over the weights. */
export interface ElementwiseProximalStep {
  readonly kind: "proximal step";
  readonly omega: Omega;
  elementwise<V>(algebra: Algebra<V>, weights: V, context: ElementwiseContext<V>): V;
}

/** A proximal operator on whole units, after the optimizer's step. */
export interface UnitProximalStep {
  readonly kind: "proximal step";
  readonly omega: Omega;
  /** The weights after the step, flat. */
  apply(inputs: RegularizerInputs): Tensor;
}

export type ProximalStep = ElementwiseProximalStep | UnitProximalStep;

/** A projection onto the allowed weights, after every other step. */
export interface Constraint {
  readonly kind: "constraint";
  /** The weights after the projection, flat. */
  apply(inputs: RegularizerInputs): Tensor;
}

export type Regularizer = Penalty | DecoupledDecay | ProximalStep | Constraint;
