// Scaling must do what its name says on the training part, be undone exactly enough, and survive constants.
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  applyScaling,
  featureScaling,
  invertScaling,
  pictureScaling,
  scaledInputs,
  writeScaled,
} from "./scaling";

const methods = ["standardized", "unit", "symmetric"] as const;
const columns = [
  [1, 5, 9, 20],
  [-3, -3.5, 7, 0],
] as const;
const raw = Float32Array.from(
  columns[0].flatMap((value, row) => [value, columns[1][row] as number]),
);

function column(values: Float32Array, feature: number, width: number): number[] {
  return [...values].filter((_, index) => index % width === feature);
}

test("standardized: mean 0 and population deviation 1 per feature", () => {
  const scaled = applyScaling(raw, featureScaling(raw, 2, "standardized"), 2);
  for (const feature of [0, 1]) {
    const values = column(scaled, feature, 2);
    const mean = values.reduce((total, value) => total + value, 0) / values.length;
    const square = values.reduce((total, value) => total + value * value, 0) / values.length;
    expect(mean).toBeCloseTo(0, 6);
    expect(square).toBeCloseTo(1, 6);
  }
});

test.each([
  ["unit", 0, 1],
  ["symmetric", -1, 1],
] as const)("%s: each feature spans %d … %d", (method, low, high) => {
  const scaled = applyScaling(raw, featureScaling(raw, 2, method), 2);
  for (const feature of [0, 1]) {
    expect(Math.min(...column(scaled, feature, 2))).toBeCloseTo(low, 6);
    expect(Math.max(...column(scaled, feature, 2))).toBeCloseTo(high, 6);
  }
});

test("pictures: bytes by fixed figures, or by one mean and deviation for all pixels", () => {
  const bytes = Uint8Array.of(0, 51, 255, 204);
  const unit = [...applyScaling(bytes, pictureScaling(bytes, "unit"), 2)];
  for (const [i, value] of [0, 0.2, 1, 0.8].entries()) expect(unit[i]).toBeCloseTo(value, 6);
  const symmetric = [...applyScaling(bytes, pictureScaling(bytes, "symmetric"), 2)];
  for (const [i, value] of [-1, -0.6, 1, 0.6].entries()) expect(symmetric[i]).toBeCloseTo(value, 6);
  const standardized = pictureScaling(bytes, "standardized");
  expect(standardized.offset).toHaveLength(1);
  expect(standardized.offset[0]).toBeCloseTo(127.5, 4);
  expect(1 / (standardized.factor[0] as number)).toBeCloseTo(105.1392, 3);
});

test.each(methods)("%s: a constant feature becomes 0", (method) => {
  const constant = new Float32Array(6).fill(0.1);
  const scaled = applyScaling(constant, featureScaling(constant, 2, method), 2);
  expect([...scaled]).toEqual([0, 0, 0, 0, 0, 0]);
});

test("the inverse gives the raw values back", () => {
  const values = fc.array(fc.float({ min: -1000, max: 1000, noNaN: true }), {
    minLength: 3,
    maxLength: 60,
  });
  fc.assert(
    fc.property(values, fc.constantFrom(...methods), (list, method) => {
      const whole = Float32Array.from(list.slice(0, list.length - (list.length % 3)));
      const scaling = featureScaling(whole, 3, method);
      const back = invertScaling(applyScaling(whole, scaling, 3), scaling, 3);
      whole.forEach((value, i) => {
        expect(Math.abs((back[i] as number) - value)).toBeLessThan(1e-3);
      });
    }),
  );
});

test("a scaling that does not fit the inputs is refused", () => {
  expect(() => applyScaling(raw, featureScaling(raw, 2, "unit"), 4)).toThrow(RangeError);
  expect(() => invertScaling(raw, featureScaling(raw, 2, "unit"), 4)).toThrow(/2 pairs/);
});

test.each(["standardized", "unit", "symmetric"] as const)(
  "bytes become the same bits when they are read as when they are scaled (%s)",
  (method) => {
    const inputs = Uint8Array.from({ length: 600 }, (_, i) => (i * 89) % 256);
    const scaling = pictureScaling(inputs, method);
    const all = applyScaling(inputs, scaling, 3);
    const dataset = { scaling, inputSize: 3 };
    expect(scaledInputs({ inputs }, dataset, 0, 200)).toEqual(all);
    expect(scaledInputs({ inputs }, dataset, 7, 9)).toEqual(all.slice(21, 27));
    expect(scaledInputs({ inputs: all }, dataset, 7, 9)).toEqual(all.slice(21, 27));
    for (const held of [inputs, all]) {
      const values = new Float32Array(6);
      writeScaled({ inputs: held }, dataset, Int32Array.of(8, 3), values);
      expect(values).toEqual(Float32Array.of(...all.slice(24, 27), ...all.slice(9, 12)));
    }
  },
);
