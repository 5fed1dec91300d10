// The histogram of norms per unit: every unit in one bin, the longest in the last.
import { expect, test } from "vitest";
import { binNorms } from "./UnitNorms";

test("every norm falls into one bin, 0 into the first and the top into the last", () => {
  const counts = binNorms([0, 0, 0.5, 0.99, 1], 1);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(5);
  expect(counts[0]).toBe(2);
  expect(counts.at(-1)).toBe(2);
});
