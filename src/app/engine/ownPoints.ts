// From clicks to a run: every change of the points is kept, can be undone, and makes the settings plan a new run.

import {
  mostPoints,
  type PlanePoint,
  placePoint,
  pointsFingerprint,
  printPoints,
} from "../../data/points/points";
import { readPoints } from "../../data/points/read";
import { inWords } from "../logic/failures";
import { noPoints, usePoints } from "../store/points";
import { useRun } from "../store/run";
import { useSettings } from "../store/settings";
import { recall, remember } from "../store/storage";
import type { Engine } from "./engine";
import { printSteps, readSteps } from "./pointSteps";

/** Where the browser keeps them. */
const storeName = "points";
const stepsName = "point-steps";
/** Steps that can be undone. */
const mostSteps = 500;

/** Check sum of the points that the engine was given last. */
let given: number | null = null;

const fileOf = (points: readonly PlanePoint[]) => new File([printPoints(points)], "points.csv");

/** True where the experiment, as a link gave it, means other points than those at hand. */
export function meansOtherPoints(points: readonly PlanePoint[], wanted: number): boolean {
  return wanted !== 0 && wanted !== pointsFingerprint(points);
}

/** Makes the points at hand those of the experiment; their run begins after a pause, as after every change of a setting. */
export function learnFromPoints(engine: Engine): void {
  const { points } = usePoints.getState();
  const { data } = useSettings.getState().experiment;
  if (data.kind !== "ownPoints") return;
  const classes = points.reduce((most, { kind }) => Math.max(most, kind + 1), data.classes);
  given = pointsFingerprint(points);
  engine.give(points.length > 0 ? [fileOf(points)] : []);
  if (given === data.points) engine.restart();
  useSettings.getState().change([
    ["data.points", given],
    ["data.classes", classes],
  ]);
}

function show(engine: Engine, points: readonly PlanePoint[]): void {
  usePoints.setState({ points, problem: null });
  remember(storeName, printPoints(points));
  remember(stepsName, printSteps(points, usePoints.getState()));
  learnFromPoints(engine);
}

/** Replaces the points by others; undo brings them back. */
export function changePoints(engine: Engine, points: readonly PlanePoint[]): void {
  const { points: before, past } = usePoints.getState();
  usePoints.setState({ past: [...past, before].slice(-mostSteps), future: [] });
  show(engine, points);
}

/** Adds a point of the chosen class. @param x raw coordinate, as y */
export function addPoint(engine: Engine, x: number, y: number): void {
  const { points, kind } = usePoints.getState();
  if (points.length >= mostPoints) {
    const problem = `There are ${points.length} points: at most ${mostPoints} are allowed. Remove some first.`;
    usePoints.setState({ problem });
    return;
  }
  changePoints(engine, [...points, placePoint(x, y, kind)]);
}

/** @param place number of the point, from 0 */
export function removePoint(engine: Engine, place: number): void {
  changePoints(
    engine,
    usePoints.getState().points.filter((_, at) => at !== place),
  );
}

/** Takes the last change back. */
export function undoPoints(engine: Engine): void {
  const { points, past, future } = usePoints.getState();
  const before = past.at(-1);
  if (!before) return;
  usePoints.setState({ past: past.slice(0, -1), future: [...future, points] });
  show(engine, before);
}

/** Makes the last change that was taken back again. */
export function redoPoints(engine: Engine): void {
  const { points, past, future } = usePoints.getState();
  const after = future.at(-1);
  if (!after) return;
  usePoints.setState({ past: [...past, points], future: future.slice(0, -1) });
  show(engine, after);
}

/** Takes a dropped or chosen CSV file. Resolves when its points lie on the plane, or the page says why not. */
export async function takePoints(engine: Engine, files: readonly File[]): Promise<void> {
  const [file] = files;
  if (!file) return;
  try {
    const opened = { name: file.name, stream: file.stream(), size: file.size };
    changePoints(engine, await readPoints(opened));
  } catch (error) {
    usePoints.setState({ problem: inWords(error) });
  }
}

/** The points that the browser kept; none where it kept nothing, or nothing that can be read. */
async function keptPoints(): Promise<readonly PlanePoint[]> {
  const text = recall(storeName);
  if (text === null) return [];
  const stream = new Blob([text]).stream();
  return readPoints({ name: "points.csv", stream }).catch(() => []);
}

/** Begins with what the browser kept: its run starts unless the experiment means other points. */
export async function openPoints(engine: Engine): Promise<void> {
  if (usePoints.getState().points.length === 0) {
    const points = await keptPoints();
    // A click may have been faster.
    if (usePoints.getState().points.length === 0 && usePoints.getState().past.length === 0)
      usePoints.setState({ points, ...readSteps(points, recall(stepsName)) });
  }
  const { points } = usePoints.getState();
  const { data } = useSettings.getState().experiment;
  if (points.length === 0 || meansOtherPoints(points, data.points)) return;
  // The panel opens again with every visit of its tab, which shall not cost the run.
  const lost = useRun.getState().failure?.kind === "data-missing";
  if (lost || given !== pointsFingerprint(points)) learnFromPoints(engine);
  // Another data set may have been given other files since.
  else engine.give([fileOf(points)]);
}

/** Forgets the points of this page, not those of the browser: for tests. */
export function forgetPoints(): void {
  given = null;
  usePoints.setState(noPoints, true);
}
