// Orthogonality penalty: λ·Σ ‖WᵀW − I‖²_F over dense kernels W [inputs, units], gradient 4λ·W(WᵀW − I) (Brock et al. 2017).
import type { ParameterSlot } from "../network";
import { type Tensor, tf } from "../tensors";
import { mapKernels, sumOverKernels, timesFactor } from "./kernels";
import type { Penalty } from "./regularizer";

const isDense = ({ shape }: ParameterSlot) => shape.length === 2;

/** WᵀW − I, [units, units]: 0 where units have length 1 and are at right angles. */
function deviation(kernel: Tensor): Tensor {
  const products = tf.matMul(kernel as never, kernel as never, true, false);
  return tf.sub(products, tf.eye(kernel.shape[1] as number));
}

export const orthogonality: Penalty = {
  kind: "penalty",
  omega: (inputs) =>
    sumOverKernels(inputs, (kernel, slot) => {
      if (!isDense(slot)) return tf.scalar(0);
      return timesFactor(tf.sum(tf.square(deviation(kernel))), slot, inputs.factors);
    }),
  gradient: (inputs) =>
    mapKernels(
      inputs,
      (kernel, slot) => {
        if (!isDense(slot)) return tf.zerosLike(kernel);
        const product = tf.matMul(kernel as never, deviation(kernel) as never);
        return timesFactor(tf.mul(4, product), slot, inputs.factors);
      },
      tf.zerosLike,
    ),
};
