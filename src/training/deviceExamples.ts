// One part of a data set on the device: put there once, then batches are gathered by index.
import { byteTable, scaledInputs, writeScaled } from "../data/scaling";
import type { Dataset, Examples } from "../data/types";
import { worthPacking } from "../experiment/memory";
import { PackedRows, packedWidth } from "./packedRows";
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

const floatSize = Float32Array.BYTES_PER_ELEMENT;

/** Inputs on the device, in whichever form they are there. */
interface ResidentInputs {
  gather(index: Tensor): Tensor;
  slice(start: number, count: number): Tensor;
  dispose(): void;
}

class ResidentFloats implements ResidentInputs {
  private readonly inputs: Tensor2D;

  constructor(values: Float32Array, count: number, inputSize: number) {
    this.inputs = tf.tensor2d(values, [count, inputSize]);
  }

  gather(index: Tensor): Tensor {
    return tf.gather(this.inputs, index as never);
  }

  slice(start: number, count: number): Tensor {
    return tf.slice(this.inputs, [start, 0], [count, -1]);
  }

  dispose(): void {
    this.inputs.dispose();
  }
}

/** Where the device is the processor, bytes can be scaled batch by batch: a quarter of the memory. */
function onProcessor(): boolean {
  return ["wasm", "cpu"].includes(tf.getBackend());
}

/** Whether a tensor's values are the backend's own as soon as it is made; elsewhere the array is kept. */
const copiesAtOnce = () => tf.getBackend() === "wasm";

/** Puts inputs on the device, unless they are bytes on the processor or too large for one tensor. */
function makeResident(
  dataset: Dataset,
  examples: Examples,
  maximumBytes: number,
  processor: boolean,
): ResidentInputs | null {
  const { inputSize, scaling } = dataset;
  const { inputs, count } = examples;
  const size = inputs.length * floatSize;
  const bytes = inputs instanceof Uint8Array ? inputs : null;
  // In plain JavaScript scaling bytes is quicker than a gather of numbers; on WASM that is a copy of rows.
  if (bytes && processor && (size > worthPacking || !copiesAtOnce())) return null;
  if (size <= maximumBytes && !(bytes && size > worthPacking)) {
    return new ResidentFloats(scaledInputs(examples, dataset, 0, count), count, inputSize);
  }
  const packed = count * packedWidth(inputSize) * floatSize;
  if (!bytes || packed > maximumBytes) return null;
  return new PackedRows(bytes, count, inputSize, byteTable(scaling));
}

export class DeviceExamples {
  readonly count: number;
  private readonly targets: Tensor2D;
  /** Null where batches are made on the host and uploaded. */
  private readonly resident: ResidentInputs | null;
  private held = new Float32Array(0);

  /**
   * @param maximumBytes largest single tensor that the backend can hold
   * @param processor true where the backend computes on the processor
   */
  constructor(
    private readonly dataset: Dataset,
    private readonly examples: Examples,
    maximumBytes: number,
    private readonly processor = onProcessor(),
  ) {
    this.count = examples.count;
    this.targets = tf.tensor2d(targetValues(dataset, examples), [examples.count, dataset.outputs]);
    this.resident = makeResident(dataset, examples, maximumBytes, processor);
  }

  /** True when batches are gathered on the device from an index. */
  get isResident(): boolean {
    return this.resident !== null;
  }

  /** True when a batch reaches the device at no cost worth speaking of: it is there already, or the processor is the device. */
  get isNear(): boolean {
    return this.isResident || this.processor;
  }

  /**
   * A batch from an index on the device, [count] int32. @param inputs its examples, [count, inputSize], where the device
   * does not hold them. @throws Error where they are missing.
   */
  gatherAt(index: Tensor, inputs?: Tensor): Batch {
    const { resident, targets } = this;
    const held = inputs ?? resident?.gather(index);
    if (!held) throw new Error("These examples are not on the device.");
    return { inputs: held, targets: tf.gather(targets, index as never) };
  }

  /** Inputs of the given examples as they go into a network, written into `values` [indices, inputSize]. */
  writeInputs(indices: Int32Array, values: Float32Array): void {
    writeScaled(this.examples, this.dataset, indices, values);
  }

  /** The examples of the given numbers, in that order. The caller disposes the two tensors. */
  gather(indices: Int32Array): Batch {
    if (this.isResident) return tidy(() => this.gatherAt(tf.tensor1d(indices, "int32")));
    const { inputSize } = this.dataset;
    const values = this.room(indices.length * inputSize);
    this.writeInputs(indices, values);
    return tidy(() => ({
      inputs: tf.tensor2d(values, [indices.length, inputSize]),
      targets: tf.gather(this.targets, tf.tensor1d(indices, "int32")),
    }));
  }

  /** Examples start … start+count−1. The caller disposes the two tensors. */
  slice(start: number, count: number): Batch {
    const inputs = this.resident?.slice(start, count) ?? this.scaled(start, count);
    return { inputs, targets: tf.slice(this.targets, [start, 0], [count, -1]) };
  }

  /** Inputs of a stretch of examples, scaled for this once. */
  private scaled(start: number, count: number): Tensor2D {
    const { dataset, examples } = this;
    const values = scaledInputs(examples, dataset, start, start + count, (n) => this.room(n));
    return tf.tensor2d(values, [count, dataset.inputSize]);
  }

  /** Where inputs are put on their way to the backend: one place for all where it copies them, for a new one costs more than they do. */
  private room(length: number): Float32Array {
    if (!copiesAtOnce()) return new Float32Array(length);
    if (this.held.length < length) this.held = new Float32Array(length);
    return this.held.subarray(0, length);
  }

  dispose(): void {
    this.targets.dispose();
    this.resident?.dispose();
  }
}
