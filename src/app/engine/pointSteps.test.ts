// Kept steps come back as they were, however the points changed, and damaged ones count for nothing.
import fc from "fast-check";
import { expect, test } from "vitest";
import { placePoint } from "../../data/points/points";
import { printSteps, readSteps } from "./pointSteps";

const point = fc
  .tuple(fc.integer({ min: -20, max: 20 }), fc.nat({ max: 3 }), fc.nat({ max: 2 }))
  .map(([x, y, kind]) => placePoint(x / 16, y / 8, kind));
const set = fc.array(point, { maxLength: 12 });
const sets = fc.array(set, { maxLength: 8 });

test("whatever the sets are, they come back", () => {
  fc.assert(
    fc.property(set, sets, sets, (points, past, future) => {
      const text = printSteps(points, { past, future });
      expect(readSteps(points, text)).toEqual({ past, future });
    }),
  );
});

test("a click costs a few letters, and a hundred steps are kept", () => {
  const all = Array.from({ length: 300 }, (_, i) => placePoint(i / 300, 0.5, i % 2));
  const past = all.map((_, i) => all.slice(0, i));
  const text = printSteps(all, { past, future: [] });
  expect(text.length).toBeLessThan(1000);
  expect(readSteps(all, text).past).toEqual(past.slice(-100));
});

test.each([
  null,
  "rubbish",
  "{}",
  '{"of":0,"past":[[3,0]],"future":[]}',
  '{"of":0,"past":[[0,0,1,2]],"future":[]}',
  '{"of":0,"past":[[-1,0]],"future":[]}',
  '{"of":0,"past":[[0,0,1,2,9]],"future":[]}',
  '{"of":1,"past":[],"future":[]}',
])("%s gives none", (text) => {
  expect(readSteps([], text)).toEqual({ past: [], future: [] });
});
