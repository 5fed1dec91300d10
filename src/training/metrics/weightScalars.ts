// Figures of all weights together, computed on the device so that a point of the curves needs no read of the weights.
import type { Hyperparameters } from "../hyperparameters";
import { type Tensor, tf } from "../tensors";
import { nearZeroThreshold } from "./layerStatistics";

/** Order of the values in the vector of `weightScalars`. */
export const weightScalarNames = [
  "weightNorm",
  "nearZero",
  "exactZero",
  "l1",
  "l2",
  "decay",
  "l1Proximal",
] as const;

/**
 * Kernel norm, shares of near and exact zeros of all parameters, and the four penalty terms, as scalars in the order of `weightScalarNames`.
 * @param weights flat, all parameters; @param kernels 1 for kernels, else 0; @param scope factor of the penalties for each parameter, or null for 1 everywhere.
 */
export function weightScalars(
  weights: Tensor,
  kernels: Tensor,
  scope: Tensor | null,
  hyperparameters: Hyperparameters,
): Tensor[] {
  const size = tf.abs(weights);
  const share = (condition: Tensor) => tf.mean(tf.cast(condition, "float32"));
  const scoped = (values: Tensor) => (scope ? tf.mul(values, scope) : values);
  const sumOfAbsolutes = tf.sum(scoped(size));
  const halfSumOfSquares = tf.mul(0.5, tf.sum(scoped(tf.square(weights))));
  const h = (name: "l1" | "l2" | "weightDecay" | "l1Proximal") => hyperparameters.tensor(name);
  return [
    tf.sqrt(tf.sum(tf.square(tf.mul(weights, kernels)))),
    share(tf.less(size, nearZeroThreshold)),
    share(tf.equal(size, 0)),
    tf.mul(h("l1"), sumOfAbsolutes),
    tf.mul(h("l2"), halfSumOfSquares),
    tf.mul(h("weightDecay"), halfSumOfSquares),
    tf.mul(h("l1Proximal"), sumOfAbsolutes),
  ];
}
