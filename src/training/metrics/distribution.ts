// Counts of values between given edges and below thresholds, by the conventions of numpy.

export interface HistogramCounts {
  /** Bin k holds [edge k, edge k+1), the last one its upper edge too. */
  readonly counts: number[];
  /** Values outside all bins. */
  readonly below: number;
  readonly above: number;
}

/** The last edge that is not above the value; −1 when there is none. */
function lastEdgeUpTo(edges: ArrayLike<number>, value: number): number {
  let [low, high] = [-1, edges.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((edges[middle] as number) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}

/**
 * Counts values between edges as numpy.histogram does. NaN is counted nowhere.
 * @param edges strictly ascending, at least two
 * @throws RangeError when the edges do not ascend
 */
export function histogram(values: ArrayLike<number>, edges: ArrayLike<number>): HistogramCounts {
  if (edges.length < 2) {
    throw new RangeError(`There are ${edges.length} edges: at least 2 are needed.`);
  }
  for (let i = 1; i < edges.length; i++) {
    if (!((edges[i] as number) > (edges[i - 1] as number))) {
      throw new RangeError(`Edge ${i} is ${edges[i]}: it must be above ${edges[i - 1]}.`);
    }
  }
  const bins = edges.length - 1;
  const counts = new Array<number>(bins).fill(0);
  const last = edges[bins] as number;
  let below = 0;
  let above = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (Number.isNaN(value)) continue;
    if (value > last) {
      above++;
      continue;
    }
    const bin = Math.min(bins - 1, lastEdgeUpTo(edges, value));
    if (bin < 0) below++;
    else counts[bin] = (counts[bin] as number) + 1;
  }
  return { counts, below, above };
}

/** How many values have |value| strictly below a threshold; exact zeros are among them for any threshold above 0. */
export function countBelow(values: ArrayLike<number>, threshold: number): number {
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    if (Math.abs(values[i] as number) < threshold) count++;
  }
  return count;
}

/** How many values are exactly 0; −0 is. */
export function countZeros(values: ArrayLike<number>): number {
  let count = 0;
  for (let i = 0; i < values.length; i++) if (values[i] === 0) count++;
  return count;
}
