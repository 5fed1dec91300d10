// @vitest-environment happy-dom
// From clicks to a run: kept, taken back, given to the engine with their check sum, and never in place of another's points.
import { beforeEach, expect, test, vi } from "vitest";
import { placePoint, pointsFingerprint, printPoints } from "../../data/points/points";
import { defaultExperiment, withValue } from "../../experiment/schema";
import { usePoints } from "../store/points";
import { useSettings } from "../store/settings";
import type { Engine } from "./engine";
import {
  addPoint,
  changePoints,
  forgetPoints,
  learnFromPoints,
  openPoints,
  redoPoints,
  removePoint,
  takePoints,
  undoPoints,
} from "./ownPoints";

const restart = vi.fn();
const give = vi.fn<(files: readonly File[]) => void>();
const engine = { restart, give } as unknown as Engine;
const cloud = Array.from({ length: 12 }, (_, i) => placePoint(i / 10, 0.5, i % 3));
const held = () => usePoints.getState().points;
const data = () => useSettings.getState().experiment.data;
const stored = () => localStorage.getItem("regularization-playground.points");

beforeEach(() => {
  vi.clearAllMocks();
  localStorage.clear();
  forgetPoints();
  const experiment = withValue(defaultExperiment, "data.kind", "ownPoints");
  useSettings.getState().open(withValue(experiment, "data.classes", 2), []);
});

test("a click gives the engine its points and the experiment their check sum and classes", async () => {
  addPoint(engine, 0.1, 0.2);
  usePoints.setState({ kind: 2 });
  addPoint(engine, -0.5, 9);
  expect(held()).toEqual([placePoint(0.1, 0.2, 0), placePoint(-0.5, 1.5, 2)]);
  expect(stored()).toBe(printPoints(held()));
  expect(restart).not.toHaveBeenCalled();
  expect(await give.mock.lastCall?.[0][0]?.text()).toBe(printPoints(held()));
  expect(data()).toMatchObject({ points: pointsFingerprint(held()), classes: 3 });
});

test("every change can be taken back and made again; nothing is lost by clearing", () => {
  changePoints(engine, cloud);
  removePoint(engine, 3);
  expect(held()).toHaveLength(11);
  changePoints(engine, []);
  expect(give).toHaveBeenLastCalledWith([]);
  expect(data().points).toBe(0);
  undoPoints(engine);
  undoPoints(engine);
  expect(held()).toEqual(cloud);
  redoPoints(engine);
  expect(held()).toHaveLength(11);
  undoPoints(engine);
  undoPoints(engine);
  undoPoints(engine);
  expect(held()).toEqual([]);
  expect(usePoints.getState().past).toEqual([]);
});

test("undo and redo outlive a reload, but not another set of points", async () => {
  for (const { x, y } of cloud.slice(0, 3)) addPoint(engine, x, y);
  removePoint(engine, 1);
  changePoints(engine, []);
  undoPoints(engine);
  const before = usePoints.getState();
  forgetPoints();
  await openPoints(engine);
  const { points, past, future } = usePoints.getState();
  expect({ points, past, future }).toEqual({
    points: before.points,
    past: before.past,
    future: before.future,
  });
  expect([past.length, future.length]).toEqual([4, 1]);
  undoPoints(engine);
  expect(held()).toHaveLength(3);
  changePoints(engine, []);
  forgetPoints();
  await openPoints(engine);
  undoPoints(engine);
  expect(held()).toHaveLength(3);
  forgetPoints();
  localStorage.setItem("regularization-playground.points", printPoints(cloud));
  await openPoints(engine);
  expect(held()).toEqual(cloud);
  expect(usePoints.getState().past).toEqual([]);
});

test("what the browser kept begins a run once, unless the link means other points", async () => {
  localStorage.setItem("regularization-playground.points", printPoints(cloud));
  useSettings.getState().change([["data.points", pointsFingerprint(cloud)]]);
  await openPoints(engine);
  expect(held()).toEqual(cloud);
  expect(restart).toHaveBeenCalledOnce();
  // Meanwhile another data set may have been given its files: the points are handed over again, their run stays.
  give.mockClear();
  await openPoints(engine);
  expect(restart).toHaveBeenCalledOnce();
  expect(await give.mock.lastCall?.[0][0]?.text()).toBe(printPoints(cloud));
  give.mockClear();
  forgetPoints();
  useSettings.getState().change([["data.points", 5]]);
  await openPoints(engine);
  expect(give).not.toHaveBeenCalled();
  expect(data().points).toBe(5);
  learnFromPoints(engine);
  expect(data().points).toBe(pointsFingerprint(cloud));
});

test("what the browser kept and cannot be read counts for nothing", async () => {
  localStorage.setItem("regularization-playground.points", "x,y\nrubbish");
  await openPoints(engine);
  expect(held()).toEqual([]);
  expect(give).not.toHaveBeenCalled();
});

test("a file replaces the points, which undo brings back; a wrong one changes nothing", async () => {
  addPoint(engine, 0, 0);
  await takePoints(engine, [new File([printPoints(cloud)], "theirs.csv")]);
  expect(held()).toEqual(cloud);
  expect(data().points).toBe(pointsFingerprint(cloud));
  await takePoints(engine, [new File(["a,b\n1,2\n"], "wrong.csv")]);
  expect(usePoints.getState().problem).toMatch(/^wrong\.csv, line 1: expected the columns/);
  expect(held()).toEqual(cloud);
  undoPoints(engine);
  expect(held()).toEqual([placePoint(0, 0, 0)]);
  expect(usePoints.getState().problem).toBeNull();
});

test("points beyond the limit are refused in words; another data set is left alone", () => {
  const most = Array.from({ length: 2000 }, () => placePoint(0, 0, 0));
  changePoints(engine, most);
  addPoint(engine, 1, 1);
  expect(held()).toHaveLength(2000);
  expect(usePoints.getState().problem).toMatch(/2000 points: at most 2000/);
  useSettings.getState().chooseData("moons");
  learnFromPoints(engine);
  expect(give).toHaveBeenCalledOnce();
});
