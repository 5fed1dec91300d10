// From an experiment's settings to the numbers of a step.
import type { Experiment } from "../experiment/schema";
import type { HyperparameterValues } from "./hyperparameters";
import type { ProximalOptions } from "./regularizers";

/** Hyper-parameters of an experiment. Adam knows no decoupled decay: that is AdamW. */
export function hyperparametersOf({
  regularization,
  optimizer,
  loss,
  averaging,
}: Experiment): HyperparameterValues {
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
    dropoutSpatial: regularization.dropoutSpatial,
    dropoutHead: regularization.dropoutHead,
    dropConnect: regularization.dropConnect,
    inputNoise: regularization.inputNoise,
    weightNoise: regularization.weightNoise,
    labelSmoothing: loss.labelSmoothing,
    robustness: loss.robustness,
    clipNorm: optimizer.clipNorm,
    maxNorm: regularization.maxNorm,
    groupL1: regularization.groupL1,
    averageDecay: averaging.kind === "ema" ? averaging.decay : 0,
  };
}

/** Forms of the steps after the optimizer's. */
export function proximalOptionsOf({ regularization, optimizer }: Experiment): ProximalOptions {
  const adam = optimizer.kind === "adam" || optimizer.kind === "adamw";
  return {
    form: adam ? regularization.l1ProximalForm : "plain",
    groupScale: regularization.groupL1Scale,
  };
}
