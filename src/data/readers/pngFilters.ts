// Undoes the five filters of PNG rows (ISO/IEC 15948, clause 9).

/** Whichever of left, above and above-left is nearest to left + above − aboveLeft. */
function paeth(left: number, above: number, aboveLeft: number): number {
  const toLeft = Math.abs(above - aboveLeft);
  const toAbove = Math.abs(left - aboveLeft);
  const toBoth = Math.abs(left + above - 2 * aboveLeft);
  if (toLeft <= toAbove && toLeft <= toBoth) return left;
  return toAbove <= toBoth ? above : aboveLeft;
}

function predict(filter: number, left: number, above: number, aboveLeft: number): number {
  if (filter === 1) return left;
  if (filter === 2) return above;
  if (filter === 3) return (left + above) >> 1;
  return paeth(left, above, aboveLeft);
}

/**
 * Undoes the filter of a row in place.
 * @param row filtered bytes without the filter's own
 * @param above the row above, unfiltered; zeros for the first
 * @param values bytes per pixel
 * @returns false when there is no such filter
 */
export function unfilter(
  filter: number,
  row: Uint8Array,
  above: Uint8Array,
  values: number,
): boolean {
  if (filter > 4) return false;
  if (filter === 0) return true;
  for (let i = 0; i < row.length; i++) {
    const inside = i >= values;
    const left = inside ? (row[i - values] as number) : 0;
    const aboveLeft = inside ? (above[i - values] as number) : 0;
    row[i] = (row[i] as number) + predict(filter, left, above[i] as number, aboveLeft);
  }
  return true;
}
