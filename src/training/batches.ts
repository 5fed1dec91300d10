// The batch of every step: which examples, in which order, and how augmentation changes them.
import type { Dataset } from "../data/types";
import type { Experiment } from "../experiment/schema";
import { augment, augmentationTables, changeBatch } from "./augmentation";
import { BatchOrder } from "./batchOrder";
import { DeviceExamples } from "./deviceExamples";
import type { Batch } from "./step";
import type { StepArray, StepTensors, StepValues } from "./stepValues";
import type { Tensor } from "./tensors";

export class Batches {
  readonly examples: DeviceExamples;
  /** Batches of an epoch. */
  readonly perEpoch: number;
  private readonly order: BatchOrder;
  /** Room for the inputs of a batch that is made here. */
  private inputs = new Float32Array(0);

  /** @param maximumBytes largest single tensor that the backend can hold. */
  constructor(
    experiment: Experiment,
    private readonly dataset: Dataset,
    maximumBytes: number,
  ) {
    this.examples = new DeviceExamples(dataset, dataset.train, maximumBytes);
    this.order = new BatchOrder(experiment, dataset.train.count);
    this.perEpoch = this.order.perEpoch;
  }

  /** Numbers of the examples of a step, counted from 1. */
  indicesAt(step: number): Int32Array {
    return this.order.indicesAt(step - 1);
  }

  /** The batch of a step, counted from 1, as the network sees it. The caller disposes it. */
  at(step: number, experiment: Experiment): Batch {
    const batch = this.examples.gather(this.indicesAt(step));
    return augment(batch, experiment, this.dataset, step);
  }

  /**
   * The numbers that make the batch of a step: its index, the draws of augmentation, and its inputs where the device does not
   * hold them. The next call may write over them.
   */
  valuesAt(step: number, experiment: Experiment): StepValues {
    const index = this.indicesAt(step) as Int32Array<ArrayBuffer>;
    const { length } = index;
    return {
      ...augmentationTables(experiment, this.dataset, step, length),
      index: { values: index, shape: [length] },
      ...(this.examples.isResident ? {} : { inputs: this.inputsOf(index) }),
    };
  }

  private inputsOf(index: Int32Array): StepArray {
    const { inputSize } = this.dataset;
    const size = index.length * inputSize;
    if (this.inputs.length < size) this.inputs = new Float32Array(size);
    const values = this.inputs.subarray(0, size);
    this.examples.writeInputs(index, values);
    return { values, shape: [index.length, inputSize] };
  }

  /** The batch made from such numbers on the device. The caller's tidy frees it. */
  from({ index, inputs, ...tables }: StepTensors): Batch {
    return changeBatch(this.examples.gatherAt(index as Tensor, inputs), tables, this.dataset);
  }

  dispose(): void {
    this.examples.dispose();
  }
}
