// One step of a run, with what looking at it needs: the norm of its gradient and how far it moved each layer.
import type { Experiment } from "../experiment/schema";
import type { Hyperparameters } from "./hyperparameters";
import type { Loss } from "./losses";
import type { SeededMasks } from "./masks";
import { updateRatios } from "./metrics";
import type { Network } from "./network";
import { regularizerOptionsOf } from "./regularizers";
import { type Batch, type TrainingState, trainStep } from "./step";
import { type Tensor, tf } from "./tensors";

/** What a run computes its steps with. */
export interface StepParts {
  readonly network: Network;
  readonly loss: Loss;
  /** Factors of the strengths, [parameterCount], or null for 1 everywhere. */
  readonly scope: Tensor | null;
  /** As it acts. */
  readonly experiment: Experiment;
  readonly hyperparameters: Hyperparameters;
  /** Of this step. */
  readonly masks: SeededMasks;
}

/** Computes a step; the state given in is left alone. @param measured norm and ratios are null otherwise. */
export function measuredStep(
  { network, loss, scope, experiment, hyperparameters, masks }: StepParts,
  batch: Batch,
  before: TrainingState,
  measured: boolean,
) {
  const rule = {
    network,
    loss,
    optimizer: experiment.optimizer.kind,
    scope,
    decayScope: scope,
    options: regularizerOptionsOf(experiment),
  };
  const { state, report } = trainStep(rule, before, batch, hyperparameters, masks);
  const norm = measured ? tf.sqrt(tf.sum(tf.square(report.gradient))) : null;
  const ratios = measured ? updateRatios(network, before.weights, state.weights) : null;
  return { state, loss: report.dataLoss, norm, ratios };
}
