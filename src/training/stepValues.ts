// What a step takes from outside its weights, as plain numbers by name: so a recorded step can be fed without running its operations again.
import { type Tensor, tf } from "./tensors";

export interface StepArray {
  /** Int32Array for indices and counters, Float32Array for all else. */
  readonly values: Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer>;
  readonly shape: readonly number[];
}

/** Numbers of a step by name. Which names there are decides which operations the step has. */
export type StepValues = Readonly<Record<string, StepArray>>;

/** The same on the device. */
export type StepTensors = Readonly<Record<string, Tensor>>;

/** Puts the numbers on the device; the caller disposes the tensors. */
export function tensorsOf(values: StepValues): StepTensors {
  const held: Record<string, Tensor> = {};
  for (const [name, { values: numbers, shape }] of Object.entries(values)) {
    const dtype = numbers instanceof Int32Array ? "int32" : "float32";
    held[name] = tf.tensor(numbers, shape as number[], dtype);
  }
  return held;
}
