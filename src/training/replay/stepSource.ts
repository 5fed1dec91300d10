// Describes a run's steps to the replay: which numbers each takes, and how one is computed from them.
import type { Experiment } from "../../experiment/schema";
import type { Batches } from "../batches";
import type { Hyperparameters } from "../hyperparameters";
import { counterLength, counterValues } from "../kernels/seededValues";
import type { SeededMasks } from "../masks";
import type { Batch, TrainingState } from "../step";
import type { Tensor } from "../tensors";
import { programKey } from "./programKey";
import type { ComputeStep } from "./recordedStep";
import type { StepSource } from "./stepKinds";

/** What the description needs of a run. */
export interface SteppingRun {
  readonly batches: Batches;
  readonly hyperparameters: Hyperparameters;
  readonly masks: SeededMasks;
  /** Settings in force. */
  readonly experiment: Experiment;
  /** Factors of the strengths, or null for 1 everywhere. */
  readonly scope: Tensor | null;
  /** Sets rates and strengths of a step. */
  prepare(step: number): void;
  /** One step with the masks as they are. */
  compute(batch: Batch, before: TrainingState, measured: boolean): ReturnType<ComputeStep>;
}

export function stepSourceOf(run: SteppingRun): StepSource {
  const { batches, hyperparameters, masks } = run;
  return {
    prepare: (step) => run.prepare(step),
    values(step) {
      if (!batches.examples.isNear) return null;
      const values = counterValues(run.experiment.seed, step);
      const counter = { values, shape: [counterLength] };
      return { ...batches.valuesAt(step, run.experiment), counter };
    },
    key: () => programKey(run.experiment, hyperparameters.values, run.scope !== null),
    compute:
      (measured) =>
      ({ counter, ...tensors }, state) => {
        masks.follow(counter as Tensor);
        const result = run.compute(batches.from(tensors), state, measured);
        masks.dispose();
        return result;
      },
  };
}
