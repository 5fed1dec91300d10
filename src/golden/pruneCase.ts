// Magnitude pruning against a reference file.
import { type PruneScope, pruneMasks } from "../lab/prune";
import type { Deviations } from "./deviations";
import type { Content, Family } from "./family";
import { asFloat32, entriesAt, numberAt, numbersAt } from "./reading";

function comparePruning(
  place: string,
  tensors: readonly Float32Array[],
  scope: PruneScope,
  expected: Content,
  deviations: Deviations,
): void {
  const masks = pruneMasks(tensors, numberAt(expected, "fraction"), scope);
  const keep = masks.flatMap((mask) => [...mask]);
  deviations.exact(`keep mask of ${place}`, keep, numbersAt(expected, "keep_masks"));
  const sizes = tensors.flatMap((tensor) => [...tensor].map(Math.abs));
  const pruned = sizes.filter((_, i) => keep[i] === 0);
  const kept = sizes.filter((_, i) => keep[i] === 1);
  const compare = (key: string, ours: number) => {
    // The file gives magnitudes as decimals; ours have been through float32.
    const theirs = Math.fround(numberAt(expected, key));
    deviations.exact(`${key} of ${place}`, [ours], [theirs]);
  };
  compare("pruned", pruned.length);
  if ("total" in expected) compare("total", sizes.length);
  if (typeof expected.largest_pruned_abs === "number") {
    compare("largest_pruned_abs", Math.max(...pruned));
  }
  if (typeof expected.smallest_kept_abs === "number") {
    compare("smallest_kept_abs", Math.min(...kept));
  }
}

export const pruneFamily: Family = {
  name: "pruning",
  recognises: (content) =>
    "matrices" in content && ("per_tensor" in content || "global_" in content),
  run(content, deviations) {
    const matrices = entriesAt(content, "matrices").map((matrix) =>
      asFloat32(numbersAt(matrix, "weights")),
    );
    for (const expected of "per_tensor" in content ? entriesAt(content, "per_tensor") : []) {
      const index = numberAt(expected, "matrix");
      const matrix = matrices[index];
      if (!matrix) throw new RangeError(`matrix is ${index}: there are ${matrices.length}.`);
      const place = `matrix ${index}, fraction ${expected.fraction}`;
      comparePruning(place, [matrix], "tensor", expected, deviations);
    }
    for (const expected of "global_" in content ? entriesAt(content, "global_") : []) {
      const place = `all matrices, fraction ${expected.fraction}`;
      comparePruning(place, matrices, "all", expected, deviations);
    }
  },
};
