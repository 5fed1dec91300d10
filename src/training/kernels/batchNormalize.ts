// Batch normalization in training as one operation with its own gradient: left to automatic differentiation it costs more than the convolution before it.
import { type Tensor, tf } from "../tensors";
import { acrossBatch, normalize } from "./normalize";

/** Axes of the batch and of the picture: all but the last. */
const leadingAxes = (x: Tensor) => x.shape.slice(0, -1).map((_, axis) => axis);

/**
 * y = (x − mean) / √(variance + ε) · scale + shift with mean and biased variance of the batch
 * (Ioffe & Szegedy 2015, with the gradient of their section 3).
 * @param x [batch, …, features]. @param scale, shift [features].
 * @returns y like x, and the statistics [features], through which no gradient flows.
 */
export function batchNormalize(
  x: Tensor,
  scale: Tensor,
  shift: Tensor,
  epsilon: number,
): { y: Tensor; mean: Tensor; variance: Tensor } {
  const options = { epsilon, centred: true };
  const whole = normalize(x, scale, shift, acrossBatch(x), options);
  return whole ?? batchNormalizeByOperations(x, scale, shift, epsilon);
}

/** The same in tensor operations: the reference, and for backends without a program of their own. */
export function batchNormalizeByOperations(
  x: Tensor,
  scale: Tensor,
  shift: Tensor,
  epsilon: number,
): { y: Tensor; mean: Tensor; variance: Tensor } {
  const axes = leadingAxes(x);
  const mean = tf.mean(x, axes);
  const centred = tf.sub(x, mean);
  const variance = tf.mean(tf.square(centred), axes);
  const normalize = tf.customGrad(((_x: Tensor, gamma: Tensor, beta: Tensor, save: Save) => {
    const perDeviation = tf.rsqrt(tf.add(variance, epsilon));
    const factor = tf.mul(gamma, perDeviation);
    save([centred, perDeviation, factor]);
    return { value: tf.add(tf.mul(centred, factor), beta), gradFunc: gradients };
  }) as never);
  return { y: normalize(x as never, scale as never, shift as never), mean, variance };
}

type Save = (tensors: Tensor[]) => void;

/** Gradients for x, scale and shift. */
function gradients(dy: Tensor, saved: Tensor[]): [Tensor, Tensor, Tensor] {
  const [centred, perDeviation, factor] = saved as [Tensor, Tensor, Tensor];
  const axes = leadingAxes(dy);
  const dShift = tf.sum(dy, axes);
  const dScale = tf.mul(tf.sum(tf.mul(dy, centred), axes), perDeviation);
  const share = tf.div(factor, dy.size / dShift.size);
  const alongCentred = tf.mul(share, tf.mul(dScale, perDeviation));
  const dx = tf.sub(
    tf.sub(tf.mul(dy, factor), tf.mul(centred, alongCentred)),
    tf.mul(share, dShift),
  );
  return [dx, dScale, dShift];
}
