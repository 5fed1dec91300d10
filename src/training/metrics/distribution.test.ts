// Histograms between given edges and counts of small values, against definitions.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countBelow, countZeros, histogram } from "./distribution";

const values = fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { maxLength: 60 });
const edges = fc
  .uniqueArray(fc.integer({ min: -8, max: 8 }), { minLength: 2, maxLength: 12 })
  .map((list) => list.sort((a, b) => a - b).map((edge) => edge / 4));

describe("a histogram between given edges", () => {
  it("counts every value once, in the bin that holds it", () => {
    fc.assert(
      fc.property(fc.oneof(values, edges), edges, (list, bounds) => {
        const { counts, below, above } = histogram(list, bounds);
        const last = bounds.length - 1;
        const between = (low: number, high: number, closed: boolean) =>
          list.filter((value) => value >= low && (closed ? value <= high : value < high)).length;
        expect(counts).toEqual(
          bounds.slice(1).map((high, k) => between(bounds[k] as number, high, k === last - 1)),
        );
        expect(below).toBe(list.filter((value) => value < (bounds[0] as number)).length);
        expect(above).toBe(list.filter((value) => value > (bounds[last] as number)).length);
      }),
    );
  });

  it("leaves NaN out and takes infinities as outside", () => {
    const counted = histogram([Number.NaN, Number.POSITIVE_INFINITY, -Infinity], [0, 1]);
    expect(counted).toEqual({ counts: [0], below: 1, above: 1 });
  });

  it("refuses edges that do not ascend", () => {
    expect(() => histogram([1], [0])).toThrow("at least 2");
    expect(() => histogram([1], [0, 2, 2])).toThrow("Edge 2 is 2: it must be above 2.");
    expect(() => histogram([1], [0, Number.NaN])).toThrow("Edge 1 is NaN");
  });
});

describe("counts of small values", () => {
  it("are strict, and know both zeros", () => {
    const weights = [0, -0, 1e-3, -1e-3, 0.000999, -0.000999];
    expect(countBelow(weights, 1e-3)).toBe(4);
    expect(countZeros(weights)).toBe(2);
  });
});
