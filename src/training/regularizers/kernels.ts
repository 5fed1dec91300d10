// Kernels as matrices, for regularizers that act on units or on whole kernels.
import type { ParameterSlot } from "../network";
import { type Tensor, tf } from "../tensors";
import type { RegularizerInputs } from "./regularizer";

/** Norms below this count as 0: their units are 0 already. */
export const smallestNorm = 1e-30;

/** What is made of a kernel, a matrix [inputs, units]. */
export type KernelFunction = (kernel: Tensor, slot: ParameterSlot) => Tensor;

/** A scalar times the factor of the strength for a kernel: one factor for all of it, its first one. */
export function timesFactor(
  value: Tensor,
  { offset }: ParameterSlot,
  factors: Tensor | null,
): Tensor {
  return factors ? tf.mul(value, tf.slice(factors, [offset], [1])) : value;
}

const parts = ({ network, weights }: RegularizerInputs) =>
  tf.split(
    weights,
    network.slots.map(({ size }) => size),
  );

/** A flat vector in which every kernel is changed and every other parameter becomes what `other` makes of it; left alone if left out. */
export function mapKernels(
  inputs: RegularizerInputs,
  change: KernelFunction,
  other: (part: Tensor) => Tensor = (part) => part,
): Tensor {
  const held = parts(inputs);
  return tf.concat(
    inputs.network.slots.map((slot, index) => {
      const part = held[index] as Tensor;
      if (slot.kind !== "kernel") return other(part);
      const units = slot.shape.at(-1) as number;
      const kernel = tf.reshape(part, [-1, units]);
      return tf.reshape(change(kernel, slot), [-1]);
    }),
  );
}

/** Σ over kernels of a scalar of each. */
export function sumOverKernels(inputs: RegularizerInputs, value: KernelFunction): Tensor {
  const held = parts(inputs);
  const terms = inputs.network.slots.flatMap((slot, index) => {
    if (slot.kind !== "kernel") return [];
    const kernel = tf.reshape(held[index] as Tensor, [-1, slot.shape.at(-1) as number]);
    return [tf.reshape(value(kernel, slot), [])];
  });
  return tf.addN(terms);
}

/** L2 norm of each unit's incoming weights, [1, units]. */
export const unitNorms = (kernel: Tensor): Tensor => tf.sqrt(tf.sum(tf.square(kernel), 0, true));

/** The same tensor times a factor, where there is one. */
export const times = (values: Tensor, factors: Tensor | null): Tensor =>
  factors ? tf.mul(values, factors) : values;
