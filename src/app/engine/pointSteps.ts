// What can be undone and redone of the clicked points as a short text, so that it outlives a reload: differences, not whole sets.
import {
  classLetters,
  mostPoints,
  type PlanePoint,
  placePoint,
  pointsFingerprint,
} from "../../data/points/points";

export interface PointSteps {
  /** Sets of points before the present one, the latest last. */
  readonly past: readonly (readonly PlanePoint[])[];
  /** Sets that were undone, the latest last. */
  readonly future: readonly (readonly PlanePoint[])[];
}

/** Steps of each kind that outlive a reload. */
const keptSteps = 100;

/** From one set to the next: at a place some points are left out, and others put in as x, y, class. */
type Change = readonly [at: number, left: number, ...put: number[]];

const same = (a: PlanePoint | undefined, b: PlanePoint | undefined) =>
  a?.x === b?.x && a?.y === b?.y && a?.kind === b?.kind;

function changeBetween(from: readonly PlanePoint[], to: readonly PlanePoint[]): Change {
  const shorter = Math.min(from.length, to.length);
  let head = 0;
  while (head < shorter && same(from[head], to[head])) head++;
  let tail = 0;
  while (tail < shorter - head && same(from.at(-1 - tail), to.at(-1 - tail))) tail++;
  const put = to.slice(head, to.length - tail);
  return [head, from.length - tail - head, ...put.flatMap(({ x, y, kind }) => [x, y, kind])];
}

/** @throws RangeError where the change does not fit the points */
function changed(from: readonly PlanePoint[], [at, left, ...put]: Change): readonly PlanePoint[] {
  const fits = [at, left].every((value) => Number.isInteger(value) && value >= 0);
  if (!fits || at + left > from.length || put.length % 3 !== 0 || !put.every(Number.isFinite)) {
    throw new RangeError("The kept steps do not fit the kept points.");
  }
  const points: PlanePoint[] = [];
  for (let i = 0; i < put.length; i += 3) {
    const [x, y, kind] = put.slice(i, i + 3) as [number, number, number];
    if (classLetters[kind] === undefined) throw new RangeError("A kept step has an unknown class.");
    points.push(placePoint(x, y, kind));
  }
  const made = [...from.slice(0, at), ...points, ...from.slice(at + left)];
  if (made.length > mostPoints) throw new RangeError("A kept step has too many points.");
  return made;
}

/** Differences from the present set to the nearest step, from that to the next, and so on. */
function pack(points: readonly PlanePoint[], steps: PointSteps["past"]): Change[] {
  let from = points;
  return steps
    .slice(-keptSteps)
    .reverse()
    .map((to) => {
      const change = changeBetween(from, to);
      from = to;
      return change;
    });
}

function unpack(points: readonly PlanePoint[], changes: readonly Change[]): PointSteps["past"] {
  let from = points;
  const steps = changes.slice(0, keptSteps).map((change) => {
    from = changed(from, change);
    return from;
  });
  return steps.reverse();
}

/** @param points the present set */
export function printSteps(points: readonly PlanePoint[], { past, future }: PointSteps): string {
  const of = pointsFingerprint(points);
  return JSON.stringify({ of, past: pack(points, past), future: pack(points, future) });
}

/** The steps of a text; none where it is damaged or belongs to other points than these. */
export function readSteps(points: readonly PlanePoint[], text: string | null): PointSteps {
  const none: PointSteps = { past: [], future: [] };
  if (text === null) return none;
  try {
    const { of, past, future } = JSON.parse(text);
    if (of !== pointsFingerprint(points)) return none;
    return { past: unpack(points, past), future: unpack(points, future) };
  } catch {
    return none;
  }
}
