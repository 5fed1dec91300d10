// Errors of values against figures worked out by hand.
import { expect, test } from "vitest";
import { regressionReport } from "./regression";

const of = (...values: number[]) => Float32Array.from(values);

test("errors, the guess beside them, and the share of the spread that is explained", () => {
  const report = regressionReport(of(1, 4, 4), of(2, 4, 6), 3);
  expect(report).toMatchObject({ count: 3, meanAbsolute: 1, meanAbsoluteOfGuess: 5 / 3 });
  expect(report.rootMeanSquare).toBeCloseTo(Math.sqrt(5 / 3), 12);
  // Around their mean 4 the values spread by 4, 0 and 4; the errors are 1, 0 and 4.
  expect(report.explained).toBeCloseTo(1 - 5 / 8, 12);
});

test("always predicting the mean explains nothing; values without spread cannot be explained", () => {
  expect(regressionReport(of(4, 4), of(2, 6), 4).explained).toBe(0);
  expect(regressionReport(of(5, 5), of(2, 2), 2).explained).toBeNull();
  expect(() => regressionReport(of(1), of(), 0)).toThrow(RangeError);
  expect(() => regressionReport(of(1), of(1, 2), 0)).toThrow(/1 predictions of 2 values/);
});
