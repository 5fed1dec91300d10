// Medians, quartiles and ratios, against figures worked out by hand and by NumPy.
import { expect, test } from "vitest";
import { quantile, ratioOf, spreadOf } from "./statistics";

test("the median lies in the middle, between two values where their number is even", () => {
  expect(quantile([9, 1, 5], 0.5)).toBe(5);
  expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
});

test("quartiles are those of numpy.percentile", () => {
  // numpy.percentile([7, 1, 3, 10, 4], [25, 50, 75])
  expect(spreadOf([7, 1, 3, 10, 4])).toEqual({ median: 4, low: 3, high: 7, count: 5 });
  // numpy.percentile([1, 2, 3, 4], [25, 75])
  expect(quantile([1, 2, 3, 4], 0.25)).toBeCloseTo(1.75, 12);
  expect(quantile([1, 2, 3, 4], 0.75)).toBeCloseTo(3.25, 12);
});

test("numbers are sorted as numbers and the list is left alone", () => {
  const values = [100, 9, 20];
  expect(quantile(values, 0.5)).toBe(20);
  expect(values).toEqual([100, 9, 20]);
});

test("one value is its own spread; no value is an error", () => {
  expect(spreadOf([3])).toEqual({ median: 3, low: 3, high: 3, count: 1 });
  expect(() => spreadOf([])).toThrow(RangeError);
});

test("a ratio is that of the medians; its spread is that of the rounds", () => {
  // In the third round the machine was busy for both.
  const ratio = ratioOf([10, 12, 40], [5, 4, 20]);
  expect(ratio.median).toBeCloseTo(12 / 5, 12);
  expect([ratio.low, ratio.high]).toEqual([2, 2.5]);
  expect(ratio.count).toBe(3);
});

test("rounds that only one side has don't count in a ratio's spread", () => {
  expect(ratioOf([8, 8], [4])).toEqual({ median: 2, low: 2, high: 2, count: 1 });
});
