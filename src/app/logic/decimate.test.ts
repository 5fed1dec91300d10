// Thinning for charts: within the limit, peaks kept, ends kept, order kept.
import fc from "fast-check";
import { expect, test } from "vitest";
import { bucketsOf, chooseRows, lastAtMost } from "./decimate";

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

test("any four series: the smallest and the largest of every bucket survive, and the last value is the last", () => {
  const value = fc.oneof(
    { weight: 9, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }) },
    { weight: 1, arbitrary: fc.constant(Number.NaN) },
  );
  const row = fc.tuple(value, value, value, value);
  fc.assert(
    fc.property(fc.array(row, { minLength: 301, maxLength: 2000 }), (table) => {
      const series = [0, 1, 2, 3].map((column) => table.map((cells) => cells[column] as number));
      const rows = chooseRows(series, table.length, 300);
      expect(rows.length).toBeLessThanOrEqual(300);
      expect(rows.at(-1)).toBe(table.length - 1);
      const buckets = bucketsOf(series.length, table.length, 300);
      expect(buckets[0]?.[0]).toBe(0);
      expect(buckets.at(-1)?.[1]).toBe(table.length);
      for (const [from, to] of buckets) {
        const kept = rows.filter((chosen) => chosen >= from && chosen < to);
        for (const column of series) {
          const all = column.slice(from, to).filter(Number.isFinite);
          if (all.length === 0) continue;
          const drawn = kept.map((chosen) => column[chosen] as number).filter(Number.isFinite);
          expect(Math.min(...drawn)).toBe(Math.min(...all));
          expect(Math.max(...drawn)).toBe(Math.max(...all));
        }
      }
    }),
    { numRuns: 40 },
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
