// What predictions of values are worth, in double precision and in whatever unit the values have.
import type { RegressionReport } from "../reportTypes";

/**
 * Errors of predicted values, and what always predicting one value would cost.
 * @param predicted [count], finite, count ≥ 1
 * @param actual [count]
 * @param guess the value that knows nothing of the inputs: the mean of the training part
 * @throws RangeError where the counts differ or are 0
 */
export function regressionReport(
  predicted: Float32Array,
  actual: Float32Array,
  guess: number,
): RegressionReport {
  const count = actual.length;
  if (count === 0 || predicted.length !== count) {
    throw new RangeError(
      `${predicted.length} predictions of ${count} values: expected as many, and at least 1.`,
    );
  }
  const meanOf = (of: (value: number, index: number) => number) => {
    let sum = 0;
    actual.forEach((value, index) => {
      sum += of(value, index);
    });
    return sum / count;
  };
  const error = (value: number, index: number) => (predicted[index] as number) - value;
  const mean = meanOf((value) => value);
  const square = meanOf((value, index) => error(value, index) ** 2);
  const spread = meanOf((value) => (value - mean) ** 2);
  return {
    count,
    rootMeanSquare: Math.sqrt(square),
    meanAbsolute: meanOf((value, index) => Math.abs(error(value, index))),
    meanAbsoluteOfGuess: meanOf((value) => Math.abs(value - guess)),
    explained: spread > 0 ? 1 - square / spread : null,
    predicted,
    actual,
  };
}
