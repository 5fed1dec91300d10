// Norm of every unit's incoming weights: what max-norm limits and group L1 shortens.
import { type Tensor, tf, tidy } from "../tensors";
import { definePanel } from "./panel";
import { readTogether } from "./read";

export interface LayerUnitNorms {
  readonly name: string;
  /** [inputs, units], or [height, width, inputs, units] of a convolution. */
  readonly shape: readonly number[];
  /** ‖w‖₂ of each unit, [units]. */
  readonly norms: Float32Array;
}

export const unitNorms = definePanel<readonly LayerUnitNorms[]>({
  interval: 250,
  appliesTo: () => true,
  open({ network }) {
    const kernels = network.slots.flatMap((slot, index) =>
      slot.kind === "kernel" ? [{ slot, index }] : [],
    );
    return {
      async measure({ values }) {
        const norms = tidy(() =>
          kernels.map(({ slot, index }) => {
            const kernel = values.parameters[index] as Tensor;
            const matrix = tf.reshape(kernel, [-1, slot.shape.at(-1) as number]);
            return tf.sqrt(tf.sum(tf.square(matrix), 0));
          }),
        );
        const read = await readTogether(norms);
        return kernels.map(({ slot }, layer) => ({
          name: slot.layer,
          shape: slot.shape,
          norms: read[layer] as Float32Array,
        }));
      },
    };
  },
});
