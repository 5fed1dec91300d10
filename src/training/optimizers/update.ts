// The optimizer's step on all weights, element-wise proximal steps included: one element-wise rule, so that a backend may run it in one pass.
import { tensorAlgebra } from "../elementwise/algebra";
import type { Rule } from "../elementwise/program";
import type { Hyperparameters } from "../hyperparameters";
import { runElementwise } from "../kernels/elementwise";
import {
  elementwiseStepNames,
  type RegularizerOptions,
  takeElementwiseSteps,
} from "../regularizers";
import type { Tensor } from "../tensors";
import { applyChain, momentNames, type OptimizerKind, optimizerChain } from "./index";
import type { Moments } from "./transform";

export interface UpdateOptions {
  readonly optimizer: OptimizerKind;
  readonly options: RegularizerOptions;
}

/** Flat vectors, [parameterCount]. */
export interface UpdateInputs {
  readonly weights: Tensor;
  /** After clipping. */
  readonly gradient: Tensor;
  readonly moments: Moments;
  /** Factors of weight decay, or null for 1 everywhere. */
  readonly decayFactors: Tensor | null;
  /** Factors of the proximal steps, or null for 1 everywhere. */
  readonly factors: Tensor | null;
}

/** The rule for the strengths that are not 0, and a key that tells it from others. */
export function updateRule(
  { optimizer, options }: UpdateOptions,
  hyperparameters: Hyperparameters,
): { key: string; rule: Rule; decays: boolean; thresholds: boolean } {
  const { values } = hyperparameters;
  const chain = optimizerChain(optimizer, values);
  const names = momentNames(optimizer);
  const decays = values.coupledDecay > 0 || values.weightDecay > 0;
  const steps = elementwiseStepNames(values);
  const rule: Rule = (algebra, vectors) => {
    const of = (name: string) => vectors[name] as NonNullable<(typeof vectors)[string]>;
    const context = { weights: of("weights"), decayFactors: vectors.decayFactors ?? null };
    const moments = Object.fromEntries(names.map((name) => [name, of(name)]));
    const next = applyChain(algebra, chain, of("gradient"), moments, context);
    const stepped = algebra.sub(of("weights"), next.update);
    const weights = takeElementwiseSteps(algebra, stepped, steps, {
      factors: vectors.factors ?? null,
      secondMoment: next.moments.secondMoment ?? null,
      options,
    });
    return { weights, ...next.moments };
  };
  const strengths = [values.coupledDecay > 0, values.weightDecay > 0, ...steps];
  const forms = steps.length > 0 ? JSON.stringify(options) : "";
  const key = `${optimizer} ${strengths.join()} ${forms}`;
  return { key, rule, decays, thresholds: steps.length > 0 };
}

/** Weights and moments after the step. Steps on whole units come later. */
export function takeOptimizerStep(
  options: UpdateOptions,
  { weights, gradient, moments, decayFactors, factors }: UpdateInputs,
  hyperparameters: Hyperparameters,
): { weights: Tensor; moments: Moments } {
  const { key, rule, decays, thresholds } = updateRule(options, hyperparameters);
  const vectors = {
    weights,
    gradient,
    ...moments,
    ...(decays && decayFactors && { decayFactors }),
    ...(thresholds && factors && { factors }),
  };
  const { weights: next, ...rest } = runElementwise(key, rule, vectors, hyperparameters);
  return { weights: next as Tensor, moments: rest };
}

/** The same by the backend's own operations, one by one: the oracle of the printed loops. */
export function referenceStep(
  options: UpdateOptions,
  { decayFactors, factors, moments, ...inputs }: UpdateInputs,
  hyperparameters: Hyperparameters,
): { weights: Tensor; moments: Moments } {
  const { rule } = updateRule(options, hyperparameters);
  const vectors = {
    ...inputs,
    ...moments,
    ...(decayFactors && { decayFactors }),
    ...(factors && { factors }),
  };
  const { weights, ...rest } = rule(tensorAlgebra(hyperparameters), vectors);
  return { weights: weights as Tensor, moments: rest };
}
