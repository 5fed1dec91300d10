// Figures of weights made in one operation against the same in tensor operations, and what they say of weights that are not finite.
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RandomSequence } from "../../data/random";
import { tf } from "../tensors";
import { switchBackend } from "../testing";
import { weightScalars, weightScalarsByOperations } from "./weightScalars";
import {
  figureNames,
  fillStatistics,
  type Segment,
  statisticsWidth,
  weightStatistics,
} from "./weightStatistics";
import { statisticsByOperations } from "./weightStatisticsByOperations";

/** Weights with exact and near zeros, and some units off. */
function drawWeights(size: number, seed: number, scale: number): Float32Array {
  const sequence = new RandomSequence(seed, 3);
  return Float32Array.from({ length: size }, (_, i) => {
    const value = scale * sequence.normal();
    if (i % 7 === 0) return 0;
    if (i % 5 === 0) return value * 1e-4;
    return i % 3 === 0 ? Math.sign(value) * scale : value;
  });
}

const segments: readonly Segment[] = [
  { offset: 0, size: 42, units: 7 },
  { offset: 45, size: 600, units: 300 },
  { offset: 645, size: 5, units: 1 },
];
const length = 651;

describe.each(["cpu", "wasm"] as const)("figures of weights on %s", (backend) => {
  beforeAll(() => switchBackend(backend));
  afterAll(() => switchBackend("cpu"));

  it.each([1, 1e-3, 300])("of every kernel, at scale %d", (scale) => {
    const weights = tf.tensor1d(drawWeights(length, 4, scale));
    const expected = statisticsByOperations(weights, segments);
    const found = weightStatistics(weights, segments) as tf.Tensor;
    const [wanted, got] = [expected.dataSync(), found.dataSync()];
    expect(got).toHaveLength(segments.length * statisticsWidth);
    wanted.forEach((value, i) => {
      expect(Math.abs((got[i] as number) - value), `${i}`).toBeLessThanOrEqual(
        1e-5 * Math.abs(value),
      );
    });
    expect(got[figureNames.indexOf("unitsOff")]).toBe(1);
    tf.dispose([weights, expected, found]);
  });

  it.each([true, false])("of all together, with factors: %s", (scoped) => {
    const weights = tf.tensor1d(drawWeights(length, 5, 1));
    const kernels = tf.tensor1d(Array.from({ length }, (_, i) => (i < 600 ? 1 : 0)));
    const scope = scoped ? tf.tensor1d(Array.from({ length }, (_, i) => i % 3)) : null;
    const given = [weights, kernels, scope] as const;
    const [expected, found] = [weightScalarsByOperations(...given), weightScalars(...given)];
    const [wanted, got] = [expected.dataSync(), found.dataSync()];
    expect(got).toHaveLength(5);
    wanted.forEach((value, i) => {
      expect(value).toBeGreaterThan(0);
      expect((got[i] as number) / value, `${i}`).toBeCloseTo(1, 5);
    });
    tf.dispose([weights, kernels, scope ?? [], expected, found]);
  });

  it("count what is not finite, and leave it out of everything else", () => {
    const weights = tf.tensor1d([1, Number.NaN, -2, 0, Number.POSITIVE_INFINITY, 0]);
    const found = weightStatistics(weights, [{ offset: 0, size: 6, units: 2 }]) as tf.Tensor;
    const values = found.dataSync() as Float32Array;
    const of = (name: (typeof figureNames)[number]) => values[figureNames.indexOf(name)];
    expect(figureNames.map(of)).toEqual([3, 5, 2, 2, 2, 2, 0, 5]);
    const counts = values.subarray(figureNames.length);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(4);
    tf.dispose([weights, found]);
  });

  it("say NaN for the norm of all where a weight is NaN: that is how a divergence is seen", () => {
    const weights = tf.tensor1d([1, Number.NaN]);
    const kernels = tf.ones([2]);
    const found = weightScalars(weights, kernels, null);
    expect(found.dataSync()[0]).toBeNaN();
    tf.dispose([weights, kernels, found]);
  });
});

it("every finite weight is in exactly one bin, and every count is of the weights", () => {
  fc.assert(
    fc.property(
      fc.float32Array({ minLength: 1, maxLength: 60 }),
      fc.integer({ min: 1, max: 9 }),
      (values, units) => {
        const into = new Float64Array(statisticsWidth + 2).fill(-1);
        fillStatistics(values, units, into, 1);
        const of = (name: (typeof figureNames)[number]) =>
          into[1 + figureNames.indexOf(name)] as number;
        const counts = into.subarray(1 + figureNames.length, -1);
        const finite = values.filter(Number.isFinite);
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(finite.length);
        expect(of("notFinite")).toBe(values.length - finite.length);
        expect(of("exactZero")).toBe(finite.filter((value) => value === 0).length);
        expect(of("exactZero")).toBeLessThanOrEqual(of("nearZero"));
        // Nothing is written beside its own place.
        expect([into[0], into.at(-1)]).toEqual([-1, -1]);
      },
    ),
  );
});
