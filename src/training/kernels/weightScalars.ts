// Figures of all weights together as one operation, for the points of the curves.
import { type Tensor, type Tensor1D, tf } from "../tensors";
import { nearZeroThreshold } from "./weightStatistics";

export const weightScalarsKernel = "RegularizationWeightScalars";

/** Order of the values in the vector of `weightScalars`: Σ f·|w| and ½·Σ f·w² are what most penalties are made of. */
export const weightScalarNames = [
  "weightNorm",
  "nearZero",
  "exactZero",
  "absolutes",
  "halfSquares",
] as const;

/**
 * Norm of the kernels, shares of near and exact zeros of all parameters, and both sums of the penalties, in the order of
 * `weightScalarNames`.
 * @param weights flat, all parameters; @param kernels 1 for kernels, else 0; @param scope factor of the penalties for each parameter, or null for 1 everywhere.
 */
export function weightScalars(weights: Tensor, kernels: Tensor, scope: Tensor | null): Tensor1D {
  if (!tf.getKernel(weightScalarsKernel, tf.getBackend())) {
    return weightScalarsByOperations(weights, kernels, scope);
  }
  const inputs = scope ? { weights, kernels, scope } : { weights, kernels };
  return tf.engine().runKernel(weightScalarsKernel, inputs as never) as unknown as Tensor1D;
}

/** The same in tensor operations: the reference. */
export function weightScalarsByOperations(
  weights: Tensor,
  kernels: Tensor,
  scope: Tensor | null,
): Tensor1D {
  const size = tf.abs(weights);
  const share = (condition: Tensor) => tf.mean(tf.cast(condition, "float32"));
  const scoped = (values: Tensor) => (scope ? tf.mul(values, scope) : values);
  return tf.stack([
    tf.sqrt(tf.sum(tf.square(tf.mul(weights, kernels)))),
    share(tf.less(size, nearZeroThreshold)),
    share(tf.equal(size, 0)),
    tf.sum(scoped(size)),
    tf.mul(0.5, tf.sum(scoped(tf.square(weights)))),
  ]) as Tensor1D;
}

/** The plain loop. */
export function computeWeightScalars(
  weights: Float32Array,
  kernels: Float32Array,
  scope: Float32Array | null,
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
  return Float32Array.of(
    Math.sqrt(kernelSquares),
    near / weights.length,
    exact / weights.length,
    absolutes,
    squares / 2,
  );
}
