// Norms, zeros and histograms of the kernels, from weights that have been read back anyway.
import type { Network } from "../network";
import type { LayerStatistics } from "../telemetry";

/** |w| below this counts as near zero (strictly below), exact zeros included. */
export const nearZeroThreshold = 1e-3;
export const histogramBins = 64;
/** Ranges of histograms stay within these powers of two. */
const smallestExponent = -10;
const largestExponent = 20;

/** The smallest power of two that is not below `largest`, within bounds; 2^smallestExponent for 0. */
export function histogramRange(largest: number): number {
  if (!(largest > 0)) return 2 ** smallestExponent;
  const exponent = Math.ceil(Math.log2(largest));
  return 2 ** Math.min(largestExponent, Math.max(smallestExponent, exponent));
}

/**
 * Counts of 64 equal bins over [−range, range]. Bin k holds [edge k, edge k+1), the last one its upper edge too;
 * values outside fall into the end bins, NaN into none.
 */
export function symmetricHistogram(values: ArrayLike<number>, range: number): number[] {
  const counts = new Array<number>(histogramBins).fill(0);
  const scale = histogramBins / (2 * range);
  for (let i = 0; i < values.length; i++) {
    const position = Math.floor(((values[i] as number) + range) * scale);
    if (Number.isNaN(position)) continue;
    const bin = Math.min(histogramBins - 1, Math.max(0, position));
    counts[bin] = (counts[bin] as number) + 1;
  }
  return counts;
}

/** Statistics of one list of weights. */
export function describeWeights(values: Float32Array) {
  let norm1 = 0;
  let squares = 0;
  let largest = 0;
  let near = 0;
  let exact = 0;
  for (const value of values) {
    const size = Math.abs(value);
    norm1 += size;
    squares += size * size;
    if (size > largest) largest = size;
    if (size < nearZeroThreshold) near++;
    if (size === 0) exact++;
  }
  const range = histogramRange(largest);
  return {
    norm1,
    norm2: Math.sqrt(squares),
    largest,
    nearZero: near / values.length,
    exactZero: exact / values.length,
    histogram: symmetricHistogram(values, range),
    range,
  };
}

/** Statistics of whole units. @param values row-major [inputs, units] */
function describeUnits(values: Float32Array, units: number) {
  const squares = new Float64Array(units);
  for (let i = 0; i < values.length; i++) {
    const unit = i % units;
    squares[unit] = (squares[unit] as number) + (values[i] as number) ** 2;
  }
  return {
    units,
    unitsOff: squares.filter((square) => square === 0).length,
    longestUnit: Math.sqrt(squares.reduce((largest, square) => Math.max(largest, square), 0)),
  };
}

/** Figures of layers that weights alone do not tell, each in forward order. */
export interface LayerMeasurements {
  /** Of every kernel; null before the first measured step. */
  readonly updateRatios: ArrayLike<number> | null;
  /** Of every hidden layer; null where there is none. */
  readonly deadShares: ArrayLike<number> | null;
}

/** Statistics of every kernel, in forward order. @param weights flat, [parameterCount]. */
export function layerStatistics(
  network: Network,
  weights: Float32Array,
  { updateRatios, deadShares }: LayerMeasurements,
): LayerStatistics[] {
  return network.slots
    .filter((slot) => slot.kind === "kernel")
    .map((slot, index) => {
      const values = weights.subarray(slot.offset, slot.offset + slot.size);
      return {
        name: slot.layer,
        shape: slot.shape,
        parameters: slot.size,
        updateRatio: updateRatios?.[index] ?? null,
        deadUnits: deadShares?.[index] ?? null,
        ...describeWeights(values),
        ...describeUnits(values, slot.shape.at(-1) as number),
      };
    });
}
