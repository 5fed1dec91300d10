// Brings a drawing into the form of MNIST's digits: 20 pixels high or wide, its centre of mass in the middle of 28 × 28.

export const side = 28;
const inner = 20;

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Lines as the hand drew them, in any unit. */
export type Stroke = readonly Point[];

interface Box {
  readonly left: number;
  readonly top: number;
  readonly size: number;
}

function boxOf(points: readonly Point[]): Box {
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  const left = Math.min(...xs);
  const top = Math.min(...ys);
  return { left, top, size: Math.max(Math.max(...xs) - left, Math.max(...ys) - top) };
}

/** Distance of a pixel's centre to a piece of a line. */
function distance(px: number, py: number, a: Point, b: Point): number {
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const length = dx * dx + dy * dy;
  const share = length === 0 ? 0 : ((px - a.x) * dx + (py - a.y) * dy) / length;
  const held = Math.min(1, Math.max(0, share));
  return Math.hypot(px - a.x - held * dx, py - a.y - held * dy);
}

/** Paints lines with soft edges; the value of a pixel is its share of ink times 255. */
function paint(strokes: readonly Stroke[], thickness: number): Float32Array {
  const pixels = new Float32Array(side * side);
  for (const stroke of strokes) {
    for (let index = 0; index < stroke.length; index++) {
      const a = stroke[Math.max(0, index - 1)] as Point;
      paintPiece(pixels, a, stroke[index] as Point, thickness / 2);
    }
  }
  return pixels;
}

function paintPiece(pixels: Float32Array, a: Point, b: Point, radius: number): void {
  const reach = radius + 1;
  const top = Math.max(0, Math.floor(Math.min(a.y, b.y) - reach));
  const bottom = Math.min(side - 1, Math.ceil(Math.max(a.y, b.y) + reach));
  const left = Math.max(0, Math.floor(Math.min(a.x, b.x) - reach));
  const right = Math.min(side - 1, Math.ceil(Math.max(a.x, b.x) + reach));
  for (let y = top; y <= bottom; y++) {
    for (let x = left; x <= right; x++) {
      const ink = 255 * Math.min(1, Math.max(0, radius + 0.5 - distance(x + 0.5, y + 0.5, a, b)));
      const pixel = y * side + x;
      pixels[pixel] = Math.max(pixels[pixel] as number, ink);
    }
  }
}

function centreOfMass(pixels: Float32Array): Point {
  let mass = 0;
  let x = 0;
  let y = 0;
  pixels.forEach((value, pixel) => {
    mass += value;
    x += value * ((pixel % side) + 0.5);
    y += value * (Math.floor(pixel / side) + 0.5);
  });
  return mass === 0 ? { x: side / 2, y: side / 2 } : { x: x / mass, y: y / mass };
}

function move(strokes: readonly Stroke[], place: (point: Point) => Point): Stroke[] {
  return strokes.map((stroke) => stroke.map(place));
}

/**
 * Grey values 0 … 255 of a drawing, white on black.
 * @param thickness of the line in pixels of the result
 * @returns null where nothing is drawn
 */
export function rasterize(strokes: readonly Stroke[], thickness = 2.2): Float32Array | null {
  const points = strokes.flat();
  if (points.length === 0) return null;
  const box = boxOf(points);
  // A dot or a short dash stays small instead of being blown up.
  const scale = (inner - thickness) / Math.max(box.size, 1e-9);
  const held = Number.isFinite(scale) && box.size > 0 ? scale : 0;
  const scaled = move(strokes, ({ x, y }) => ({
    x: (x - box.left) * held + 4,
    y: (y - box.top) * held + 4,
  }));
  const centre = centreOfMass(paint(scaled, thickness));
  const centred = move(scaled, ({ x, y }) => ({
    x: x + side / 2 - centre.x,
    y: y + side / 2 - centre.y,
  }));
  return paint(centred, thickness);
}
