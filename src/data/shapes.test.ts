// Shapes must be colour pictures of the class they are labelled with: repeatable, balanced, told apart when clean, hidden by noise.
import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { describeTask } from "../experiment/tasks";
import { sceneBytes, sceneSide } from "./colourScene";
import { classNamesOf, sampleForThumbnail } from "./index";
import { shapeNames } from "./shapeOutlines";
import { drawShape } from "./shapes";
import { histogram, settings, sum } from "./testing";

const kinds = shapeNames.map((name, kind) => [name, kind] as const);

test("the task is ten classes of 32×32 pictures with three colours", () => {
  const data = settings({ kind: "shapes" });
  const { inputShape, inputSize, outputs, view } = describeTask(data);
  expect(inputShape).toEqual([32, 32, 3]);
  expect(inputSize).toBe(sceneBytes);
  expect(classNamesOf(data)).toHaveLength(outputs);
  expect(view).toBe("pictures");
});

test("the same arguments give the same bytes; any other argument gives others", () => {
  const picture = drawShape(3, 0.3, 1, 5);
  // Nothing of the picture drawn before may be left.
  drawShape(7, 1, 8, 9);
  expect(drawShape(3, 0.3, 1, 5, new Uint8Array(sceneBytes).fill(9))).toEqual(picture);
  expect(drawShape(4, 0.3, 1, 5)).not.toEqual(picture);
  expect(drawShape(3, 0.31, 1, 5)).not.toEqual(picture);
  expect(drawShape(3, 0.3, 2, 5)).not.toEqual(picture);
  expect(drawShape(3, 0.3, 1, 6)).not.toEqual(picture);
  expect(() => drawShape(10, 0.3, 1, 5)).toThrow("A shape is 0 … 9, not 10.");
});

test("pictures stay what they were: measured figures depend on every byte", () => {
  const hash = createHash("sha256");
  for (let i = 0; i < 40; i++) hash.update(drawShape(i % 10, (i % 7) / 6, 1, i));
  expect(hash.digest("hex").slice(0, 16)).toBe("91226432789eb685");
});

test("classes are balanced to within one in every part", () => {
  for (const part of ["train", "validation", "test"] as const) {
    const data = settings({ kind: "shapes", mislabelled: 0 });
    const counts = histogram(sampleForThumbnail(data, 2, part, 104).labels, 10);
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
  }
});

test("bytes use the whole range and the three colours differ", () => {
  const { inputs } = sampleForThumbnail(settings({ kind: "shapes" }), 1, "train", 100);
  const counts = histogram(inputs, 256);
  expect(counts.every((count) => count > 0)).toBe(true);
  const means = Array.from({ length: 100 }, (_, i) =>
    [0, 1, 2].map((k) => {
      const picture = inputs.subarray(i * sceneBytes, (i + 1) * sceneBytes);
      return sum(picture.filter((_value, at) => at % 3 === k)) / sceneSide ** 2;
    }),
  );
  const colourful = means.filter((rgb) => Math.max(...rgb) - Math.min(...rgb) > 20);
  expect(colourful.length).toBeGreaterThan(70);
});

/** Pixels that look unlike the border of a clean picture: where the shape is. */
function maskOf(picture: Uint8Array): boolean[] {
  const pixels = Array.from({ length: sceneSide ** 2 }, (_, i) =>
    [0, 1, 2].map((k) => picture[3 * i + k] as number),
  );
  const corners = [0, sceneSide - 1, sceneSide * (sceneSide - 1), sceneSide ** 2 - 1];
  const ground = [0, 1, 2].map((k) => sum(corners.map((i) => pixels[i]?.[k] as number)) / 4);
  const away = pixels.map((rgb) => Math.hypot(...rgb.map((v, k) => v - (ground[k] as number))));
  const half = Math.max(...away) / 2;
  return away.map((distance) => distance > half);
}

const rings = 8;

