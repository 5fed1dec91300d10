// For tests: the figures of weights in tensor operations, the oracle of the programs that compute them at once.
import { type Tensor, tf, tidy } from "../tensors";
import { histogramBins, histogramRange, nearZeroThreshold, type Segment } from "./weightStatistics";

/** Sum of 1 where a condition holds. */
const count = (condition: Tensor) => tf.sum(tf.cast(condition, "float32"));

/** Figures of one kernel as `weightStatistics` orders them. @param values flat, all finite. */
function describeByOperations(values: Tensor, units: number): Tensor {
  const size = tf.abs(values);
  const unitSquares = tf.sum(tf.reshape(tf.square(values), [-1, units]), 0);
  const largest = tf.max(size);
  const range = histogramRange(largest.dataSync()[0] as number);
  const half = histogramBins / 2;
  const places = tf.clipByValue(
    tf.add(tf.floor(tf.mul(values, half / range)), half),
    0,
    histogramBins - 1,
  );
  const figures = [
    tf.sum(size),
    tf.sum(unitSquares),
    largest,
    count(tf.less(size, nearZeroThreshold)),
    count(tf.equal(size, 0)),
    tf.scalar(0),
    count(tf.equal(unitSquares, 0)),
    tf.max(unitSquares),
  ];
  const bins = tf.sum(tf.oneHot(tf.cast(places, "int32"), histogramBins), 0);
  return tf.concat([tf.stack(figures), tf.cast(bins, "float32")]);
}

/** Figures of each kernel, [kernels · statisticsWidth]. @param weights flat, all finite. */
export function statisticsByOperations(weights: Tensor, segments: readonly Segment[]): Tensor {
  return tidy(() =>
    tf.concat(
      segments.map(({ offset, size, units }) =>
        describeByOperations(tf.slice(weights, [offset], [size]), units),
      ),
    ),
  );
}
