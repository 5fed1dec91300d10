// Signed distances must have the sign, the size and the openness that the names of the shapes promise.
import { describe, expect, test } from "vitest";
import { largestReach, type ShapeName, shapeDistances, shapeNames } from "./shapeOutlines";

const traits = { radius: 10, line: 2, grid: 4, phaseX: 1, phaseY: 1, squarePatch: false };

/** Places of a fine grid around the shape where its distance is negative: area in square pixels. */
function area(name: ShapeName, squarePatch = false): number {
  const step = 0.25;
  let inside = 0;
  for (let x = -20; x < 20; x += step) {
    for (let y = -20; y < 20; y += step) {
      if (shapeDistances[name](x, y, { ...traits, squarePatch }) < 0) inside++;
    }
  }
  return inside * step * step;
}

test("a disc has the area and the distances of a disc", () => {
  expect(Math.abs(area("disc") - Math.PI * 100)).toBeLessThan(2);
  expect(shapeDistances.disc(3, 4, traits)).toBeCloseTo(-5, 10);
  expect(shapeDistances.disc(0, 13, traits)).toBeCloseTo(3, 10);
});

test("distances to a square are those to its nearest edge or corner", () => {
  // Its corners lie on the axes, so its edges lie at corner / √2 along the diagonals.
  const corner = 12.2;
  expect(shapeDistances.square(0, 0, traits)).toBeCloseTo(-corner / Math.SQRT2, 10);
  expect(shapeDistances.square(0, -corner - 3, traits)).toBeCloseTo(3, 10);
  expect(shapeDistances.square(corner, corner, traits)).toBeCloseTo(corner / Math.SQRT2, 10);
});

test("area tells filled shapes apart as little as their forms allow", () => {
  const areas = (["disc", "square", "triangle", "star"] as const).map((name) => area(name));
  expect(Math.max(...areas) / Math.min(...areas)).toBeLessThan(1.4);
});

describe.each([
  ["ring", "disc"],
  ["frame", "square"],
  ["open triangle", "triangle"],
] as const)("%s", (open, filled) => {
  test("is the border of its filled shape: same outside, line as wide as asked, ground within", () => {
    for (const [x, y] of [
      [14, 3],
      [-9, 16],
      [0, -18],
    ] as const) {
      const outside = shapeDistances[filled](x, y, traits);
      expect(outside).toBeGreaterThan(0);
      expect(shapeDistances[open](x, y, traits)).toBeCloseTo(outside, 10);
    }
    expect(shapeDistances[open](0, 0, traits)).toBeGreaterThan(1);
    const widths = Array.from({ length: 4000 }, (_, i) => -20 + i * 0.01);
    // Straight down from the centre: an edge of the triangle, a corner of the square, so at least the line's width.
    const ink = widths.filter((y) => y > 0 && shapeDistances[open](0, y, traits) < 0).length * 0.01;
    expect(ink).toBeGreaterThan(1.98);
    expect(ink).toBeLessThan(2.02 * Math.SQRT2);
  });
});

test.each(["stripes", "checks", "dots"] as const)("%s cover a part of either patch", (name) => {
  for (const squarePatch of [false, true]) {
    const share = area(name, squarePatch) / area(squarePatch ? "square" : "disc");
    // The patch is 1.15² times the shape.
    expect(share / 1.15 ** 2).toBeGreaterThan(0.25);
    expect(share / 1.15 ** 2).toBeLessThan(0.6);
  }
});

test("stripes change across and not along, checks both ways, dots have gaps both ways", () => {
  const signs = (name: ShapeName, along: "x" | "y", other: number) => {
    const values = Array.from({ length: 160 }, (_, i) => (i - 80) / 10);
    const inside = values.map((value) => {
      const [x, y] = along === "x" ? [value, other] : [other, value];
      return shapeDistances[name](x, y, traits) < 0;
    });
    return inside.filter((value, i) => i > 0 && value !== inside[i - 1]).length;
  };
  expect(signs("stripes", "x", 0)).toBe(4);
  expect(signs("stripes", "y", 0)).toBe(0);
  expect(signs("checks", "x", 0)).toBe(4);
  expect(signs("checks", "y", 0)).toBe(4);
  expect(signs("dots", "x", -1)).toBeGreaterThanOrEqual(4);
  expect(signs("dots", "y", -1)).toBeGreaterThanOrEqual(4);
});

test("nothing reaches farther than said", () => {
  for (const name of shapeNames) {
    for (let angle = 0; angle < 6.3; angle += 0.01) {
      const reach = 10 * largestReach + 0.01;
      const distance = shapeDistances[name](reach * Math.sin(angle), reach * Math.cos(angle), {
        ...traits,
        squarePatch: true,
      });
      expect(distance, name).toBeGreaterThan(0);
    }
  }
});
