// One part of a data set on the device: put there once, then batches are gathered by index.
import type { Dataset, Examples } from "../data/types";
import type { Batch } from "./step";
import { type Tensor, type Tensor2D, tf, tidy } from "./tensors";

/** Class distributions or values as the loss wants them, row-major [count, outputs]. */
function targetValues(dataset: Dataset, examples: Examples): Float32Array {
  if (dataset.type === "regression") return examples.targets;
  const values = new Float32Array(examples.count * dataset.outputs);
  for (let i = 0; i < examples.count; i++) {
    values[i * dataset.outputs + (examples.labels[i] as number)] = 1;
  }
  return values;
}

export class DeviceExamples {
  readonly count: number;
  private readonly inputSize: number;
  private readonly targets: Tensor2D;
  /** Null when the inputs are too large for one buffer of the device: then each batch is uploaded. */
  private readonly resident: Tensor2D | null;

  /** @param maximumBytes largest single tensor that the backend can hold. */
  constructor(
    dataset: Dataset,
    private readonly examples: Examples,
    maximumBytes: number,
  ) {
    this.count = examples.count;
    this.inputSize = dataset.inputSize;
    this.targets = tf.tensor2d(targetValues(dataset, examples), [examples.count, dataset.outputs]);
    this.resident =
      examples.inputs.byteLength <= maximumBytes
        ? tf.tensor2d(examples.inputs, [examples.count, dataset.inputSize])
        : null;
  }

  /** True when batches are gathered on the device from an index. */
  get isResident(): boolean {
    return this.resident !== null;
  }

  /** The same from an index on the device, [count] int32, where the inputs are there too. @throws Error where not. */
  gatherAt(index: Tensor): Batch {
    const { resident, targets } = this;
    if (!resident) throw new Error("These examples are not on the device.");
    return {
      inputs: tf.gather(resident, index as never),
      targets: tf.gather(targets, index as never),
    };
  }

  /** The examples of the given numbers, in that order. The caller disposes the two tensors. */
  gather(indices: Int32Array): Batch {
    const { inputSize } = this;
    if (this.isResident) return tidy(() => this.gatherAt(tf.tensor1d(indices, "int32")));
    const values = new Float32Array(indices.length * inputSize);
    indices.forEach((from, to) => {
      values.set(
        this.examples.inputs.subarray(from * inputSize, (from + 1) * inputSize),
        to * inputSize,
      );
    });
    return tidy(() => ({
      inputs: tf.tensor2d(values, [indices.length, inputSize]),
      targets: tf.gather(this.targets, tf.tensor1d(indices, "int32")),
    }));
  }

  /** Examples start … start+count−1. The caller disposes the two tensors. */
  slice(start: number, count: number): Batch {
    const { resident, inputSize, examples } = this;
    const inputs = resident
      ? tf.slice(resident, [start, 0], [count, -1])
      : tf.tensor2d(examples.inputs.subarray(start * inputSize, (start + count) * inputSize), [
          count,
          inputSize,
        ]);
    return { inputs, targets: tf.slice(this.targets, [start, 0], [count, -1]) };
  }

  dispose(): void {
    this.targets.dispose();
    this.resident?.dispose();
  }
}
