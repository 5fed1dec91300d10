// Histograms of different frames on one axis: ranges are powers of two, so narrow ones fold exactly into wide ones.

/** Folds counts over [−from, from] into as many bins over [−to, to]; both are powers of two and to ≥ from. */
export function rebin(counts: ArrayLike<number>, from: number, to: number): number[] {
  const bins = counts.length;
  const half = bins / 2;
  const factor = to / from;
  const folded = new Array<number>(bins).fill(0);
  for (let bin = 0; bin < bins; bin++) {
    const target = half + Math.floor((bin - half) / factor);
    folded[target] = (folded[target] as number) + (counts[bin] as number);
  }
  return folded;
}

/** The least share of the axis, 1, 1/2 or 1/4, that holds nearly all of every row: outliers shall not squeeze the rest. */
export function visibleShare(rows: readonly (readonly number[])[]): number {
  for (const share of [1 / 4, 1 / 2]) {
    if (rows.every((row) => massInside(row, share) >= 0.995)) return share;
  }
  return 1;
}

function massInside(row: readonly number[], share: number): number {
  const half = row.length / 2;
  const reach = half * share;
  let inside = 0;
  let total = 0;
  for (let bin = 0; bin < row.length; bin++) {
    const count = row[bin] as number;
    total += count;
    if (bin >= half - reach && bin < half + reach) inside += count;
  }
  return total === 0 ? 1 : inside / total;
}

/** Half as many bins of twice the width. */
export function mergePairs(row: readonly number[]): number[] {
  return Array.from(
    { length: row.length / 2 },
    (_, bin) => (row[2 * bin] as number) + (row[2 * bin + 1] as number),
  );
}

/** The middle part of a row, `share` of its bins. */
export function cropMiddle(row: readonly number[], share: number): number[] {
  const half = row.length / 2;
  const reach = half * share;
  return row.slice(half - reach, half + reach);
}

/** Height that counts as full: the 80th percentile of the rows' peaks, so that one spike does not flatten the others. */
export function typicalPeak(rows: readonly (readonly number[])[]): number {
  const peaks = rows.map((row) => Math.max(...row)).sort((a, b) => a - b);
  return peaks[Math.floor((peaks.length - 1) * 0.8)] ?? 1;
}
