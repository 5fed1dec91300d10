// @vitest-environment happy-dom
// What is asked of a run: answers come with the moment they are of, and those of a run that is over are dropped.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { useRun } from "../store/run";
import type { Engine } from "./engine";
import { frame, openEngine, type StandinEngine } from "./standin";

let page: StandinEngine;
let engine: Engine;
const last = () => page.last();

beforeEach(async () => {
  page = await openEngine();
  engine = page.engine;
});

afterEach(() => page.stop());

test("the test set says at which epoch it was measured", async () => {
  last().step = 30;
  const revealed = engine.reveal();
  expect(useRun.getState().revealing).toBe(true);
  last().tell({ event: "frame", frame: frame(60) });
  last().open();
  await revealed;
  expect(useRun.getState()).toMatchObject({ revealing: false, test: { epoch: 10 } });
});

test("figures of the test set from before a reset are dropped", async () => {
  const revealed = engine.reveal();
  await engine.reset();
  expect(useRun.getState().revealing).toBe(false);
  last().open();
  await revealed;
  expect(useRun.getState()).toMatchObject({ revealing: false, test: null });
});

test("a new run can open its test set while the old one's is still being measured", async () => {
  void engine.reveal();
  engine.restart();
  await vi.advanceTimersByTimeAsync(10);
  expect(useRun.getState()).toMatchObject({ phase: "live", revealing: false, test: null });
});

test("the test on corrupted pictures: how far it is, its result, and at which epoch it was begun", async () => {
  useRun.setState({ epoch: 4 });
  const tested = engine.testDrift();
  expect(useRun.getState()).toMatchObject({ drift: null, driftShare: 0 });
  last().tell({ event: "drift", share: 0.5 });
  expect(useRun.getState().driftShare).toBe(0.5);
  last().tell({ event: "frame", frame: frame(60) });
  last().open();
  await tested;
  const drift = { epoch: 4, report: { count: 5 } };
  expect(useRun.getState()).toMatchObject({ drift, driftShare: null });
  const stopped = engine.testDrift();
  await engine.endDrift();
  await stopped;
  // What was found before stays.
  expect(useRun.getState()).toMatchObject({ drift, driftShare: null });
});

test("figures of corrupted pictures from before a reset or a new run are dropped", async () => {
  const tested = engine.testDrift();
  await engine.reset();
  expect(useRun.getState().driftShare).toBeNull();
  last().open();
  await tested;
  expect(useRun.getState()).toMatchObject({ drift: null, driftShare: null });
  void engine.testDrift();
  engine.restart();
  await vi.advanceTimersByTimeAsync(10);
  expect(useRun.getState()).toMatchObject({ phase: "live", drift: null, driftShare: null });
});
