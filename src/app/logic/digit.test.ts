// Drawings in MNIST's form: size 20, centre of mass in the middle, whatever was drawn where.
import { expect, test } from "vitest";
import { rasterize, type Stroke, side } from "./digit";

function facts(pixels: Float32Array) {
  let mass = 0;
  let x = 0;
  let y = 0;
  let top = side;
  let bottom = -1;
  pixels.forEach((value, pixel) => {
    const column = pixel % side;
    const row = Math.floor(pixel / side);
    mass += value;
    x += value * (column + 0.5);
    y += value * (row + 0.5);
    if (value > 100) {
      top = Math.min(top, row);
      bottom = Math.max(bottom, row);
    }
  });
  return { x: x / mass, y: y / mass, tall: bottom - top + 1 };
}

const hook: Stroke = [
  { x: 0, y: 0 },
  { x: 0, y: 100 },
  { x: 50, y: 100 },
];
const moved: Stroke = hook.map(({ x, y }) => ({ x: x * 0.4 + 170, y: y * 0.4 + 220 }));

test.each([
  ["large", hook],
  ["small and in a corner", moved],
])("a %s drawing is centred", (_, stroke) => {
  const pixels = rasterize([stroke]);
  if (!pixels) throw new Error("nothing was drawn");
  const { x, y, tall } = facts(pixels);
  expect(x).toBeCloseTo(side / 2, 0);
  expect(y).toBeCloseTo(side / 2, 0);
  expect(tall).toBeGreaterThanOrEqual(19);
  expect(tall).toBeLessThanOrEqual(21);
  expect(Math.max(...pixels)).toBeLessThanOrEqual(255);
});

test("nothing drawn is no picture, a dot is a dot", () => {
  expect(rasterize([])).toBeNull();
  const dot = rasterize([[{ x: 10, y: 10 }]]);
  expect(dot?.some((value) => value > 200)).toBe(true);
});
