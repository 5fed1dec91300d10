// How evaluation runs the network: rightly, or as a program does that has forgotten to leave training mode.
import { Stream } from "../data/random";
import { countMultiplyAdds } from "../experiment/bounds";
import { chunkSize } from "../experiment/memory";
import type { Experiment } from "../experiment/schema";
import type { Hyperparameters } from "./hyperparameters";
import { SeededMasks } from "./masks";
import { evaluationPass, type PassMode } from "./network";

/** Spreads the steps, so that the chunks of one evaluation and those of the next have other masks. */
const stepSpread = 101;
/** Counters stay below this: WebGL keeps integers as float32, and larger ones would fall together. */
const counterLimit = 2 ** 24;

export class EvaluationModes {
  private readonly masks: SeededMasks;

  constructor({ seed }: Experiment, hyperparameters: Hyperparameters) {
    this.masks = new SeededMasks(seed, hyperparameters, Stream.evaluation);
  }

  /** Examples evaluated at once: batches as in training where the switch is forgotten. */
  chunkSize(experiment: Experiment): number {
    const { model, optimizer } = experiment;
    if (model.evaluationMode === "training") return optimizer.batchSize;
    return chunkSize(countMultiplyAdds(experiment));
  }

  /** The mode of chunk number `chunk`, after `step` steps; good until the next call. */
  of({ model }: Experiment, step: number, chunk: number): PassMode {
    if (model.evaluationMode === "evaluation") return evaluationPass;
    this.masks.prepare((step * stepSpread + chunk) % counterLimit);
    return { training: true, masks: this.masks };
  }

  dispose(): void {
    this.masks.dispose();
  }
}
