// The record of measurements: columns grow, a reset starts over, earlier moments can be called up.
import { expect, test } from "vitest";
import type { CurvePoint, Frame } from "../../worker/protocol";
import { RunHistory } from "./history";

function point(step: number): CurvePoint {
  const part = { loss: 1 / (step + 1), accuracy: 0.5 };
  return {
    step,
    epoch: step / 3,
    train: part,
    validation: part,
    penalties: { l2: 0.25, l1: 0.5, weightDecay: 2 },
    gradientNorm: null,
    weightNorm: 3,
    nearZero: 0.1,
    exactZero: 0,
  };
}

function frame(steps: readonly number[], extra: Partial<Frame> = {}): Frame {
  const step = steps.at(-1) ?? 0;
  return { step, epoch: step / 3, stepsPerSecond: 0, points: steps.map(point), ...extra };
}

test("penalties in the loss and implied ones are summed apart", () => {
  const history = new RunHistory();
  history.add(frame([0, 3]));
  expect(history.columns.penalty).toEqual([0.75, 0.75]);
  expect(history.columns.implied).toEqual([2, 2]);
});

test("a point that was there already is not doubled; an earlier one takes the later ones back", () => {
  const history = new RunHistory();
  history.add(frame([0, 3, 6]));
  history.add(frame([6, 9]));
  expect(history.columns.step).toEqual([0, 3, 6, 9]);
  history.add(frame([0]));
  expect(history.columns.step).toEqual([0]);
});

test("the curve of an earlier epoch can be called up", () => {
  const history = new RunHistory();
  for (const step of [0, 3, 6, 9]) {
    const curve = { x: new Float32Array([0]), y: new Float32Array([step]) };
    history.add(frame([step], { curve }));
  }
  expect(history.at("curve", 2.5)?.step).toBe(6);
  expect(history.at("curve", null)?.step).toBe(9);
  expect(history.at("curve", -1)?.step).toBe(0);
});

test("readers hear of every change until they leave", () => {
  const history = new RunHistory();
  let heard = 0;
  const leave = history.subscribe(() => heard++);
  history.add(frame([0]));
  history.clear();
  leave();
  history.add(frame([0]));
  expect(heard).toBe(2);
  expect(history.versionOf(["points"])).toBe(3);
});

test("a run without end does not fill the memory: rows are thinned, first and last stay", () => {
  const history = new RunHistory();
  for (let step = 0; step < 20_000; step++) history.add(frame([step]));
  expect(history.length).toBeLessThanOrEqual(4001);
  expect(history.length).toBeGreaterThan(1500);
  const { step, epoch } = history.columns;
  expect([step[0], step.at(-1)]).toEqual([0, 19_999]);
  expect(step.every((value, row) => row === 0 || value > (step[row - 1] as number))).toBe(true);
  expect(epoch.every((value, row) => value === (step[row] as number) / 3)).toBe(true);
});

test("a version counts changes of its own parts only", () => {
  const history = new RunHistory();
  const before = history.versionOf(["points"]);
  history.add(frame([0], { weights: [] }));
  expect(history.versionOf(["points"])).toBe(before + 1);
  expect(history.versionOf(["weights"])).toBe(1);
  history.add({ step: 2, epoch: 1, stepsPerSecond: 5, points: [], weights: [] });
  expect(history.versionOf(["points"])).toBe(before + 1);
  expect(history.versionOf(["weights"])).toBe(2);
  expect(history.versionOf(["maps"])).toBe(0);
  history.clear();
  expect(history.versionOf(["weights"])).toBe(3);
  // There was nothing to forget.
  expect(history.versionOf(["maps"])).toBe(0);
});

test("a point that is measured again takes the earlier one's place, and later ones stay", () => {
  const history = new RunHistory();
  history.add(frame([0, 3, 6]));
  history.add(frame([3], { points: [{ ...point(3), weightNorm: 7, again: true }] }));
  expect(history.columns.step).toEqual([0, 3, 6]);
  expect(history.columns.weightNorm).toEqual([3, 7, 3]);
});
