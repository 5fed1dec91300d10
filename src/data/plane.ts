// Flat classification sets, where a learner can see every decision: moons, circle, XOR, clusters, spiral.
import type { RandomSequence } from "./random";

export type PlaneKind = "moons" | "circle" | "xor" | "clusters" | "spiral";

/** Draws one example of a class. @returns raw coordinates, roughly within −1.5 … 1.5 */
export type PlaneGenerator = (
  label: number,
  classes: number,
  noise: number,
  sequence: RandomSequence,
) => readonly [number, number];

/** Moves a point by Gaussian noise of the given standard deviation on both axes. */
function scatter(
  x: number,
  y: number,
  deviation: number,
  sequence: RandomSequence,
): readonly [number, number] {
  return [x + deviation * sequence.normal(), y + deviation * sequence.normal()];
}

/** Centre of scikit-learn's make_moons, which spans −1 … 2 by −0.5 … 1. */
const moonsCentre = { x: 0.5, y: 0.25 } as const;

/** As scikit-learn's make_moons: half circles of radius 1, noise is the standard deviation itself. */
const moons: PlaneGenerator = (label, _classes, noise, sequence) => {
  const angle = Math.PI * sequence.uniform();
  const x = label === 0 ? Math.cos(angle) : 1 - Math.cos(angle);
  const y = label === 0 ? Math.sin(angle) : 0.5 - Math.sin(angle);
  return scatter(x - moonsCentre.x, y - moonsCentre.y, noise, sequence);
};

/** Radii of the disc's rim and of the ring's inner and outer rim. */
const circleRadii = { disc: 0.65, inner: 0.8, outer: 1.3 } as const;

/** Even over the areas of the disc (class 0) and the ring (class 1). */
const circle: PlaneGenerator = (label, _classes, noise, sequence) => {
  const inner = label === 0 ? 0 : circleRadii.inner;
  const outer = label === 0 ? circleRadii.disc : circleRadii.outer;
  const radius = Math.sqrt(sequence.between(inner * inner, outer * outer));
  const angle = 2 * Math.PI * sequence.uniform();
  const noisePerUnit = 0.7;
  const x = radius * Math.cos(angle);
  return scatter(x, radius * Math.sin(angle), noisePerUnit * noise, sequence);
};

/** Distance from the axes of the nearest and the farthest clean point. */
const xorReach = { nearest: 0.06, farthest: 1.25 } as const;

/** Class 0: both coordinates of one sign. Class 1: of opposite signs. */
const xor: PlaneGenerator = (label, _classes, noise, sequence) => {
  const x = sequence.between(xorReach.nearest, xorReach.farthest);
  const y = sequence.between(xorReach.nearest, xorReach.farthest);
  const side = sequence.uniform() < 0.5 ? -1 : 1;
  const noisePerUnit = 0.75;
  return scatter(side * x, side * (label === 0 ? y : -y), noisePerUnit * noise, sequence);
};

/** Centres lie on a circle of this radius, the first one straight up. */
const clusterRadius = 0.9;
/** Spread of a clean cluster, so that noise 0 still shows clouds. */
const clusterSpread = 0.12;

/** One isotropic Gaussian cloud per class; variances of spread and noise add. */
const clusters: PlaneGenerator = (label, classes, noise, sequence) => {
  const angle = (2 * Math.PI * label) / classes;
  const x = clusterRadius * Math.sin(angle);
  return scatter(x, clusterRadius * Math.cos(angle), Math.hypot(clusterSpread, noise), sequence);
};

const spiralTurns = 1.25;
const spiralRadii = { start: 0.1, end: 1.35 } as const;

/** Two Archimedean arms, half a turn apart. */
const spiral: PlaneGenerator = (label, _classes, noise, sequence) => {
  // The root spreads points evenly along the arm, whose turns grow with the radius.
  const along = Math.sqrt(sequence.uniform());
  const radius = spiralRadii.start + (spiralRadii.end - spiralRadii.start) * along;
  const angle = 2 * Math.PI * spiralTurns * along + Math.PI * label;
  const noisePerUnit = 0.6;
  const x = radius * Math.sin(angle);
  return scatter(x, radius * Math.cos(angle), noisePerUnit * noise, sequence);
};

export const planeGenerators: Readonly<Record<PlaneKind, PlaneGenerator>> = {
  moons,
  circle,
  xor,
  clusters,
  spiral,
};

const clusterNames = ["A", "B", "C", "D", "E"] as const;

/** Words for the classes of a flat set. @param classes counts for "clusters" only: 2 … 5 */
export function planeClassNames(kind: PlaneKind, classes: number): readonly string[] {
  switch (kind) {
    case "moons":
      return ["upper moon", "lower moon"];
    case "circle":
      return ["disc", "ring"];
    case "xor":
      return ["same sign", "opposite sign"];
    case "spiral":
      return ["first arm", "second arm"];
    case "clusters":
      return clusterNames.slice(0, classes).map((name) => `cluster ${name}`);
  }
}
