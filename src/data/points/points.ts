// Points that a learner clicks on the plane: where they may lie, which are held out, when they suffice, how they are written down.

import { permutation, Stream } from "../random";
import { Crc32 } from "../readers/crc32";

/** A clicked point. */
export interface PlanePoint {
  /** Raw coordinates, −planeReach … planeReach, to three decimals. */
  readonly x: number;
  readonly y: number;
  /** Number of its class, from 0. */
  readonly kind: number;
}

/** The plane ends this far from its centre. */
export const planeReach = 1.5;
/** The plane's borders in raw coordinates: [left, right, bottom, top]. */
export const pointsExtent = [-planeReach, planeReach, -planeReach, planeReach] as const;
/** Most points of a set. */
export const mostPoints = 2000;
/** Least points of a class that has any, so that every part of the data sees it. */
export const leastOfClass = 4;
/** Classes are called by these letters, on the page and in files. */
export const classLetters = ["A", "B", "C", "D", "E"] as const;

/** Words for the classes. @param classes 2 … 5 */
export function pointClassNames(classes: number): readonly string[] {
  return classLetters.slice(0, classes).map((letter) => `class ${letter}`);
}

/** A point within the plane, to three decimals: what is written down is then exactly what is learned from. */
export function placePoint(x: number, y: number, kind: number): PlanePoint {
  const hold = (value: number) => {
    const inside = Math.max(-planeReach, Math.min(planeReach, value));
    // Adding 0 makes the −0 of rounding a 0, which is printed as it is read.
    return Math.round(inside * 1000) / 1000 + 0;
  };
  return { x: hold(x), y: hold(y), kind };
}

/** The points as a CSV file with the columns x, y and class. */
export function printPoints(points: readonly PlanePoint[]): string {
  const rows = points.map(({ x, y, kind }) => `${x},${y},${classLetters[kind]}`);
  return `${["x,y,class", ...rows].join("\n")}\n`;
}

/** Check sum (CRC-32) of the points in their order, 1 … 2^31 − 1; 0 where there are none. */
export function pointsFingerprint(points: readonly PlanePoint[]): number {
  if (points.length === 0) return 0;
  const sum = new Crc32();
  sum.add(new TextEncoder().encode(printPoints(points)));
  return sum.value % 2 ** 31 || 1;
}

/** How many points there are of each class, [classes]. */
function countClasses(points: readonly PlanePoint[], classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const { kind } of points) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

const plural = (count: number) => `${count} ${count === 1 ? "point" : "points"}`;

/**
 * Says what is missing before a network can learn from the points.
 * @param classes of the experiment, 2 … 5
 * @returns how many there are and what to do; null where they suffice
 */
export function pointsLacking(points: readonly PlanePoint[], classes: number): string | null {
  const counts = countClasses(points, classLetters.length);
  const held = counts
    .map((count, kind) => ({ letter: classLetters[kind] as string, count, kind }))
    .filter(({ count }) => count > 0);
  const beyond = held.find(({ kind }) => kind >= classes);
  if (beyond) {
    return `${plural(beyond.count)} of class ${beyond.letter}, but the experiment has ${classes} classes: set classes to ${beyond.kind + 1} or remove them.`;
  }
  const few = held.filter(({ count }) => count < leastOfClass);
  if (held.length >= 2 && few.length === 0) return null;
  const found =
    held.length === 0
      ? "No points yet"
      : `So far ${held.map(({ letter, count }) => `${count} of ${letter}`).join(", ")}`;
  const more = few.map(({ letter, count }) => `${leastOfClass - count} more of ${letter}`);
  if (held.length < 2) {
    if (held.length === 0) more.push(`${leastOfClass} of A`);
    more.push(`${leastOfClass} of ${held[0]?.kind === 1 ? "A" : "B"}`);
  }
  const each = held.length < 2 ? "each of two classes" : "each class";
  return `${found}. At least ${leastOfClass} of ${each} are needed: add ${more.join(" and ")}.`;
}

export type PointPart = 0 | 1 | 2;
/** Parts by number. */
export const trainPoint = 0;
export const validationPoint = 1;
export const testPoint = 2;

/** A class's first four points and then every five hold one point of validation and one of test. */
const [firstBlock, laterBlock] = [leastOfClass, 5];

/** Block of a point and its place there. @param rank number of the point among those of its class, from 0 */
function blockOf(rank: number): { block: number; place: number; size: number } {
  if (rank < firstBlock) return { block: 0, place: rank, size: firstBlock };
  const further = rank - firstBlock;
  const block = 1 + Math.floor(further / laterBlock);
  return { block, place: further % laterBlock, size: laterBlock };
}

/**
 * Divides the points by the seed: about 3 of 5 of every class train, 1 validates, 1 tests.
 * A point that is added leaves the others in their parts.
 * @returns the part of each point
 */
export function pointParts(points: readonly PlanePoint[], seed: number): PointPart[] {
  const seen = new Array<number>(classLetters.length).fill(0);
  return points.map(({ kind }) => {
    const rank = seen[kind] as number;
    seen[kind] = rank + 1;
    const { block, place, size } = blockOf(rank);
    const order = permutation(size, seed, Stream.heldPoints, block * classLetters.length + kind);
    if (place === order[0]) return validationPoint;
    return place === order[1] ? testPoint : trainPoint;
  });
}
