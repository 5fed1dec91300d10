// Registry of the optimizers: each is a chain of links that reads like its paper. Coupled or decoupled decay is one line's place.
import type { Experiment } from "../../experiment/schema";
import { clipByGlobalNorm } from "./clipping";
import { type Chain, chain } from "./transform";
import {
  addDecayedWeights,
  nesterovTrace,
  scaleByAdam,
  scaleByLearningRate,
  scaleByRms,
  trace,
} from "./transforms";

export type { OptimizerState } from "./transform";

export type OptimizerKind = Experiment["optimizer"]["kind"];

const coupledDecay = addDecayedWeights("coupledDecay");
const decoupledDecay = addDecayedWeights("weightDecay");

export const optimizers: Readonly<Record<OptimizerKind, Chain>> = {
  sgd: chain(clipByGlobalNorm, coupledDecay, decoupledDecay, scaleByLearningRate),
  momentum: chain(clipByGlobalNorm, coupledDecay, trace, decoupledDecay, scaleByLearningRate),
  nesterov: chain(
    clipByGlobalNorm,
    coupledDecay,
    nesterovTrace,
    decoupledDecay,
    scaleByLearningRate,
  ),
  rmsprop: chain(clipByGlobalNorm, coupledDecay, scaleByRms, decoupledDecay, scaleByLearningRate),
  // Adam with decoupled decay is AdamW.
  adam: chain(clipByGlobalNorm, coupledDecay, scaleByAdam, scaleByLearningRate),
  adamw: chain(clipByGlobalNorm, coupledDecay, scaleByAdam, decoupledDecay, scaleByLearningRate),
};
