// Group L1 on output units: λ·Σ s·‖unit‖, s = 1 or √inputs, by its proximal operator, the block soft threshold (Yuan & Lin 2006).
import type { ParameterSlot } from "../network";
import { type Tensor, tf } from "../tensors";
import { mapKernels, smallestNorm, sumOverKernels, timesFactor, unitNorms } from "./kernels";
import type { RegularizerInputs, UnitProximalStep } from "./regularizer";

/** How a unit's threshold grows with its inputs. */
function scale(value: Tensor, { fanIn }: ParameterSlot, { options }: RegularizerInputs): Tensor {
  return options.groupL1Scale === "sqrt" ? tf.mul(value, Math.sqrt(fanIn)) : value;
}

export const groupL1: UnitProximalStep = {
  kind: "proximal step",
  omega: (inputs) =>
    sumOverKernels(inputs, (kernel, slot) =>
      timesFactor(scale(tf.sum(unitNorms(kernel)), slot, inputs), slot, inputs.factors),
    ),
  /** Each unit shrinks by η·λ·s in length and is exactly 0 below it. */
  apply(inputs) {
    const plain = inputs.hyperparameters.tensor("groupL1Threshold");
    return mapKernels(inputs, (kernel, slot) => {
      const threshold = timesFactor(scale(plain, slot, inputs), slot, inputs.factors);
      const norms = tf.maximum(unitNorms(kernel), smallestNorm);
      return tf.mul(kernel, tf.relu(tf.sub(1, tf.div(threshold, norms))));
    });
  },
};
