// Clicks and arrow keys on the plane: the right place, the right point, never beyond the border.
import { expect, test } from "vitest";
import { placePoint } from "../../data/points/points";
import { moved, placeAt, pointNear, sharesOf } from "./plane";

test("a place in pixels and back", () => {
  expect(placeAt(0.5, 0.5)).toEqual({ x: 0, y: 0 });
  expect(placeAt(0, 0)).toEqual({ x: -1.5, y: 1.5 });
  expect(sharesOf(placeAt(0.25, 0.875))).toEqual([0.25, 0.875]);
});

test("the nearest point within reach, the one on top of equals", () => {
  const points = [placePoint(0, 0, 0), placePoint(0.1, 0, 1), placePoint(0.1, 0, 0)];
  expect(pointNear(points, { x: 0.02, y: 0 }, 0.05)).toBe(0);
  expect(pointNear(points, { x: 0.09, y: 0 }, 0.05)).toBe(2);
  expect(pointNear(points, { x: 0.5, y: 0 }, 0.05)).toBe(-1);
});

test("arrow keys move the cursor, further with Shift, not over the border", () => {
  expect(moved({ x: 0, y: 0 }, "ArrowUp", false)).toEqual({ x: 0, y: 0.05 });
  expect(moved({ x: 0, y: 0 }, "ArrowLeft", true)).toEqual({ x: -0.25, y: 0 });
  expect(moved({ x: 1.45, y: 0 }, "ArrowRight", true)).toEqual({ x: 1.5, y: 0 });
  expect(moved({ x: 0, y: 0 }, "a", false)).toBeNull();
});