/** What does not change with place, turn and size: how the shape's cover and its changes run from its middle outwards. */
function features(picture: Uint8Array): number[] {
  const mask = maskOf(picture);
  const inside = [...mask.keys()].filter((i) => mask[i]);
  const mean = (of: (i: number) => number) => sum(inside.map(of)) / inside.length;
  const x0 = mean((i) => i % sceneSide);
  const y0 = mean((i) => Math.floor(i / sceneSide));
  const reaches = inside.map((i) =>
    Math.hypot((i % sceneSide) - x0, Math.floor(i / sceneSide) - y0),
  );
  const reach = Math.max(...reaches);
  const result: number[] = [];
  const turns = 120;
  for (let ring = 0; ring < rings; ring++) {
    const radius = ((ring + 0.5) / rings) * reach;
    const around = Array.from({ length: turns }, (_, t) => {
      const x = Math.round(x0 + radius * Math.cos((2 * Math.PI * t) / turns));
      const y = Math.round(y0 + radius * Math.sin((2 * Math.PI * t) / turns));
      return mask[y * sceneSide + x] === true;
    });
    const changes = around.filter((value, t) => value !== around[(t + 1) % turns]).length;
    result.push(around.filter(Boolean).length / turns, changes / 12);
  }
  return result;
}

test("clean classes can be told apart by the form of the covered pixels alone", () => {
  const draw = (start: number, count: number) =>
    Array.from({ length: count }, (_, i) => ({
      kind: i % 10,
      features: features(drawShape(i % 10, 0, 1, start + i)),
    }));
  const known = draw(0, 400);
  const hits = draw(10_000, 200).filter(({ kind, features }) => {
    const distances = known.map((other) =>
      sum(features.map((value, i) => (value - (other.features[i] as number)) ** 2)),
    );
    return known[distances.indexOf(Math.min(...distances))]?.kind === kind;
  });
  expect(hits.length / 200).toBeGreaterThan(0.9);
});

test.each(kinds)("clean %s: the middle is covered where it should be", (name, kind) => {
  const filled = ["disc", "square", "triangle", "star"].includes(name);
  const open = ["ring", "frame", "open triangle"].includes(name);
  const covered = Array.from({ length: 40 }, (_, step) => {
    const mask = maskOf(drawShape(kind, 0, 1, step));
    const inside = [...mask.keys()].filter((i) => mask[i]);
    const x = Math.round(sum(inside.map((i) => i % sceneSide)) / inside.length);
    const y = Math.round(sum(inside.map((i) => Math.floor(i / sceneSide))) / inside.length);
    return mask[y * sceneSide + x];
  }).filter(Boolean).length;
  if (filled) expect(covered).toBe(40);
  else if (open) expect(covered).toBe(0);
  else {
    // Patterns are shifted at random, so the middle is covered now and then.
    expect(covered).toBeGreaterThan(3);
    expect(covered).toBeLessThan(37);
  }
});

/** Mean absolute difference of neighbouring pixels: edges, clutter and grain. */
function roughness(noise: number): number {
  let total = 0;
  for (let step = 0; step < 60; step++) {
    const picture = drawShape(step % 10, noise, 1, step);
    for (let i = 3; i < sceneBytes; i++)
      total += Math.abs((picture[i] as number) - (picture[i - 3] as number));
  }
  return total / (60 * sceneBytes);
}

test("clean shapes are brighter than their ground; at noise 1 many are darker", () => {
  const brighter = (noise: number) =>
    Array.from({ length: 100 }, (_, step) => {
      // The middle of a disc lies near the picture's; its corners are ground.
      const picture = drawShape(0, noise, 1, step);
      const light = (at: number) => sum(picture.subarray(3 * at, 3 * at + 3));
      const ground = light(0) + light(sceneSide - 1) + light(sceneSide * (sceneSide - 1));
      return light(sceneSide * 16 + 16) > ground / 3;
    }).filter(Boolean).length;
  expect(brighter(0)).toBeGreaterThan(95);
  expect(brighter(1)).toBeLessThan(70);
});

test("noise makes pictures rougher", () => {
  const values = [0, 0.25, 0.5, 0.75, 1].map(roughness);
  for (const [i, value] of values.entries()) {
    if (i > 0) expect(value).toBeGreaterThan(1.1 * (values[i - 1] as number));
  }
});
