// Normalization as one operation: equal to the reference in values and gradients, and few kernels forward and back.
import { beforeAll, describe, expect, it } from "vitest";
import { type Tensor, tf, tidy } from "../tensors";
import { switchBackend } from "../testing";
import { batchNormalize, batchNormalizeByOperations } from "./batchNormalize";
import {
  drawInputs,
  type Form,
  type Normalization,
  normalizationErrors,
  normalizations,
  passBoth,
} from "./normalizeComparison";

/** Groups of one or two values have no gradient but rounding. */
const shapes = [
  [5, 6],
  [1, 8],
  [3, 4, 5, 6],
  [2, 1, 1, 10],
] as const;
const forms = ["layer", "operations"] as const;

async function countKernels(kind: Normalization, form: Form, shape: readonly number[]) {
  const { inputs, slope } = drawInputs({ kind, shape });
  const { kernels } = await tf.profile(
    () => passBoth(kind, form, inputs, slope) as never as tf.TensorContainer,
  );
  tf.dispose([inputs, slope]);
  // Views of the same values cost nothing.
  return kernels.filter(({ name }) => name !== "Reshape" && name !== "Identity").length;
}

describe.each(["cpu", "wasm"] as const)("normalization on %s", (backend) => {
  beforeAll(() => switchBackend(backend));

  const cases = normalizations.flatMap((kind) =>
    (kind === "batch" ? [shapes[0], shapes[2]] : shapes).flatMap((shape) =>
      forms
        .filter((form) => form === "layer" || kind !== "batch")
        .map((form) => [kind, form, shape] as const),
    ),
  );

  it.each(cases)("%s, %s: values and gradients of %j are the reference's", async (...held) => {
    const [kind, form, shape] = held;
    for (const error of await normalizationErrors({ kind, shape }, form)) {
      expect(error).toBeLessThan(2e-5);
    }
  });

  it.each(normalizations)("%s: inputs far from 0 keep their digits", async (kind) => {
    const errors = await normalizationErrors({ kind, shape: [64, 30], offset: 50 }, "layer");
    for (const error of errors) expect(error).toBeLessThan(1e-3);
  });

  it.each(normalizations)("%s is few kernels forward and back", async (kind) => {
    // The test's own zeros; for batches also what moves the running statistics.
    const beside = kind === "batch" ? 7 : 1;
    const own = (await countKernels(kind, "layer", [4, 3, 3, 6])) - beside;
    expect(own).toBe(2);
  });

  it.each([
    ["layer", 22],
    ["rms", 16],
    ["group", 22],
  ] as const)(
    "%s in operations is at most %d kernels, fewer than the reference",
    async (kind, most) => {
      const found = await countKernels(kind, "operations", [4, 3, 3, 6]);
      expect(found).toBeLessThanOrEqual(most);
      expect(found).toBeLessThan(await countKernels(kind, "reference", [4, 3, 3, 6]));
    },
  );

  it.each(normalizations)("%s keeps NaN", (kind) => {
    const { inputs, slope } = drawInputs({ kind, shape: [3, 4] });
    const values = (inputs[0] as Tensor).dataSync().slice();
    values[5] = Number.NaN;
    const x = tf.tensor2d(values as Float32Array, [3, 4]);
    const [y] = passBoth(kind, "layer", [x, ...inputs.slice(1)], slope) as [Tensor];
    expect([...y.dataSync()].some(Number.isNaN)).toBe(true);
  });

  it("hands out the batch's mean and biased variance", () => {
    const x = tf.tensor2d([1, 10, 3, 14, 8, 30], [3, 2]);
    const [scale, shift] = [tf.ones([2]), tf.zeros([2])];
    for (const compute of [batchNormalize, batchNormalizeByOperations]) {
      const read = tidy(() => {
        const { mean, variance } = compute(x, scale, shift, 1e-5);
        return [...mean.dataSync(), ...variance.dataSync()];
      });
      [4, 18, 26 / 3, 224 / 3].forEach((value, i) => {
        expect(read[i]).toBeCloseTo(value, 4);
      });
    }
  });
});
