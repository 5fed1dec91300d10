// Stroke digits must be pictures of digits at every noise: inked, varied, repeatable and quick to make.
import { expect, test } from "vitest";
import { digitGlyphs, parseGlyph } from "./glyphs";
import { drawSegments, smoothPath } from "./raster";
import { drawStrokeDigit, picturePixels, pictureSide } from "./strokeDigits";
import { sum } from "./testing";

test("every digit has at least four ways of writing, all within the glyph box", () => {
  expect(digitGlyphs).toHaveLength(10);
  for (const variants of digitGlyphs) {
    expect(variants.length).toBeGreaterThanOrEqual(4);
    for (const { points } of variants.flat()) {
      expect(points.length).toBeGreaterThanOrEqual(4);
      expect(points.length % 2).toBe(0);
      expect(points.every((value) => value >= 0 && value <= 100)).toBe(true);
    }
  }
});

test("a glyph's text is read into strokes, corners twice, and nonsense is refused", () => {
  expect(parseGlyph("1,2 3,4^ 5,6; 7,8 9,10").map((stroke) => stroke.points)).toEqual([
    [1, 2, 3, 4, 3, 4, 5, 6],
    [7, 8, 9, 10],
  ]);
  expect(() => parseGlyph("1,2 3")).toThrow(SyntaxError);
});

test("a smooth path goes through its points and turns sharply at corners only", () => {
  const path = smoothPath([0, 0, 10, 0, 10, 0, 10, 10]);
  const points = Array.from({ length: path.length / 2 }, (_, i) => path.slice(2 * i, 2 * i + 2));
  expect(points[0]).toEqual([0, 0]);
  expect(points).toContainEqual([10, 0]);
  expect(points.at(-1)).toEqual([10, 10]);
  // With the corner both legs stay straight.
  expect(points.every(([x, y]) => y === 0 || x === 10)).toBe(true);
});

test("ink falls off with the distance to the stroke", () => {
  const ink = new Float32Array(81);
  drawSegments([1, 4, 7, 4, 1], 1, 9, ink);
  const column = Array.from({ length: 9 }, (_, y) => ink[9 * y + 4]);
  expect(column).toEqual([0, 0, 0, 0.5, 1, 0.5, 0, 0, 0]);
  expect(ink[9 * 4]).toBe(0.5);
});

test.each([0, 0.3, 0.7, 1])("at noise %d every digit is inked but not flooded", (noise) => {
  for (let step = 0; step < 300; step++) {
    const pixels = drawStrokeDigit(step % 10, noise, 1, step);
    const bright = pixels.filter((value) => value > 100).length;
    expect(bright).toBeGreaterThan(8);
    expect(bright).toBeLessThan(picturePixels / 2);
  }
});

test("tidy digits keep clear of the border", () => {
  for (let step = 0; step < 200; step++) {
    const pixels = drawStrokeDigit(step % 10, 0, 1, step);
    const border = pixels.filter((_, i) => {
      const x = i % pictureSide;
      const y = Math.floor(i / pictureSide);
      return x === 0 || y === 0 || x === pictureSide - 1 || y === pictureSide - 1;
    });
    expect(sum(border)).toBe(0);
  }
});

test("the same arguments give the same bytes; any other argument gives others", () => {
  const picture = drawStrokeDigit(3, 0.3, 1, 5);
  expect(drawStrokeDigit(3, 0.3, 1, 5, new Uint8Array(picturePixels).fill(9))).toEqual(picture);
  expect(drawStrokeDigit(4, 0.3, 1, 5)).not.toEqual(picture);
  expect(drawStrokeDigit(3, 0.31, 1, 5)).not.toEqual(picture);
  expect(drawStrokeDigit(3, 0.3, 2, 5)).not.toEqual(picture);
  expect(drawStrokeDigit(3, 0.3, 1, 6)).not.toEqual(picture);
  expect(() => drawStrokeDigit(10, 0.3, 1, 5)).toThrow(RangeError);
});

/** Mean squared distance of pictures of one digit from their mean, per pixel. */
function variance(digit: number, noise: number): number {
  const count = 60;
  const pictures = Array.from({ length: count }, (_, step) =>
    drawStrokeDigit(digit, noise, 1, step),
  );
  let total = 0;
  for (let i = 0; i < picturePixels; i++) {
    const values = pictures.map((picture) => picture[i] as number);
    const mean = sum(values) / count;
    total += sum(values.map((value) => (value - mean) ** 2)) / count;
  }
  return total / picturePixels;
}

test.each([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])("noise makes pictures of %d differ more", (digit) => {
  expect(variance(digit, 0)).toBeGreaterThan(0);
  expect(variance(digit, 0.3)).toBeGreaterThan(1.15 * variance(digit, 0));
  expect(variance(digit, 0.8)).toBeGreaterThan(1.05 * variance(digit, 0.3));
});

/** Share of 150 pictures whose nearest picture among 400 others shows the same digit. */
function nearestNeighbourAccuracy(noise: number): number {
  const draw = (count: number, start: number) =>
    Array.from({ length: count }, (_, i) => drawStrokeDigit(i % 10, noise, 1, start + i));
  const known = draw(400, 0);
  const hits = draw(150, 10_000).filter((picture, i) => {
    let best = Number.POSITIVE_INFINITY;
    let nearest = -1;
    known.forEach((other, j) => {
      let distance = 0;
      for (let k = 0; k < picturePixels && distance < best; k++) {
        distance += ((picture[k] as number) - (other[k] as number)) ** 2;
      }
      if (distance >= best) return;
      best = distance;
      nearest = j % 10;
    });
    return nearest === i % 10;
  });
  return hits.length / 150;
}

test("digits can be told apart: nearly all when tidy, most at 0.3, few at 1", () => {
  expect(nearestNeighbourAccuracy(0)).toBeGreaterThan(0.98);
  expect(nearestNeighbourAccuracy(0.3)).toBeGreaterThan(0.7);
  expect(nearestNeighbourAccuracy(1)).toBeLessThan(0.5);
});
