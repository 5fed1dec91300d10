// Where the plot lies within its box: Recharts draws by it, crosshair and marks are laid over it by the same numbers.

export const margins = { left: 42, right: 20, top: 8, bottom: 22 } as const;

export type Domain = readonly [number, number];

export interface Scales {
  readonly x: Domain;
  readonly y: Domain;
  readonly logarithmic: boolean;
}

/** Pixels from the left for an epoch. */
export function toX(epoch: number, scales: Scales, width: number): number {
  const [low, high] = scales.x;
  return margins.left + ((epoch - low) / (high - low)) * (width - margins.left - margins.right);
}

/** Epoch under a pixel, within the axis. */
export function toEpoch(x: number, scales: Scales, width: number): number {
  const [low, high] = scales.x;
  const share = (x - margins.left) / (width - margins.left - margins.right);
  return low + Math.min(1, Math.max(0, share)) * (high - low);
}

/** Pixels from the top for a value; null where it lies off the axis. */
export function toY(value: number, scales: Scales, height: number): number | null {
  const [low, high] = scales.y;
  const share = scales.logarithmic
    ? Math.log(value / low) / Math.log(high / low)
    : (value - low) / (high - low);
  if (!(share >= -0.001 && share <= 1.001)) return null;
  return margins.top + (1 - share) * (height - margins.top - margins.bottom);
}
