// Axes: round ticks, few moves.
import { expect, test } from "vitest";
import { decades, epochEnd, niceCeiling, niceTicks, tickText } from "./axis";

test("ticks are round and within the axis", () => {
  expect(niceTicks(0, 1, 5)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
  expect(niceTicks(0, 300, 5)).toEqual([0, 100, 200, 300]);
  expect(niceTicks(5, 5, 5)).toEqual([5]);
});

test("a ceiling is at or above its value", () => {
  for (const value of [0.013, 0.7, 1, 1.36, 9.9, 123]) {
    expect(niceCeiling(value)).toBeGreaterThanOrEqual(value);
    expect(niceCeiling(value)).toBeLessThanOrEqual(value * 1.5 + 1e-9);
  }
  expect(niceCeiling(Number.NaN)).toBe(1);
});

test("the epoch axis moves three times at most", () => {
  const ends = new Set(Array.from({ length: 301 }, (_, epoch) => epochEnd(epoch, 300)));
  expect(ends.size).toBe(4);
  expect(epochEnd(300, 300)).toBe(300);
  expect(epochEnd(0.5, 1)).toBe(1);
});

test("a logarithmic axis spans whole decades", () => {
  expect(decades(0.02, 1.4)).toEqual({ domain: [0.01, 10], ticks: [0.01, 0.1, 1, 10] });
});

test.each([
  [0, "0"],
  [0.25, "0.25"],
  [1990, "1990"],
  [12_500, "12.5K"],
  [-250_000, "−250K"],
  [1.5e-7, "1.5e−7"],
  [2e16, "2e16"],
])("a tick at %f is %s", (value, text) => {
  expect(tickText(value)).toBe(text);
});
