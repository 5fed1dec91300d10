// The ten classes of Shapes as signed distances: negative inside, so that one rule draws every edge smoothly.

/** Words for the classes, in order of their labels. */
export const shapeNames = [
  "disc",
  "square",
  "triangle",
  "star",
  "ring",
  "frame",
  "open triangle",
  "stripes",
  "checks",
  "dots",
] as const;

export type ShapeName = (typeof shapeNames)[number];

/** What a drawn shape may vary beside place, size and turn. */
export interface ShapeTraits {
  /** Pixels per unit of the shape's own coordinates, where a disc has radius 1. */
  readonly radius: number;
  /** Width of the line of open shapes, pixels. */
  readonly line: number;
  /** Width of a stripe, side of a check, distance of dots: pixels. */
  readonly grid: number;
  /** Shift of the pattern within its patch, in pixels. */
  readonly phaseX: number;
  readonly phaseY: number;
  /** True for a square patch of pattern, false for a round one: the patch must not tell the class. */
  readonly squarePatch: boolean;
}

/** Signed distance in pixels at (x, y), pixels from the shape's centre before its turn. */
export type ShapeDistance = (x: number, y: number, traits: ShapeTraits) => number;

/** Corners x, y, x, y … of a polygon in units of the disc's radius. */
type Corners = readonly number[];

function regularCorners(count: number, outer: number, inner: number): Corners {
  const corners: number[] = [];
  for (let i = 0; i < count; i++) {
    const reach = i % 2 === 0 ? outer : inner;
    const angle = (2 * Math.PI * i) / count;
    corners.push(reach * Math.sin(angle), -reach * Math.cos(angle));
  }
  return corners;
}

/** Corners reach beyond the disc so that all shapes cover about the same area. */
const squareCorners = regularCorners(4, 1.22, 1.22);
const triangleCorners = regularCorners(3, 1.42, 1.42);
const starCorners = regularCorners(10, 1.38, 0.58);

/** Farthest that any shape reaches, in units of the disc's radius. */
export const largestReach = 1.42;

/**
 * Signed distance to a polygon of any form, in units of its corners
 * (Quilez, 2D distance functions: nearest edge, sign by the crossing rule).
 */
function polygonDistance(x: number, y: number, corners: Corners): number {
  let nearest = Number.POSITIVE_INFINITY;
  let inside = false;
  let fromX = corners[corners.length - 2] as number;
  let fromY = corners[corners.length - 1] as number;
  for (let i = 0; i < corners.length; i += 2) {
    const toX = corners[i] as number;
    const toY = corners[i + 1] as number;
    const edgeX = fromX - toX;
    const edgeY = fromY - toY;
    const px = x - toX;
    const py = y - toY;
    const share = (px * edgeX + py * edgeY) / (edgeX * edgeX + edgeY * edgeY);
    const along = Math.max(0, Math.min(1, share));
    const awayX = px - along * edgeX;
    const awayY = py - along * edgeY;
    nearest = Math.min(nearest, awayX * awayX + awayY * awayY);
    if (toY > y !== fromY > y && x < (edgeX * (y - toY)) / edgeY + toX) inside = !inside;
    fromX = toX;
    fromY = toY;
  }
  return inside ? -Math.sqrt(nearest) : Math.sqrt(nearest);
}

const disc: ShapeDistance = (x, y, { radius }) => Math.sqrt(x * x + y * y) - radius;

const polygon =
  (corners: Corners): ShapeDistance =>
  (x, y, { radius }) =>
    radius * polygonDistance(x / radius, y / radius, corners);

const square = polygon(squareCorners);
const triangle = polygon(triangleCorners);

/** The border of a shape, drawn inwards: outlined and filled shapes have the same size. */
const outlined =
  (shape: ShapeDistance): ShapeDistance =>
  (x, y, traits) => {
    const half = traits.line / 2;
    return Math.abs(shape(x, y, traits) + half) - half;
  };

/** Distance of a coordinate to the nearest multiple of a period, and whether the cell left of it is odd. */
function nearestLine(value: number, period: number): number {
  return Math.abs(value - period * Math.round(value / period));
}

function isOddCell(value: number, period: number): boolean {
  return Math.floor(value / period) % 2 !== 0;
}

const stripes: ShapeDistance = (x, _y, { grid, phaseX }) => {
  const distance = nearestLine(x + phaseX, grid);
  return isOddCell(x + phaseX, grid) ? distance : -distance;
};

const checks: ShapeDistance = (x, y, { grid, phaseX, phaseY }) => {
  const u = x + phaseX;
  const v = y + phaseY;
  const distance = Math.min(nearestLine(u, grid), nearestLine(v, grid));
  return isOddCell(u, grid) !== isOddCell(v, grid) ? distance : -distance;
};

/** Radius of a dot as a share of the distance between dots. */
const dotShare = 0.31;

/** Dots lie farther apart than a check is wide: a dot of the size of a check would look like one. */
const dotSpacing = 1.3;

const dots: ShapeDistance = (x, y, { grid, phaseX, phaseY }) => {
  const spacing = dotSpacing * grid;
  const u = nearestLine(x + phaseX, spacing);
  const v = nearestLine(y + phaseY, spacing);
  return Math.sqrt(u * u + v * v) - dotShare * spacing;
};

/** A pattern, cut out by a patch slightly larger than a disc: patterns need room. */
const patchScale = 1.15;

const patch =
  (pattern: ShapeDistance): ShapeDistance =>
  (x, y, traits) => {
    const shape = traits.squarePatch ? square : disc;
    const border = patchScale * shape(x / patchScale, y / patchScale, traits);
    return Math.max(border, pattern(x, y, traits));
  };

export const shapeDistances: Readonly<Record<ShapeName, ShapeDistance>> = {
  disc,
  square,
  triangle,
  star: polygon(starCorners),
  ring: outlined(disc),
  frame: outlined(square),
  "open triangle": outlined(triangle),
  stripes: patch(stripes),
  checks: patch(checks),
  dots: patch(dots),
};
