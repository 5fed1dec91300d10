// Draws curves of a pen into small grey pictures, smooth at the edges by distance to the stroke.

/** Straight pieces of a pen's path: x0, y0, x1, y1, radius of the pen, one after the other, in pixels. */
export type Segments = number[];

export const valuesPerSegment = 5;

/** Straight pieces between two control points. */
const piecesPerSpan = 6;

/** Uniform Catmull-Rom spline (Catmull & Rom 1974) between p1 and p2 at t in 0 … 1. */
function catmullRom(p0: number, p1: number, p2: number, p3: number, t: number): number {
  const linear = p2 - p0;
  const square = 2 * p0 - 5 * p1 + 4 * p2 - p3;
  const cube = 3 * (p1 - p2) + p3 - p0;
  return p1 + 0.5 * t * (linear + t * (square + t * cube));
}

/**
 * The path of a smooth curve through points; where a point is there twice the curve has a corner.
 * @param points x, y pairs
 * @returns x, y pairs, more of them
 */
export function smoothPath(points: ArrayLike<number>): number[] {
  const count = points.length / 2;
  const at = (index: number, axis: number) => points[2 * index + axis] as number;
  const same = (a: number, b: number) => at(a, 0) === at(b, 0) && at(a, 1) === at(b, 1);
  const path = [at(0, 0), at(0, 1)];
  for (let i = 0; i + 1 < count; i++) {
    if (same(i, i + 1)) continue;
    // At an end or a corner the neighbour is the point itself: the curve leaves straight.
    const before = i > 0 ? i - 1 : i;
    const after = i + 2 < count ? i + 2 : i + 1;
    for (let piece = 1; piece <= piecesPerSpan; piece++) {
      const t = piece / piecesPerSpan;
      for (let axis = 0; axis < 2; axis++) {
        path.push(catmullRom(at(before, axis), at(i, axis), at(i + 1, axis), at(after, axis), t));
      }
    }
  }
  return path;
}

/**
 * Adds ink along segments to a square picture; where strokes overlap the darker wins.
 * @param segments see Segments
 * @param softness width in pixels over which an edge fades: 1 is sharp, more is blurred
 * @param side width and height of the picture
 * @param ink [side, side], 0 … 1, changed in place
 */
export function drawSegments(
  segments: Segments,
  softness: number,
  side: number,
  ink: Float32Array,
): void {
  for (let i = 0; i < segments.length; i += valuesPerSegment) {
    drawSegment(segments, i, softness, side, ink);
  }
}

function drawSegment(
  segments: Segments,
  start: number,
  softness: number,
  side: number,
  ink: Float32Array,
): void {
  const x0 = segments[start] as number;
  const y0 = segments[start + 1] as number;
  const dx = (segments[start + 2] as number) - x0;
  const dy = (segments[start + 3] as number) - y0;
  const radius = segments[start + 4] as number;
  const reach = radius + softness / 2;
  const squaredLength = dx * dx + dy * dy;
  const left = Math.max(0, Math.ceil(Math.min(x0, x0 + dx) - reach));
  const right = Math.min(side - 1, Math.floor(Math.max(x0, x0 + dx) + reach));
  const top = Math.max(0, Math.ceil(Math.min(y0, y0 + dy) - reach));
  const bottom = Math.min(side - 1, Math.floor(Math.max(y0, y0 + dy) + reach));
  for (let y = top; y <= bottom; y++) {
    for (let x = left; x <= right; x++) {
      const px = x - x0;
      const py = y - y0;
      const along = squaredLength > 0 ? (px * dx + py * dy) / squaredLength : 0;
      const t = Math.max(0, Math.min(along, 1));
      const awayX = px - t * dx;
      const awayY = py - t * dy;
      const distance = Math.sqrt(awayX * awayX + awayY * awayY);
      const value = (radius - distance) / softness + 0.5;
      const index = y * side + x;
      if (value > (ink[index] as number)) ink[index] = Math.min(value, 1);
    }
  }
}
