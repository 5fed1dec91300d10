// How far a step moves each layer, against how large the layer is.
import type { Network } from "../network";
import { type Tensor, tf } from "../tensors";

/** Norms below this count as this: a layer of zeros has no ratio. */
const smallestNorm = 1e-30;

/**
 * ‖w_after − w_before‖ / ‖w_before‖ of every kernel, in forward order, [kernels]. About 1e-3 is usual; far more is
 * restless, far less hardly learns (Karpathy, CS231n, "Ratio of weights:updates").
 * @param before, after flat weights, [parameterCount].
 */
export function updateRatios(network: Network, before: Tensor, after: Tensor): Tensor {
  const sizes = network.slots.map((slot) => slot.size);
  const norms = (vector: Tensor) =>
    tf
      .split(vector, sizes)
      .filter((_, index) => network.slots[index]?.kind === "kernel")
      .map((part) => tf.sqrt(tf.sum(tf.square(part))));
  const moved = tf.stack(norms(tf.sub(after, before)));
  return tf.div(moved, tf.maximum(tf.stack(norms(before)), smallestNorm));
}
