// Max-norm: units whose incoming weights are longer than c are scaled back to length c (Srebro & Shraibman 2005; Hinton et al. 2012).
import { tf } from "../tensors";
import { mapKernels, smallestNorm, unitNorms } from "./kernels";
import type { Constraint } from "./regularizer";

export const maxNorm: Constraint = {
  kind: "constraint",
  apply(inputs) {
    const limit = inputs.hyperparameters.tensor("maxNorm");
    return mapKernels(inputs, (kernel) => {
      const norms = tf.maximum(unitNorms(kernel), smallestNorm);
      return tf.mul(kernel, tf.minimum(1, tf.div(limit, norms)));
    });
  },
};
