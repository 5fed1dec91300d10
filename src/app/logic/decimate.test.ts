// Thinning for charts: within the limit, peaks kept, ends kept, order kept.
import fc from "fast-check";
import { expect, test } from "vitest";
import { chooseRows, lastAtMost } from "./decimate";

test("short series stay whole", () => {
  expect(chooseRows([[3, 1, 2]], 3, 300)).toEqual([0, 1, 2]);
});

test("any series: at most the limit, ascending, ends and extremes among them", () => {
  const series = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), {
    minLength: 1,
    maxLength: 3000,
  });
  fc.assert(
    fc.property(series, (values) => {
      const other = values.map((value) => -value / 2);
      const rows = chooseRows([values, other], values.length, 300);
      expect(rows.length).toBeLessThanOrEqual(300);
      expect(rows).toEqual([...new Set(rows)].sort((a, b) => a - b));
      expect(rows[0]).toBe(0);
      expect(rows.at(-1)).toBe(values.length - 1);
      const kept = rows.map((row) => values[row] as number);
      expect(Math.max(...kept)).toBe(Math.max(...values));
      expect(Math.min(...kept)).toBe(Math.min(...values));
    }),
    { numRuns: 60 },
  );
});

test("values that are no numbers are passed over", () => {
  const values = Array.from({ length: 1000 }, (_, row) => (row === 500 ? 9 : Number.NaN));
  expect(chooseRows([values], 1000, 100)).toContain(500);
});

test("the last entry at most a value", () => {
  expect(lastAtMost([0, 1, 2, 5], 2.5)).toBe(2);
  expect(lastAtMost([0, 1, 2, 5], 99)).toBe(3);
  expect(lastAtMost([0, 1, 2, 5], -1)).toBe(0);
});
