// Steps on whole output units (a column of a dense kernel, a filter of a convolution) after the optimizer's.
import type { Hyperparameters } from "../hyperparameters";
import type { Network, ParameterSlot } from "../network";
import { type Tensor, tf } from "../tensors";

/** Norms below this count as 0: their units are 0 already. */
const smallestNorm = 1e-30;

/** Applies a function to every kernel as a matrix [inputs, units] and leaves all other parameters as they are. */
function mapKernels(
  network: Network,
  weights: Tensor,
  change: (kernel: Tensor, slot: ParameterSlot) => Tensor,
): Tensor {
  const parts = tf.split(
    weights,
    network.slots.map((slot) => slot.size),
  );
  return tf.concat(
    network.slots.map((slot, index) => {
      const part = parts[index] as Tensor;
      if (slot.kind !== "kernel") return part;
      const units = slot.shape.at(-1) as number;
      return tf.reshape(change(tf.reshape(part, [-1, units]), slot), [-1]);
    }),
  );
}

/** L2 norm of each unit's weights, [1, units]. */
const unitNorms = (kernel: Tensor) => tf.sqrt(tf.sum(tf.square(kernel), 0, true));

/** Units longer than c are scaled back to length c (Srebro & Shraibman 2005; Hinton et al. 2012). */
export function maxNorm(
  network: Network,
  weights: Tensor,
  hyperparameters: Hyperparameters,
): Tensor {
  const limit = hyperparameters.tensor("maxNorm");
  return mapKernels(network, weights, (kernel) => {
    const norms = tf.maximum(unitNorms(kernel), smallestNorm);
    return tf.mul(kernel, tf.minimum(1, tf.div(limit, norms)));
  });
}

/** How a unit's threshold grows with its inputs. */
export type GroupScale = "none" | "sqrt";

/**
 * Block soft threshold, the proximal operator of η·λ·‖unit‖: each unit shrinks by η·λ in length and is exactly 0 below it
 * (Yuan & Lin 2006). With "sqrt" the threshold is multiplied by √inputs.
 * @param factors of the threshold, flat, the same for all of a kernel; null for 1 everywhere.
 */
export function groupSoftThreshold(
  network: Network,
  weights: Tensor,
  factors: Tensor | null,
  hyperparameters: Hyperparameters,
  scale: GroupScale,
): Tensor {
  const plain = hyperparameters.tensor("groupThreshold");
  return mapKernels(network, weights, (kernel, { fanIn, offset }) => {
    const scaled = scale === "sqrt" ? tf.mul(plain, Math.sqrt(fanIn)) : plain;
    // One factor for all of a kernel: its first one.
    const threshold = factors ? tf.mul(scaled, tf.slice(factors, [offset], [1])) : scaled;
    const norms = tf.maximum(unitNorms(kernel), smallestNorm);
    return tf.mul(kernel, tf.relu(tf.sub(1, tf.div(threshold, norms))));
  });
}
