// The step about to be taken, before it is taken: what it will drop, and which examples it will see as what.
import type { Experiment } from "../experiment/schema";
import { mixingAt } from "./augmentation";
import type { Mixing } from "./augmentation/draws";
import type { Batches } from "./batches";
import type { SeededMasks } from "./masks";
import { type Network, seenInputs } from "./network";
import type { Batch } from "./step";
import { tidy } from "./tensors";

export class UpcomingStep {
  /** Numbers of the examples in its batch. */
  readonly indices: Int32Array;

  /** @param step counted from 1. @param masks of that step; taken over. */
  constructor(
    readonly masks: SeededMasks,
    private readonly network: Network,
    private readonly batches: Batches,
    private readonly experiment: Experiment,
    readonly step: number,
  ) {
    this.indices = batches.indicesAt(step);
  }

  /** Examples in its batch. */
  get batchSize(): number {
    return this.indices.length;
  }

  /** How mixup will pair them, or null. */
  get mixing(): Mixing | null {
    return mixingAt(this.experiment, this.step, this.batchSize);
  }

  /** The batch as the first layer will get it: augmented, with noise and dropout on inputs. The caller disposes it. */
  seenBatch(): Batch {
    const batch = this.batches.at(this.step, this.experiment);
    const inputs = tidy(() => seenInputs(this.network, batch.inputs, this.masks));
    if (inputs !== batch.inputs) batch.inputs.dispose();
    return { ...batch, inputs };
  }

  dispose(): void {
    this.masks.dispose();
  }
}
