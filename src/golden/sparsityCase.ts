// Zeros and norms of weights against a reference file: counted in double precision, and on the backend as training does.
import {
  countBelow,
  countZeros,
  describeWeights,
  nearZeroThreshold,
  weightScalarNames,
  weightScalars,
} from "../training/metrics";
import { tf, tidy } from "../training/tensors";
import type { Content, Family } from "./family";
import { asFloat32, isContent, numberAt, numbersAt } from "./reading";

type ScalarName = (typeof weightScalarNames)[number];

/** Norm, zeros and the L1 sum as the curves show them. */
async function scalarsOnBackend(weights: Float32Array): Promise<(name: ScalarName) => number> {
  const stacked = tidy(() => {
    const held = tf.tensor1d(weights);
    return weightScalars(held, tf.onesLike(held), null);
  });
  const values = await stacked.data();
  return (name) => values[weightScalarNames.indexOf(name)] as number;
}

/** Shares below further thresholds, by the threshold as text. */
function otherThresholds(content: Content): [number, number][] {
  const held = content.fraction_below_other;
  if (!isContent(held)) return [];
  return Object.keys(held).map((key) => [Number(key), numberAt(held, key)]);
}

export const sparsityFamily: Family = {
  name: "sparsity",
  recognises: (content) =>
    "weights" in content && "threshold" in content && "count_below" in content,
  async run(content, deviations, limits) {
    const weights = asFloat32(numbersAt(content, "weights"));
    const threshold = numberAt(content, "threshold");
    const expected = (key: string) => [numberAt(content, key)];
    const below = countBelow(weights, threshold);
    deviations.exact("count_below", [below], expected("count_below"));
    const fraction = below / weights.length;
    deviations.compare("fraction_below", [fraction], expected("fraction_below"), limits.double);
    deviations.exact("exact_zeros", [countZeros(weights)], expected("exact_zeros"));
    for (const [other, share] of otherThresholds(content)) {
      const ours = countBelow(weights, other) / weights.length;
      deviations.compare(`share below ${other}`, [ours], [share], limits.double);
    }
    const { norm1, norm2 } = describeWeights(weights);
    deviations.compare("l1_norm", [norm1], expected("l1_norm"), limits.double);
    deviations.compare("l2_norm", [norm2], expected("l2_norm"), limits.double);
    const onBackend = await scalarsOnBackend(weights);
    const compareOnBackend = (name: ScalarName, theirs: number) =>
      deviations.compare(`${name} on the backend`, [onBackend(name)], [theirs], limits.pass);
    compareOnBackend("weightNorm", numberAt(content, "l2_norm"));
    compareOnBackend("absolutes", numberAt(content, "l1_norm"));
    compareOnBackend("exactZero", numberAt(content, "exact_zeros") / weights.length);
    if (threshold === nearZeroThreshold) {
      compareOnBackend("nearZero", numberAt(content, "fraction_below"));
    }
  },
};
