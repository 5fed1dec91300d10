// @vitest-environment happy-dom
// The page's engine against a stand-in for the worker: what starts a run, what changes one, what may go wrong.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Gallery } from "../../worker/protocol";
import { usePage } from "../store/page";
import { history, useRun } from "../store/run";
import { useSettings } from "../store/settings";
import { type Engine, watchSeconds } from "./engine";
import { frame, openEngine, type StandinEngine } from "./standin";

const judged: Gallery = {
  width: 1,
  height: 1,
  channels: 1,
  sample: [],
  worst: [],
  mislabelled: [],
};

let page: StandinEngine;
let engine: Engine;
const last = () => page.last();
const change = (path: "regularization.weightDecay" | "data.noise", value: number) =>
  useSettings.getState().change([[path, value]]);

beforeEach(async () => {
  page = await openEngine();
  engine = page.engine;
});

afterEach(() => page.stop());

test("opening the page measures step 0 and trains nothing", () => {
  expect(last().names()).toEqual(["start"]);
  expect(useRun.getState()).toMatchObject({ phase: "live", state: "ready", step: 0 });
  expect(history.length).toBe(1);
});

test("a strength changes the run at once, sparingly while it is dragged, and leaves a mark", async () => {
  last().step = 30;
  for (const value of [1e-3, 3e-3, 1e-2]) change("regularization.weightDecay", value);
  await vi.advanceTimersByTimeAsync(100);
  // Nothing trains: a frame is asked for, since what panels show of the next step may have changed.
  expect(last().names()).toEqual(["start", "change"]);
  expect(last().asked.at(-2)?.request).toEqual({
    changes: [{ path: "regularization.weightDecay", value: 1e-2 }],
  });
  expect(useRun.getState().marks).toHaveLength(1);
  expect(page.made).toHaveLength(1);
});

test("other data make a new run, once the hand rests; the old worker ends", async () => {
  change("data.noise", 0.3);
  change("data.noise", 0.4);
  expect(useRun.getState().pending).toBe(true);
  await vi.advanceTimersByTimeAsync(100);
  expect(page.made).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(300);
  expect(page.made).toHaveLength(2);
  expect(page.made[0]?.disposed).toBe(true);
  expect(useRun.getState()).toMatchObject({ phase: "live", pending: false, state: "ready" });
});

test("Train before the new run is there starts it and trains", async () => {
  change("data.noise", 0.4);
  await engine.toggleTraining();
  await vi.advanceTimersByTimeAsync(10);
  expect(last().names()).toEqual(["start", "train"]);
  expect(useRun.getState().state).toBe("training");
});

test("Train and pause alternate; after the last epoch it starts over", async () => {
  await engine.toggleTraining();
  await engine.toggleTraining();
  expect(last().names()).toEqual(["start", "train", "pause"]);
  last().tell({ event: "status", status: { state: "finished", step: 900, epoch: 300 } });
  await engine.toggleTraining();
  expect(last().names().slice(3)).toEqual(["reset", "train"]);
});

test("after more epochs were asked for it goes on instead", async () => {
  last().tell({ event: "status", status: { state: "finished", step: 900, epoch: 300 } });
  useSettings.getState().change([["optimizer.epochs", 500]]);
  await engine.toggleTraining();
  expect(last().names()).toEqual(["start", "change", "train"]);
});

test("training on after the end asks for as many epochs again", async () => {
  last().tell({ event: "status", status: { state: "finished", step: 900, epoch: 300 } });
  await engine.trainOn();
  expect(useSettings.getState().experiment.optimizer.epochs).toBe(600);
  expect(last().names()).toEqual(["start", "change", "train"]);
});

test("a reset wipes the curves down to the start, and late frames with them", async () => {
  last().tell({ event: "frame", frame: frame(30) });
  expect(history.length).toBe(2);
  const reset = engine.reset();
  await vi.advanceTimersByTimeAsync(1);
  await reset;
  expect(history.columns.step).toEqual([0]);
});

test("a reset brings the panels' pictures back: the worker is told of them again", async () => {
  const { tell } = last();
  tell({ event: "frame", frame: frame(30) });
  const reset = engine.reset();
  tell({ event: "frame", frame: { ...frame(30), gallery: judged } });
  await reset;
  expect(history.latest("gallery")).toBeNull();
  expect(last().asked.at(-1)?.name).toBe("watch");
  tell({ event: "frame", frame: { ...frame(0), gallery: judged } });
  expect(history.latest("gallery")).toBe(judged);
  expect(history.length).toBe(1);
});

