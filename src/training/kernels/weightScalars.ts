// Figures of all weights together as one operation, for the points of the curves.
import type { Hyperparameters } from "../hyperparameters";
import { type Tensor, type Tensor1D, tf } from "../tensors";
import { nearZeroThreshold } from "./weightStatistics";

export const weightScalarsKernel = "RegularizationWeightScalars";

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

/** The strength that each of the last four is multiplied with. */
export const penaltyStrengths = ["l1", "l2", "weightDecay", "l1Proximal"] as const;

/**
 * Kernel norm, shares of near and exact zeros of all parameters, and the four penalty terms, in the order of `weightScalarNames`.
 * @param weights flat, all parameters; @param kernels 1 for kernels, else 0; @param scope factor of the penalties for each parameter, or null for 1 everywhere.
 */
export function weightScalars(
  weights: Tensor,
  kernels: Tensor,
  scope: Tensor | null,
  hyperparameters: Hyperparameters,
): Tensor1D {
  if (!tf.getKernel(weightScalarsKernel, tf.getBackend())) {
    return weightScalarsByOperations(weights, kernels, scope, hyperparameters);
  }
  const inputs = scope ? { weights, kernels, scope } : { weights, kernels };
  return tf
    .engine()
    .runKernel(
      weightScalarsKernel,
      inputs as never,
      { hyperparameters } as never,
    ) as unknown as Tensor1D;
}

/** The same in tensor operations: the reference. */
export function weightScalarsByOperations(
  weights: Tensor,
  kernels: Tensor,
  scope: Tensor | null,
  hyperparameters: Hyperparameters,
): Tensor1D {
  const size = tf.abs(weights);
  const share = (condition: Tensor) => tf.mean(tf.cast(condition, "float32"));
  const scoped = (values: Tensor) => (scope ? tf.mul(values, scope) : values);
  const sumOfAbsolutes = tf.sum(scoped(size));
  const halfSumOfSquares = tf.mul(0.5, tf.sum(scoped(tf.square(weights))));
  const sums = [sumOfAbsolutes, halfSumOfSquares, halfSumOfSquares, sumOfAbsolutes];
  return tf.stack([
    tf.sqrt(tf.sum(tf.square(tf.mul(weights, kernels)))),
    share(tf.less(size, nearZeroThreshold)),
    share(tf.equal(size, 0)),
    ...penaltyStrengths.map((name, index) =>
      tf.mul(hyperparameters.tensor(name), sums[index] as Tensor),
    ),
  ]) as Tensor1D;
}

/** The plain loop. */
export function computeWeightScalars(
  weights: Float32Array,
  kernels: Float32Array,
  scope: Float32Array | null,
  hyperparameters: Hyperparameters,
): Float32Array {
  let [kernelSquares, near, exact, absolutes, squares] = [0, 0, 0, 0, 0];
  for (let i = 0; i < weights.length; i++) {
    const size = Math.abs(weights[i] as number);
    const square = size * size;
    const factor = scope ? (scope[i] as number) : 1;
    kernelSquares += square * (kernels[i] as number);
    absolutes += size * factor;
    squares += square * factor;
    if (size < nearZeroThreshold) near++;
    if (size === 0) exact++;
  }
  const sums = [absolutes, squares / 2, squares / 2, absolutes];
  return Float32Array.of(
    Math.sqrt(kernelSquares),
    near / weights.length,
    exact / weights.length,
    ...penaltyStrengths.map(
      (name, index) => hyperparameters.number(name) * (sums[index] as number),
    ),
  );
}
