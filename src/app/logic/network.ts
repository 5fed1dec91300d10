// Where units and lines of the network picture go: as many units as stay legible, the strongest lines between them.

export interface Column {
  /** Number of units of the layer, shown or not. */
  readonly units: number;
  /** First unit shown. */
  readonly first: number;
  readonly shown: number;
  /** Horizontal centre. */
  readonly x: number;
  /** Vertical centre of each shown unit. */
  readonly ys: readonly number[];
}

export interface Layout {
  readonly tile: number;
  readonly columns: readonly Column[];
}

export const mostShown = 12;
const gap = 4;
const footer = 22;
const largestTile = 40;
const smallestTile = 13;

/**
 * Places the units of all layers, inputs first, outputs last.
 * @param pages first shown unit of each layer
 */
export function layOut(
  units: readonly number[],
  pages: readonly number[],
  width: number,
  height: number,
): Layout {
  const room = height - footer;
  const fitting = Math.max(1, Math.floor((room + gap) / (smallestTile + gap)));
  const most = Math.min(mostShown, fitting);
  const shown = units.map((count) => Math.min(most, count));
  const tallest = Math.max(...shown);
  const share = width / units.length;
  const tile = Math.floor(
    Math.max(smallestTile, Math.min(largestTile, (room + gap) / tallest - gap, share * 0.62)),
  );
  const columns = units.map((count, index) => {
    const first = Math.min(pages[index] ?? 0, Math.max(0, count - 1));
    const held = Math.min(shown[index] as number, count - first);
    const top = (room - held * (tile + gap) + gap) / 2 + tile / 2;
    return {
      units: count,
      first,
      shown: held,
      x: share * (index + 0.5),
      ys: Array.from({ length: held }, (_, slot) => top + slot * (tile + gap)),
    };
  });
  return { tile, columns };
}

export interface Line {
  readonly from: number;
  readonly to: number;
  /** Weight over the largest size among all lines of this gap, in [−1, 1]. */
  readonly weight: number;
}

/** The strongest lines between the shown units of two neighbouring layers; a kernel is [inputs, outputs]. */
export function chooseLines(
  kernel: Float32Array,
  left: Column,
  right: Column,
  most: number,
): Line[] {
  const lines: Line[] = [];
  let largest = 1e-12;
  for (let from = 0; from < left.shown; from++) {
    for (let to = 0; to < right.shown; to++) {
      const weight = kernel[(left.first + from) * right.units + right.first + to] ?? 0;
      largest = Math.max(largest, Math.abs(weight));
      lines.push({ from, to, weight });
    }
  }
  return lines
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
    .slice(0, most)
    .map((line) => ({ ...line, weight: line.weight / largest }));
}