test("fewer epochs than are done already: Train starts over", async () => {
  last().tell({ event: "status", status: { state: "paused", step: 900, epoch: 300 } });
  last().step = 900;
  useSettings.getState().change([["optimizer.epochs", 5]]);
  await engine.toggleTraining();
  expect(last().names()).toEqual(["start", "change", "reset", "train"]);
});

test("training on is refused in words when no epoch is left", async () => {
  useSettings.getState().change([["optimizer.epochs", 10_000]]);
  last().tell({ event: "status", status: { state: "finished", step: 30_000, epoch: 10_000 } });
  expect(await engine.trainOn()).toContain("largest value");
  expect(last().names()).not.toContain("train");
});

test("a lost worker keeps the curves; start again begins anew", async () => {
  last().tell({ event: "frame", frame: frame(30) });
  last().tell({ event: "failure", error: { kind: "worker-lost", message: "The engine stopped." } });
  expect(useRun.getState()).toMatchObject({ phase: "failed" });
  expect(useRun.getState().failure?.message).toBe("The engine stopped.");
  expect(history.length).toBe(2);
  engine.restart();
  await vi.advanceTimersByTimeAsync(10);
  expect(page.made).toHaveLength(2);
  expect(useRun.getState()).toMatchObject({ phase: "live", failure: null });
});

test("missing files are a failure of the start; given files start it again", async () => {
  page.failNext = Object.assign(new Error("Needs files."), { kind: "data-missing" });
  change("data.noise", 0.4);
  await vi.advanceTimersByTimeAsync(400);
  expect(useRun.getState()).toMatchObject({ phase: "failed", failure: { kind: "data-missing" } });
  page.failNext = null;
  const files = [new File(["x"], "train-images-idx3-ubyte")];
  engine.restart(files);
  await vi.advanceTimersByTimeAsync(10);
  expect(last().asked[0]?.request).toMatchObject({ files });
  expect(useRun.getState().phase).toBe("live");
});

test("panels that come and go are told to the worker together", async () => {
  const before = last().asked.length;
  const leave = engine.show("boundary");
  engine.show("weights");
  leave();
  await vi.advanceTimersByTimeAsync(5);
  const told = last().asked.slice(before);
  expect(told).toHaveLength(1);
  expect(told[0]?.request).toMatchObject({ panels: ["weights"] });
});

test("while paused, a live change brings the pictures of the next step anew", async () => {
  const before = last().asked.length;
  const names = () =>
    last()
      .asked.slice(before)
      .map(({ name }) => name);
  expect(names()).toEqual([]);
  useSettings.getState().change([["regularization.dropoutHidden", 0.5]]);
  await vi.advanceTimersByTimeAsync(100);
  expect(names()).toEqual(["change", "watch"]);
});

test("what is looked at is told to the worker, and to those after it", async () => {
  const request = () => last().asked.findLast(({ name }) => name === "watch")?.request;
  engine.look({ picture: 5 });
  await vi.advanceTimersByTimeAsync(10);
  expect(request()).toMatchObject({ look: { picture: 5, firstUnit: 0 } });
  change("data.noise", 0.4);
  await vi.advanceTimersByTimeAsync(300);
  expect(page.made).toHaveLength(2);
  expect(request()).toMatchObject({ look: { picture: 5, firstUnit: 0 } });
});

test("the worker is told how long a run is to take: at its start, and when that changes", async () => {
  const told = () => last().asked.filter(({ name }) => name === "follow");
  const seconds = () =>
    told().map(({ request }) => (request as { leastSeconds: number }).leastSeconds);
  expect(seconds()).toEqual([watchSeconds]);
  usePage.getState().setSpeed("full");
  usePage.getState().setSpeed("watch");
  expect(seconds()).toEqual([watchSeconds, 0, watchSeconds]);
});

test("after a divergence Train goes on from the weights that are back, with what was changed", async () => {
  await engine.toggleTraining();
  const restored = { step: 3, epoch: 1 };
  last().tell({
    event: "diverged",
    divergence: { step: 5, epoch: 1.7, quantity: "training loss", restored },
  });
  last().tell({ event: "status", status: { state: "diverged", ...restored } });
  useSettings.getState().change([["optimizer.learningRate", 1e-4]]);
  await engine.toggleTraining();
  expect(
    last()
      .names()
      .filter((name) => name === "reset"),
  ).toEqual([]);
  expect(last().names().slice(-2)).toEqual(["change", "train"]);
  expect(useRun.getState().state).toBe("training");
});
