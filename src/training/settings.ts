// From an experiment's settings to the numbers of a step.
import type { Experiment } from "../experiment/schema";
import type { HyperparameterValues } from "./hyperparameters";

/** Hyper-parameters of an experiment. Adam knows no decoupled decay: that is AdamW. */
export function hyperparametersOf({ regularization, optimizer }: Experiment): HyperparameterValues {
  return {
    learningRate: optimizer.learningRate,
    weightDecay: optimizer.kind === "adam" ? 0 : regularization.weightDecay,
    coupledDecay: 0,
    l1: regularization.l1,
    l2: regularization.l2,
    l1Proximal: regularization.l1Proximal,
    momentum: optimizer.momentum,
    beta1: optimizer.beta1,
    beta2: optimizer.beta2,
    squareDecay: optimizer.squareDecay,
    epsilon: optimizer.epsilon,
    dropoutInput: regularization.dropoutInput,
    dropoutHidden: regularization.dropoutHidden,
  };
}
