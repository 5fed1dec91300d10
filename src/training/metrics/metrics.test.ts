// Histograms, zeros and norms against their definitions and the reference file.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  describeWeights,
  histogramBins,
  histogramRange,
  symmetricHistogram,
} from "./layerStatistics";

describe("histograms", () => {
  it("count every finite value once, whatever the range", () => {
    fc.assert(
      fc.property(
        fc.array(fc.float({ noNaN: true, noDefaultInfinity: true })),
        fc.integer({ min: -10, max: 20 }),
        (values, exponent) => {
          const counts = symmetricHistogram(values, 2 ** exponent);
          expect(counts).toHaveLength(histogramBins);
          expect(counts.reduce((sum, count) => sum + count, 0)).toBe(values.length);
        },
      ),
    );
  });

  it("put edges into the upper bin and the last edge into the last bin", () => {
    const counts = symmetricHistogram([-1, -1 + 1 / 32, 0, 1], 1);
    expect(counts[0]).toBe(1);
    expect(counts[1]).toBe(1);
    expect(counts[32]).toBe(1);
    expect(counts[63]).toBe(1);
  });

  it("agree with numpy on edges that are exact in float32", () => {
    const file = join(import.meta.dirname, "../../golden/cases/histogram.json");
    const { values, hist65edges } = readHistogram(file);
    const range = hist65edges.edges.at(-1) as number;
    const inside = values.filter((value) => Math.abs(value) <= range);
    expect(symmetricHistogram(inside, range)).toEqual(hist65edges.counts);
  });

  it("have ranges that are powers of two and cover all weights", () => {
    fc.assert(
      fc.property(fc.float({ min: 2 ** -9, max: 2 ** 19, noNaN: true }), (largest) => {
        const range = histogramRange(largest);
        expect(Number.isInteger(Math.log2(range))).toBe(true);
        expect(range).toBeGreaterThanOrEqual(largest);
        expect(range).toBeLessThan(2 * largest + 1e-12);
      }),
    );
  });
});

describe("weights", () => {
  it("are described by norms and strict zeros", () => {
    const described = describeWeights(Float32Array.of(0, -0.000999, 0.001, 3, -4));
    expect(described.norm1).toBeCloseTo(7.001999, 5);
    expect(described.norm2).toBeCloseTo(5, 5);
    expect(described.largest).toBe(4);
    expect(described.exactZero).toBe(1 / 5);
    expect(described.range).toBe(4);
  });

  it("agree with the reference file", () => {
    const file = join(import.meta.dirname, "../../golden/cases/sparsity.json");
    const expected = JSON.parse(readFileSync(file, "utf8"));
    const described = describeWeights(Float32Array.from(expected.weights));
    expect(described.nearZero).toBe(expected.fraction_below);
    expect(described.exactZero).toBe(expected.exact_zeros / expected.weights.length);
    expect(described.norm1).toBeCloseTo(expected.l1_norm, 6);
    expect(described.norm2).toBeCloseTo(expected.l2_norm, 6);
  });
});

function readHistogram(file: string): {
  values: number[];
  hist65edges: { edges: number[]; counts: number[] };
} {
  return JSON.parse(readFileSync(file, "utf8"));
}
