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
import { type OptimizerKind, optimizers } from "./index";
import { applyLinks, linksInForce, type OptimizerState } from "./transform";

export interface UpdateOptions {
  readonly optimizer: OptimizerKind;
  readonly options: RegularizerOptions;
}

/** Flat vectors, [parameterCount]. */
export interface UpdateInputs {
  readonly weights: Tensor;
  /** Of the loss with its penalties. */
  readonly gradient: Tensor;
  readonly state: OptimizerState;
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
  const { elementwise, stateNames } = optimizers[optimizer];
  const links = linksInForce(elementwise, values);
  const decays = links.some((link) => link.decays);
  const steps = elementwiseStepNames(values);
  const rule: Rule = (algebra, vectors) => {
    const of = (name: string) => vectors[name] as NonNullable<(typeof vectors)[string]>;
    const context = { weights: of("weights"), decayFactors: vectors.decayFactors ?? null };
    const state = Object.fromEntries(stateNames.map((name) => [name, of(name)]));
    const next = applyLinks(algebra, links, of("gradient"), state, context);
    const stepped = algebra.sub(of("weights"), next.update);
    const weights = takeElementwiseSteps(algebra, stepped, steps, {
      factors: vectors.factors ?? null,
      secondMoment: next.state.secondMoment ?? null,
      options,
    });
    return { weights, ...next.state };
  };
  const strengths = [...links.flatMap(({ strength }) => strength ?? []), ...steps];
  const forms = steps.length > 0 ? JSON.stringify(options) : "";
  const key = `${optimizer} ${strengths.join()} ${forms}`;
  return { key, rule, decays, thresholds: steps.length > 0 };
}

/** The gradient after the links that need it as a whole. */
function applyGlobalLinks(
  { optimizer }: UpdateOptions,
  gradient: Tensor,
  hyperparameters: Hyperparameters,
): Tensor {
  return linksInForce(optimizers[optimizer].global, hyperparameters.values).reduce(
    (held, link) => link.apply(held, hyperparameters),
    gradient,
  );
}

/** Weights and optimizer state after the step. Steps on whole units come later. */
export function takeOptimizerStep(
  options: UpdateOptions,
  { weights, gradient, state, decayFactors, factors }: UpdateInputs,
  hyperparameters: Hyperparameters,
): { weights: Tensor; state: OptimizerState } {
  const { key, rule, decays, thresholds } = updateRule(options, hyperparameters);
  const vectors = {
    weights,
    gradient: applyGlobalLinks(options, gradient, hyperparameters),
    ...state,
    ...(decays && decayFactors && { decayFactors }),
    ...(thresholds && factors && { factors }),
  };
  const { weights: next, ...rest } = runElementwise(key, rule, vectors, hyperparameters);
  return { weights: next as Tensor, state: rest };
}

/** The same by the backend's own operations, one by one: the oracle of the printed loops. */
export function referenceStep(
  options: UpdateOptions,
  { decayFactors, factors, state, gradient, ...inputs }: UpdateInputs,
  hyperparameters: Hyperparameters,
): { weights: Tensor; state: OptimizerState } {
  const { rule } = updateRule(options, hyperparameters);
  const vectors = {
    ...inputs,
    gradient: applyGlobalLinks(options, gradient, hyperparameters),
    ...state,
    ...(decayFactors && { decayFactors }),
    ...(factors && { factors }),
  };
  const { weights, ...rest } = rule(tensorAlgebra(hyperparameters), vectors);
  return { weights: weights as Tensor, state: rest };
}
