// Sliders: places and values belong together, snap points win, every value stays within its bounds.
import { expect, test } from "vitest";
import type { NumberField } from "../../experiment/fields";
import { fieldEntries, fieldEntry } from "../../experiment/schema";
import { checkValue } from "../../experiment/validate";
import { nextStop, toPosition, toValue } from "./scale";

const decay = fieldEntry("regularization.weightDecay").field as NumberField;
const rate = fieldEntry("optimizer.learningRate").field as NumberField;
const numbers = fieldEntries.flatMap((entry) =>
  entry.field.type === "real" || entry.field.type === "integer"
    ? [{ entry, field: entry.field }]
    : [],
);

test("a logarithmic slider that allows 0 begins at 0 and ends at its maximum", () => {
  expect(toValue(decay, 0)).toBe(0);
  expect(toValue(decay, 1)).toBe(decay.maximum);
  expect(toPosition(decay, 0)).toBe(0);
  expect(toPosition(decay, decay.maximum)).toBe(1);
  expect(toPosition(decay, decay.smallest ?? 0)).toBeGreaterThan(0);
});

test("equal factors are equal distances on a logarithmic slider", () => {
  const step = toPosition(rate, 1e-3) - toPosition(rate, 1e-4);
  expect(toPosition(rate, 1e-2) - toPosition(rate, 1e-3)).toBeCloseTo(step, 10);
});

test.each(numbers)("$entry.path: every snap point is where it says", ({ field }) => {
  for (const snap of field.snaps) {
    const found = toValue(field, toPosition(field, snap));
    // Snap points closer together than the hand can tell may stand in for each other.
    expect(Math.abs(toPosition(field, found) - toPosition(field, snap))).toBeLessThan(0.017);
  }
});

test.each(numbers)("$entry.path: every place gives an allowed value", ({ entry, field }) => {
  for (let place = 0; place <= 200; place++) {
    expect(checkValue(entry, toValue(field, place / 200))).toBeNull();
  }
});

test("near a snap point the slider takes it, elsewhere a short number", () => {
  const place = toPosition(rate, 3e-3);
  expect(toValue(rate, place + 0.01)).toBe(3e-3);
  const between = toValue(rate, (place + toPosition(rate, 1e-2)) / 2);
  expect(String(between).replace(/\D/g, "").replace(/^0+/, "").length).toBeLessThanOrEqual(2);
});

test("arrows go from stop to stop and hold at the ends", () => {
  expect(nextStop(rate, 3e-3, 1)).toBe(1e-2);
  expect(nextStop(rate, 3e-3, -1)).toBe(1e-3);
  expect(nextStop(rate, 2e-3, 1)).toBe(3e-3);
  expect(nextStop(decay, 0, -1)).toBe(0);
  expect(nextStop(decay, decay.maximum, 1)).toBe(decay.maximum);
});
