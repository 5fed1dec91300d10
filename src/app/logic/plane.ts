// Between a click in pixels and a place on the plane: where it lies, which point it meets, where the arrow keys lead.
import { type PlanePoint, planeReach } from "../../data/points/points";

/** A place in raw coordinates, −planeReach … planeReach. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** How far an arrow key moves the cursor, alone and with Shift. */
export const [smallStride, largeStride] = [0.05, 0.25];

/** @param across share of the plane's width from its left border, 0 … 1 @param down share from its top */
export function placeAt(across: number, down: number): Place {
  return { x: (2 * across - 1) * planeReach, y: (1 - 2 * down) * planeReach };
}

/** Shares of width and height from left and top, 0 … 1. */
export function sharesOf({ x, y }: Place): readonly [number, number] {
  return [(x / planeReach + 1) / 2, (1 - y / planeReach) / 2];
}

/** Number of the nearest point within reach, in raw units; −1 where there is none. The latest of equals wins: it lies on top. */
export function pointNear(points: readonly PlanePoint[], { x, y }: Place, reach: number): number {
  let [best, nearest] = [-1, reach];
  points.forEach((point, at) => {
    const distance = Math.hypot(point.x - x, point.y - y);
    if (distance <= nearest) [best, nearest] = [at, distance];
  });
  return best;
}

const directions: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/** Where an arrow key leads, within the plane; null for other keys. */
export function moved({ x, y }: Place, key: string, far: boolean): Place | null {
  const direction = directions[key];
  if (!direction) return null;
  const stride = far ? largeStride : smallStride;
  const step = (value: number, way: number) =>
    Math.max(-planeReach, Math.min(planeReach, Math.round((value + way * stride) * 100) / 100));
  return { x: step(x, direction[0]), y: step(y, direction[1]) };
}
