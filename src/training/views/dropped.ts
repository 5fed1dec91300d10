// What the step about to be taken will drop, place by place: found out by asking for its masks as the step itself will.
import type { MaskSource } from "../layers";
import { forward, type Network, type NetworkValues } from "../network";
import { type Tensor, tf } from "../tensors";

/**
 * Masks of one row of the batch, [1, units of the place], one per dropout layer in forward order; null where nothing is dropped.
 * A mask follows from its place in the batch alone, so no batch is needed. To be called within tidy.
 * @param row place in the batch, from 0.
 */
export function masksOfRow(
  network: Network,
  values: NetworkValues,
  inputSize: number,
  masks: MaskSource,
  row: number,
): (Tensor | null)[] {
  const found: (Tensor | null)[] = [];
  let asked: Tensor | null = null;
  const recorder: MaskSource = {
    mask(index, place, [, ...rest]) {
      if (place === "connect") return null;
      const mask = masks.mask(index, place, [row + 1, ...rest]);
      asked = mask && tf.slice(tf.reshape(mask, [row + 1, -1]), [row, 0], [1, -1]);
      // Shapes are all that this pass is for.
      return null;
    },
  };
  const mode = { training: true, masks: recorder };
  forward(network, values, tf.zeros([1, inputSize]), mode, ({ role }) => {
    if (role !== "dropout") return;
    found.push(asked);
    asked = null;
  });
  return found;
}

/** 1 where a mask holds 0. */
export function droppedFlags(mask: Float32Array): Uint8Array {
  return Uint8Array.from(mask, (kept) => (kept === 0 ? 1 : 0));
}
