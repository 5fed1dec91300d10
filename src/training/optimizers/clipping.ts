// Gradient clipping by global norm: one huge gradient must not undo a hundred small steps.
import { tf } from "../tensors";
import type { GlobalTransform } from "./transform";

/** PyTorch's guard against division by 0. */
const guard = 1e-6;

/** g · min(1, c / (‖g‖ + 1e-6)) over all parameters together (Pascanu et al. 2013); c = 0 leaves g alone. */
export const clipByGlobalNorm: GlobalTransform = {
  kind: "global",
  strength: "clipNorm",
  apply(gradient, hyperparameters) {
    const norm = tf.sqrt(tf.sum(tf.square(gradient)));
    const factor = tf.div(hyperparameters.tensor("clipNorm"), tf.add(norm, guard));
    return tf.mul(gradient, tf.minimum(factor, 1));
  },
};

/** Length in [0, c] of a gradient of length `norm` after clipping at c; c = 0 leaves it alone. */
export function clippedNorm(norm: number, clipNorm: number): number {
  return clipNorm === 0 ? norm : norm * Math.min(1, clipNorm / (norm + guard));
}
