// Histograms on one axis: folding loses no count and puts each where the wide histogram would have put it.
import { expect, test } from "vitest";
import { cropMiddle, mergePairs, rebin, typicalPeak, visibleShare } from "./histogram";

const bins = 64;

function histogram(values: readonly number[], range: number): number[] {
  const counts = new Array<number>(bins).fill(0);
  for (const value of values) {
    const bin = Math.min(bins - 1, Math.max(0, Math.floor(((value + range) / (2 * range)) * bins)));
    counts[bin] = (counts[bin] as number) + 1;
  }
  return counts;
}

const values = Array.from({ length: 500 }, (_, index) => Math.sin(index * 7.3) * 0.24);

test.each([0.25, 0.5, 1, 8, 64])("folding ±0.25 into ±%d equals counting there", (range) => {
  expect(rebin(histogram(values, 0.25), 0.25, range)).toEqual(histogram(values, range));
});

test("the axis shows the middle when nearly everything is there", () => {
  const narrow = histogram(values, 1);
  expect(visibleShare([narrow])).toBe(1 / 4);
  expect(visibleShare([narrow, histogram([0.9, 0.8], 1)])).toBe(1);
  const cropped = cropMiddle(narrow, 1 / 4);
  expect(cropped).toHaveLength(16);
  expect(cropped.reduce((sum, count) => sum + count, 0)).toBe(values.length);
});

test("merged pairs keep all counts", () => {
  expect(mergePairs([1, 2, 3, 4])).toEqual([3, 7]);
});

test("one spike does not set the scale", () => {
  const rows = [
    [1, 2],
    [2, 1],
    [1, 2],
    [2, 2],
    [100, 0],
  ];
  expect(typicalPeak(rows)).toBe(2);
});
