// Steps taken after the optimizer's, on the weights themselves: on each alone, then on whole units.
import type { Algebra } from "../elementwise/algebra";
import type { Hyperparameters } from "../hyperparameters";
import type { Network } from "../network";
import type { Tensor } from "../tensors";
import { type GroupScale, groupSoftThreshold, maxNorm } from "./units";

/** How the soft threshold is scaled. */
export type ProximalForm =
  /** η·λ for every weight. */
  | "plain"
  /** η·λ / (√v̂ + ε): as Adam scales the gradient, so it scales the threshold. */
  | "preconditioned";

export interface ProximalOptions {
  readonly form: ProximalForm;
  readonly groupScale: GroupScale;
}

export interface UnitContext {
  readonly network: Network;
  readonly hyperparameters: Hyperparameters;
  /** Factor of the thresholds for each parameter, flat; null for 1 everywhere. */
  readonly scope: Tensor | null;
}

/**
 * Soft threshold, sign(w)·max(|w| − t, 0) with t = η·λ: what falls below is exactly 0 (Beck & Teboulle 2009).
 * Written as w − min(max(w, −t), t), which gives the same numbers.
 * @param second Adam's second moment for the preconditioned form, t / (√v̂ + ε); null for the plain one.
 * @param factors of the threshold for each weight, or null for 1 everywhere.
 */
export function softStep<V>(
  { add, sub, mul, div, min, max, neg, sqrt, scalar }: Algebra<V>,
  weights: V,
  second: V | null,
  factors: V | null,
): V {
  const plain = scalar("proximalThreshold");
  const scoped = factors === null ? plain : mul(factors, plain);
  const threshold =
    second === null
      ? scoped
      : div(scoped, add(mul(sqrt(second), scalar("secondCorrectionRoot")), scalar("epsilon")));
  return sub(weights, min(max(weights, neg(threshold)), threshold));
}

/** The weights after the steps on whole units whose strength is not 0: block soft threshold, max-norm. */
export function takeUnitSteps(
  weights: Tensor,
  options: ProximalOptions,
  { network, hyperparameters, scope }: UnitContext,
): Tensor {
  const { groupL1, maxNorm: limit } = hyperparameters.values;
  let held = weights;
  if (groupL1 > 0)
    held = groupSoftThreshold(network, held, scope, hyperparameters, options.groupScale);
  if (limit > 0) held = maxNorm(network, held, hyperparameters);
  return held;
}
