// Raw inputs to network inputs, as the data set scaled its own.
import { applyScaling } from "../../data/scaling";
import type { Dataset } from "../../data/types";
import { type Tensor2D, tf } from "../tensors";

/** A tensor [count, inputSize] of raw values, scaled. The caller disposes it. */
export function scaleInputs(raw: Float32Array, dataset: Dataset): Tensor2D {
  const scaled = applyScaling(raw, dataset.scaling, dataset.inputSize);
  return tf.tensor2d(scaled, [raw.length / dataset.inputSize, dataset.inputSize]);
}

/** Values to predict, or predictions of them, in their own unit. @returns a new array of the same length */
export function inUnits(values: Float32Array, { target }: Pick<Dataset, "target">): Float32Array {
  return target ? values.map((value) => target.mean + target.deviation * value) : values.slice();
}
