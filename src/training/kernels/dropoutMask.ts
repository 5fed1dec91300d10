// Dropout masks as one operation, made from (seed, step, stream, index) where they are used: same bits on every backend, nothing uploaded.
import { pcg4d } from "../../data/random";
import { type Tensor, tf } from "../tensors";

export const dropoutMaskKernel = "RegularizationDropoutMask";

/** Words of the counter tensor: seed in two halves, because WebGL keeps integers as float32, and the step. */
export const counterLength = 3;

export interface DropoutMaskAttributes {
  readonly shape: readonly number[];
  readonly stream: number;
}

/** The counter of a step as values for a tensor [counterLength]. */
export function counterValues(seed: number, step: number): Int32Array {
  return Int32Array.of(seed & 0xffff, seed >>> 16, step);
}

/**
 * Mask of the given shape: 0 with probability `rate`, else 1/(1 − rate).
 * @param counter int32 [counterLength]; @param rate float32 scalar in [0, 1).
 */
export function dropoutMask(
  counter: Tensor,
  rate: Tensor,
  attributes: DropoutMaskAttributes,
): Tensor {
  return tf
    .engine()
    .runKernel(
      dropoutMaskKernel,
      { counter, rate } as never,
      attributes as never,
    ) as unknown as Tensor;
}

const words = new Uint32Array(4);

/** The plain loop, for backends on the processor and as the oracle of all others. Writes into `mask`. */
export function fillDropoutMask(
  mask: Float32Array,
  counter: ArrayLike<number>,
  rate: number,
  stream: number,
): void {
  const seed = ((counter[1] as number) << 16) | (counter[0] as number);
  const step = counter[2] as number;
  const kept = Math.fround(1 / Math.fround(1 - rate));
  for (let i = 0; i < mask.length; i += 4) {
    pcg4d(seed, stream, step, i >>> 2, words);
    const end = Math.min(4, mask.length - i);
    for (let lane = 0; lane < end; lane++) {
      const uniform = ((words[lane] as number) >>> 8) / 16_777_216;
      mask[i + lane] = uniform < rate ? 0 : kept;
    }
  }
}
