// The values of a step after the experiment's schedules.
import { penaltyTerms } from "../experiment/hyperparameters";
import { rateShare, strengthShare } from "../experiment/schedules";
import type { Experiment } from "../experiment/schema";
import type { HyperparameterValues } from "./hyperparameters";

/** Where a run stands. */
export interface Moment {
  readonly step: number;
  readonly stepsPerEpoch: number;
  readonly totalSteps: number;
}

/** The values of a step after both schedules. */
export function scheduled(
  values: HyperparameterValues,
  { optimizer, regularization }: Experiment,
  { step, stepsPerEpoch, totalSteps }: Moment,
): HyperparameterValues {
  const warmUp = Math.round(optimizer.warmUpEpochs * stepsPerEpoch);
  const rate = rateShare(optimizer.schedule, step, warmUp, totalSteps, optimizer.rateFloor);
  const strength = strengthShare(regularization.schedule, step, totalSteps);
  const strengths = penaltyTerms.map(({ name }) => [name, values[name] * strength]);
  return { ...values, ...Object.fromEntries(strengths), learningRate: values.learningRate * rate };
}
