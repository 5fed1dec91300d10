// Magnitude pruning: which weights of a trained network may go, smallest first.

/** Whose weights are ranked together. */
export type PruneScope =
  /** Each tensor by itself: every layer loses the same share. */
  | "tensor"
  /** All tensors in one ranking: layers with small weights lose more. */
  | "all";

/** The magnitude of the `count`-th smallest weight, and how many of exactly that size are to go. */
function cutOf(tensors: readonly Float32Array[], count: number): { size: number; ties: number } {
  if (count === 0) return { size: 0, ties: 0 };
  const sizes = new Float32Array(tensors.reduce((sum, tensor) => sum + tensor.length, 0));
  let offset = 0;
  for (const tensor of tensors) {
    for (const weight of tensor) sizes[offset++] = Math.abs(weight);
  }
  sizes.sort();
  const size = sizes[count - 1] as number;
  let smaller = count - 1;
  while (smaller > 0 && sizes[smaller - 1] === size) smaller--;
  return { size, ties: count - smaller };
}

/** Masks of tensors that are ranked together. Of equal weights the earlier ones go. */
function rankedTogether(tensors: readonly Float32Array[], fraction: number): Uint8Array[] {
  const total = tensors.reduce((sum, tensor) => sum + tensor.length, 0);
  const { size, ties } = cutOf(tensors, Math.floor(fraction * total));
  let left = ties;
  return tensors.map((tensor) =>
    Uint8Array.from(tensor, (weight) => {
      const magnitude = Math.abs(weight);
      if (magnitude < size) return 0;
      if (magnitude === size && left > 0) {
        left--;
        return 0;
      }
      return 1;
    }),
  );
}

/**
 * Magnitude pruning (Janowsky 1989; Han et al. 2015): the ⌊fraction·n⌋ weights with the smallest |w| go.
 * @param tensors weights of each tensor, flat, finite
 * @param fraction share of weights to remove, in [0, 1]
 * @param scope "tensor": n counts each tensor by itself; "all": one ranking over all of them
 * @returns for each tensor 1 where a weight stays, else 0
 * @throws RangeError for a fraction outside [0, 1] or weights that are not finite
 */
export function pruneMasks(
  tensors: readonly Float32Array[],
  fraction: number,
  scope: PruneScope,
): Uint8Array[] {
  if (!(fraction >= 0 && fraction <= 1)) {
    throw new RangeError(`The pruned share is ${fraction}: it must lie in 0 … 1.`);
  }
  tensors.forEach((tensor, index) => {
    const wrong = tensor.findIndex((weight) => !Number.isFinite(weight));
    if (wrong >= 0) {
      throw new RangeError(
        `Weight ${wrong} of tensor ${index} is ${tensor[wrong]}: only finite weights can be ranked.`,
      );
    }
  });
  if (scope === "all") return rankedTogether(tensors, fraction);
  return tensors.map((tensor) => rankedTogether([tensor], fraction)[0] as Uint8Array);
}

/** The weights that stay, 0 elsewhere. @param keep 1 where a weight stays, as long as `weights`. */
export function applyMask(weights: Float32Array, keep: Uint8Array): Float32Array {
  return weights.map((weight, index) => (keep[index] === 1 ? weight : 0));
}
