// The record of a run: bounded, evenly spaced, the first entry never lost; and rows chosen from it for drawing.
import { expect, test } from "vitest";
import { spread, ThinnedRecord } from "./thin";

test("a long run stays bounded and evenly spaced from its first entry", () => {
  const record = new ThinnedRecord<number>(100);
  for (let entry = 0; entry < 10_000; entry++) record.add(entry);
  const all = record.all;
  expect(all.length).toBeLessThanOrEqual(101);
  expect(all.length).toBeGreaterThan(40);
  expect(all[0]).toBe(0);
  const distances = new Set(all.slice(1).map((entry, index) => entry - (all[index] as number)));
  expect(distances.size).toBe(1);
});

test("an entry of the same moment takes the place of the last", () => {
  const record = new ThinnedRecord<{ step: number; text: string }>(10);
  const same = (a: { step: number }, b: { step: number }) => a.step === b.step;
  record.add({ step: 0, text: "a" }, same);
  record.add({ step: 0, text: "b" }, same);
  record.add({ step: 1, text: "c" }, same);
  expect(record.all.map(({ text }) => text)).toEqual(["b", "c"]);
});

test("rows for drawing: no more than asked for, first and last among them, none twice", () => {
  const entries = Array.from({ length: 203 }, (_, index) => index);
  const rows = spread(entries, (entry) => entry, 150, 17);
  expect(rows).toHaveLength(17);
  expect(rows[0]).toBe(0);
  expect(rows.at(-1)).toBe(150);
  expect(new Set(rows).size).toBe(17);
  expect(spread([1, 2, 3], (entry) => entry, 9, 17)).toEqual([1, 2, 3]);
});
