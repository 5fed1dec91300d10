// The end of an epoch in stochastic weight averaging: the one average that is not part of a step.
import type { Experiment } from "../experiment/schema";
import { averagedFrom, nextMean } from "./averaging";
import { steadyCopy } from "./replay/inPlace";
import type { TrainingState } from "./step";
import { tidy } from "./tensors";

/** Takes the weights at the end of an epoch into the mean of stochastic weight averaging; the state itself where none begins. */
export function averageEpoch(
  state: TrainingState,
  experiment: Experiment,
  epoch: number,
): TrainingState {
  const { weights, average: before } = state;
  const from = averagedFrom(experiment, epoch, state.averagedFrom);
  if (from === null) return state;
  const count = epoch - from;
  const average =
    before && count > 0 ? tidy(() => nextMean(before, weights, count)) : steadyCopy(weights);
  return { ...state, average, averagedFrom: from };
}
