// From an experiment's settings to the numbers of a step.
import { applies } from "../experiment/applies";
import { hyperparameterSettings } from "../experiment/hyperparameters";
import type { Experiment } from "../experiment/schema";
import type { HyperparameterValues } from "./hyperparameters";

/** Hyper-parameters of an experiment. */
export function hyperparametersOf(experiment: Experiment): HyperparameterValues {
  return { ...hyperparameterSettings(experiment, applies), coupledDecay: 0 };
}
