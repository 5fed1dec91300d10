// Norms, zeros, whole units and a histogram of each kernel as one operation: where the weights are on a graphics card only the figures come back.
import { type Tensor, tf } from "../tensors";

export const weightStatisticsKernel = "RegularizationWeightStatistics";

/** |w| below this counts as near zero (strictly below), exact zeros included. */
export const nearZeroThreshold = 1e-3;
export const histogramBins = 64;
/** Ranges of histograms stay within these powers of two. */
export const smallestExponent = -10;
export const largestExponent = 20;

/** Figures in front of the histogram's counts. Sums and the largest are those of the finite weights. */
export const figureNames = [
  "norm1",
  "squares",
  "largest",
  "nearZero",
  "exactZero",
  "notFinite",
  "unitsOff",
  "longestSquare",
] as const;
export type FigureName = (typeof figureNames)[number];
/** Numbers of each kernel. */
export const statisticsWidth = figureNames.length + histogramBins;

/** A kernel's place in the flat weights; its entry i belongs to the output unit i mod units. */
export interface Segment {
  readonly offset: number;
  readonly size: number;
  readonly units: number;
}

/** The smallest power of two that is not below `largest`, within bounds; 2^smallestExponent for 0. */
export function histogramRange(largest: number): number {
  if (!(largest > 0)) return 2 ** smallestExponent;
  const exponent = Math.ceil(Math.log2(largest));
  return 2 ** Math.min(largestExponent, Math.max(smallestExponent, exponent));
}

/**
 * Counts of 64 equal bins over [−range, range]. Bin k holds [edge k, edge k+1), the last one its upper edge too;
 * values outside fall into the end bins, what is not finite into none. `range` is a power of two: nothing is rounded.
 * @param counts are added to, from `at` on.
 */
export function addHistogram(
  values: ArrayLike<number>,
  range: number,
  counts: number[] | Float32Array | Float64Array,
  at = 0,
): void {
  const half = histogramBins / 2;
  const scale = half / range;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (!Number.isFinite(value)) continue;
    const bin = Math.min(histogramBins - 1, Math.max(0, Math.floor(value * scale) + half));
    counts[at + bin] = (counts[at + bin] as number) + 1;
  }
}

/** The plain loop over one kernel. Writes its `statisticsWidth` numbers into `into`, from `at` on. */
export function fillStatistics(
  values: Float32Array,
  units: number,
  into: Float32Array | Float64Array,
  at = 0,
): void {
  let [norm1, largest, near, exact, notFinite] = [0, 0, 0, 0, 0];
  const unitSquares = new Float64Array(units);
  for (let i = 0, unit = 0; i < values.length; i++) {
    const size = Math.abs(values[i] as number);
    if (size < Number.POSITIVE_INFINITY) {
      norm1 += size;
      unitSquares[unit] = (unitSquares[unit] as number) + size * size;
      if (size > largest) largest = size;
      if (size < nearZeroThreshold) near++;
      if (size === 0) exact++;
    } else {
      notFinite++;
      // A unit with such a weight is not off.
      unitSquares[unit] = (unitSquares[unit] as number) + Number.MIN_VALUE;
    }
    if (++unit === units) unit = 0;
  }
  let [squares, off, longest] = [0, 0, 0];
  for (const square of unitSquares) {
    squares += square;
    if (square === 0) off++;
    if (square > longest) longest = square;
  }
  into.set([norm1, squares, largest, near, exact, notFinite, off, longest], at);
  const bins = at + figureNames.length;
  into.fill(0, bins, at + statisticsWidth);
  addHistogram(values, histogramRange(largest), into, bins);
}

/** Figures of each kernel, [kernels · statisticsWidth]. @param weights flat. */
export function weightStatistics(weights: Tensor, segments: readonly Segment[]): Tensor {
  return tf
    .engine()
    .runKernel(
      weightStatisticsKernel,
      { weights } as never,
      { segments } as never,
    ) as unknown as Tensor;
}
