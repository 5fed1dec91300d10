// Errors in a column's unit, and how its values are written.
import { expect, test } from "vitest";
import { commonRange, exampleWords, furthestOff, predictionsVerdict } from "./predictions";
import { quantity, typicalError, unitWords, valueText } from "./target";

const target = { name: "rent", mean: 800, deviation: 250 };

test("a standardized loss becomes an error in the column's unit", () => {
  expect(typicalError(0.04, target)).toBeCloseTo(50, 10);
  expect(unitWords(target)).toBe("in “rent”");
  const long = { ...target, name: "median house value in dollars" };
  expect(unitWords(long)).toBe("in “median house value in d…”");
});

test.each([
  [0, "0"],
  [1234.5, "1,230"],
  [-250_000, "−250,000"],
  [-0.05678, "−0.0568"],
  [1.5e-7, "1.50e−7"],
  [12_345_000, "12,300,000"],
])("an error of %f is %s", (value, text) => {
  expect(quantity(value)).toBe(text);
});

test.each([
  [1987.4, 12, "1,987.4"],
  [-3.24159, 1.7, "−3.24"],
  [0.0123456, 0.005, "0.01235"],
  [312_456.7, 90_000, "312,457"],
  [1.5e-20, 1e-20, "1.50e−20"],
])("%f of a column with deviation %f is %s", (value, deviation, text) => {
  expect(valueText(value, { ...target, deviation })).toBe(text);
});

test("the verdict says when a guess does as well", () => {
  const report = {
    count: 2,
    rootMeanSquare: 70,
    meanAbsolute: 60,
    meanAbsoluteOfGuess: 55,
    explained: -0.1,
    predicted: Float32Array.of(500, 900),
    actual: Float32Array.of(600, 880),
  };
  expect(predictionsVerdict(report, target)).toMatch(/^No better than guessing: off by 60 on/);
  expect(predictionsVerdict({ ...report, meanAbsolute: 50 }, target)).toMatch(/^Off by 50 on/);
  expect(exampleWords(report, target, 0)).toBe(
    "Validation example 0: predicted 500, actually 600: 100 too low.",
  );
  expect(furthestOff(report, 1)).toEqual([0]);
  const [low, high] = commonRange(report);
  expect(low).toBeCloseTo(484, 6);
  expect(high).toBeCloseTo(916, 6);
});
