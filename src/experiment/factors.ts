// The factors of "Strength per layer": the shortest list that means the same, so that one experiment has one link.
import { layerSizes } from "./bounds";
import type { Experiment } from "./schema";

/** The shortest list that means the same factors: those at the end that are 1 say nothing. */
export function withoutLastOnes(factors: readonly number[]): readonly number[] {
  return factors.slice(0, factors.findLastIndex((factor) => factor !== 1) + 1);
}

/** The factors that the experiment's network has layers for, in the shortest form. */
export function factorsInForce(experiment: Experiment): readonly number[] {
  const { layerMultipliers } = experiment.regularization;
  return withoutLastOnes(layerMultipliers.slice(0, layerSizes(experiment).length));
}
