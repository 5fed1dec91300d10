// Ranges and chances against published examples.
import { expect, test } from "vitest";
import { chanceOf, wilson } from "./intervals";

test.each([
  // Newcombe 1998, Statistics in Medicine 17, 857: Table I, method 3.
  [81, 263, 0.2553, 0.3662],
  [15, 148, 0.0624, 0.1605],
  [0, 20, 0, 0.1611],
  [1, 29, 0.0061, 0.1718],
])("Wilson's interval of %i in %i", (right, count, low, high) => {
  const range = wilson({ right, count });
  expect(range.low).toBeCloseTo(low, 3);
  expect(range.high).toBeCloseTo(high, 3);
});

test.each([
  // The lady tasting tea (Fisher 1935), convictions of twins (Fisher 1962; R's fisher.test gives 0.0005367).
  [3, 4, 1, 4, 34 / 70],
  [2, 17, 10, 13, 0.0005367],
  [5, 10, 50, 100, 1],
  [0, 0, 3, 4, 1],
])("Fisher's exact test of %i/%i against %i/%i", (a, m, b, n, chance) => {
  expect(chanceOf({ right: a, count: m }, { right: b, count: n })).toBeCloseTo(chance, 6);
  expect(chanceOf({ right: b, count: n }, { right: a, count: m })).toBeCloseTo(chance, 6);
});

test("four right answers of four prove little", () => {
  expect(wilson({ right: 4, count: 4 }).low).toBeLessThan(0.52);
  expect(chanceOf({ right: 4, count: 4 }, { right: 70, count: 100 })).toBeGreaterThan(0.3);
});
