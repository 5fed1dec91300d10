// Registry of the optimizers: each is a chain of transforms.
import type { Experiment } from "../../experiment/schema";
import type { Algebra } from "../elementwise/algebra";
import type { HyperparameterValues } from "../hyperparameters";
import type { Transform, TransformContext } from "./transform";
import {
  addDecayedWeights,
  addDecoupledDecay,
  heavyBall,
  nesterov,
  scaleByAdam,
  scaleByLearningRate,
  scaleByRootMeanSquare,
} from "./transforms";

export type { Moments, Transform, TransformContext } from "./transform";

export type OptimizerKind = Experiment["optimizer"]["kind"];

const cores: Readonly<Record<OptimizerKind, readonly Transform[]>> = {
  sgd: [],
  momentum: [heavyBall],
  nesterov: [nesterov],
  rmsprop: [scaleByRootMeanSquare],
  adam: [scaleByAdam],
  adamw: [scaleByAdam],
};

/** The chain of an optimizer. Parts whose strength is 0 are left out: they would cost operations and change nothing. */
export function optimizerChain(
  kind: OptimizerKind,
  values: HyperparameterValues,
): readonly Transform[] {
  return [
    ...(values.coupledDecay > 0 ? [addDecayedWeights] : []),
    ...cores[kind],
    ...(values.weightDecay > 0 ? [addDecoupledDecay] : []),
    scaleByLearningRate,
  ];
}

/** Names of the state vectors that an optimizer keeps, whatever the strengths are. */
export function momentNames(kind: OptimizerKind): readonly string[] {
  return cores[kind].flatMap((transform) => transform.state);
}

/** Sends a gradient through the chain. @returns what is to be subtracted from the weights, and the new state. */
export function applyChain<V>(
  algebra: Algebra<V>,
  chain: readonly Transform[],
  gradient: V,
  moments: Readonly<Record<string, V>>,
  context: TransformContext<V>,
): { update: V; moments: Readonly<Record<string, V>> } {
  let update = gradient;
  let state = moments;
  for (const transform of chain) {
    const result = transform.apply(algebra, update, state, context);
    update = result.update;
    if (result.moments) state = { ...state, ...result.moments };
  }
  return { update, moments: state };
}
