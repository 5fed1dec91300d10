// Thins long series for drawing without losing their peaks: min–max buckets, first and last row always kept.

/**
 * Chooses the rows to draw.
 * @param series columns of equal length whose extremes must survive
 * @param limit most rows to return
 * @returns ascending row numbers; every one of them is a measured row, never an average
 */
export function chooseRows(
  series: readonly ArrayLike<number>[],
  length: number,
  limit: number,
): number[] {
  if (length <= limit) return Array.from({ length }, (_, row) => row);
  const rows = new Set<number>([0, length - 1]);
  for (const [from, to] of bucketsOf(series.length, length, limit)) {
    for (const column of series) addExtremes(column, from, to, rows);
  }
  return [...rows].sort((a, b) => a - b);
}

/** The buckets [from, to) of which every series' smallest and largest value is kept. */
export function bucketsOf(
  seriesCount: number,
  length: number,
  limit: number,
): readonly (readonly [number, number])[] {
  const count = Math.max(1, Math.floor((limit - 2) / (2 * Math.max(1, seriesCount))));
  return Array.from({ length: count }, (_, bucket) => [
    Math.floor((bucket * length) / count),
    Math.floor(((bucket + 1) * length) / count),
  ]);
}

function addExtremes(column: ArrayLike<number>, from: number, to: number, rows: Set<number>): void {
  let low = -1;
  let high = -1;
  for (let row = from; row < to; row++) {
    const value = column[row] as number;
    if (!Number.isFinite(value)) continue;
    if (low < 0 || value < (column[low] as number)) low = row;
    if (high < 0 || value > (column[high] as number)) high = row;
  }
  if (low >= 0) rows.add(low);
  if (high >= 0) rows.add(high);
}

/** Number of the last entry of an ascending column that is at most `value`; 0 when all are larger. */
export function lastAtMost(column: ArrayLike<number>, value: number): number {
  let low = 0;
  let high = column.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((column[middle] as number) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
