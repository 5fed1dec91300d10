// The network picture: as many units as are legible, the strongest lines.
import { expect, test } from "vitest";
import { chooseLines, layOut, mostShown } from "./network";

test("wide layers show a page of their units", () => {
  const { columns, tile } = layOut([2, 64, 32, 2], [0, 24, 0, 0], 400, 320);
  expect(columns.map(({ shown }) => shown)).toEqual([2, mostShown, mostShown, 2]);
  expect(columns[1]?.first).toBe(24);
  expect(tile).toBeGreaterThanOrEqual(13);
  for (const { ys } of columns) {
    for (const y of ys) expect(y).toBeGreaterThanOrEqual(0);
    for (const y of ys) expect(y).toBeLessThanOrEqual(320);
  }
});

test("the strongest lines come first and are scaled by the largest", () => {
  const { columns } = layOut([2, 3], [], 200, 200);
  const [left, right] = columns;
  if (!left || !right) throw new Error("two columns");
  const lines = chooseLines(new Float32Array([0, 1, -4, 2, 0, 3]), left, right, 3);
  expect(lines.map(({ from, to, weight }) => [from, to, weight])).toEqual([
    [0, 2, -1],
    [1, 2, 0.75],
    [1, 0, 0.5],
  ]);
});
