// @vitest-environment happy-dom
// The page's engine against a stand-in for the worker: what starts a run, what changes one, what may go wrong.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { presets } from "../../experiment/presets";
import type {
  CallName,
  Calls,
  CurvePoint,
  EventMessage,
  Frame,
  Gallery,
  RunState,
} from "../../worker/protocol";
import { usePage } from "../store/page";
import { history, untouchedRun, useRun } from "../store/run";
import { useSettings } from "../store/settings";
import type { Connection } from "./connection";
import { Engine, watchSeconds } from "./engine";

function point(step: number): CurvePoint {
  const part = { loss: 1, accuracy: 0.5 };
  const zeros = { gradientNorm: null, weightNorm: 1, nearZero: 0, exactZero: 0 };
  return { step, epoch: step / 3, train: part, validation: part, penalties: {}, ...zeros };
}

const frame = (step: number): Frame => ({
  step,
  epoch: step / 3,
  stepsPerSecond: 0,
  points: [point(step)],
});

const judged: Gallery = {
  width: 1,
  height: 1,
  channels: 1,
  sample: [],
  worst: [],
  mislabelled: [],
};

class Standin implements Connection {
  readonly asked: { name: CallName; request: unknown }[] = [];
  disposed = false;
  state: RunState = "ready";
  step = 0;
  failStart: Error | null = null;
  /** Answers to "reveal" wait until this is called. */
  open = () => {};
  endDrift = () => {};

  constructor(readonly tell: (event: EventMessage) => void) {}

  async call<N extends CallName>(
    name: N,
    request: Calls[N]["request"],
  ): Promise<Calls[N]["reply"]> {
    this.asked.push({ name, request });
    if (name === "start" && this.failStart) throw this.failStart;
    return this.answer(name, request) as Calls[N]["reply"];
  }

  dispose(): void {
    this.disposed = true;
  }

  /** Without what only says how things are shown. */
  names(): CallName[] {
    return this.asked
      .map(({ name }) => name)
      .filter((name) => name !== "watch" && name !== "follow");
  }

  private answer(name: CallName, request: unknown): unknown {
    if (name === "start") {
      const backend = { chosen: "cpu", why: "", candidates: [] };
      const dataset = { classNames: ["a", "b"], featureNames: [], counts: {}, points: null };
      return { backend, dataset, network: {}, stepsPerEpoch: 3, frame: frame(0) };
    }
    if (name === "change") {
      const { changes } = request as Calls["change"]["request"];
      const at = { step: this.step, epoch: this.step / 3 };
      return { changes: changes.map(({ path, value }) => ({ path, from: 0, to: value, ...at })) };
    }
    if (name === "reveal") {
      const part = { loss: 1, accuracy: 0.5 };
      const metrics = { train: part, validation: part, test: part, epoch: this.step / 3 };
      return new Promise((resolve) => {
        this.open = () => resolve(metrics);
      });
    }
    if (name === "drift") {
      const { wanted } = request as Calls["drift"]["request"];
      if (!wanted) return this.endDrift();
      return new Promise((resolve) => {
        this.open = () => resolve({ count: 5 });
        this.endDrift = () => resolve(null);
      });
    }
    if (name === "train") this.state = "training";
    if (name === "pause") this.state = "paused";
    if (name === "reset") [this.state, this.step] = ["ready", 0];
    return { state: this.state, step: this.step, epoch: this.step / 3 };
  }
}

let made: Standin[] = [];
let failNext: Error | null = null;
let engine: Engine;
let stop = () => {};
const last = () => made.at(-1) as Standin;
const change = (path: "regularization.weightDecay" | "data.noise", value: number) =>
  useSettings.getState().change([[path, value]]);

beforeEach(async () => {
  vi.useFakeTimers();
  made = [];
  failNext = null;
  history.clear();
  useRun.setState(untouchedRun);
  const [first] = presets;
  if (first) useSettings.getState().load(first);
  engine = new Engine((tell) => {
    const standin = new Standin(tell);
    standin.failStart = failNext;
    made.push(standin);
    return standin;
  });
  stop = engine.follow();
  await vi.advanceTimersByTimeAsync(10);
});

afterEach(() => {
  stop();
  vi.useRealTimers();
});

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
  expect(made).toHaveLength(1);
});

test("other data make a new run, once the hand rests; the old worker ends", async () => {
  change("data.noise", 0.3);
  change("data.noise", 0.4);
  expect(useRun.getState().pending).toBe(true);
  await vi.advanceTimersByTimeAsync(100);
  expect(made).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(300);
  expect(made).toHaveLength(2);
  expect(made[0]?.disposed).toBe(true);
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
  expect(history.gallery).toBeNull();
  expect(last().asked.at(-1)?.name).toBe("watch");
  tell({ event: "frame", frame: { ...frame(0), gallery: judged } });
  expect(history.gallery).toBe(judged);
  expect(history.length).toBe(1);
});

test("fewer epochs than are done already: Train starts over", async () => {
  last().tell({ event: "status", status: { state: "paused", step: 900, epoch: 300 } });
  last().step = 900;
  useSettings.getState().change([["optimizer.epochs", 5]]);
  await engine.toggleTraining();
  expect(last().names()).toEqual(["start", "change", "reset", "train"]);
});

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
  expect(made).toHaveLength(2);
  expect(useRun.getState()).toMatchObject({ phase: "live", failure: null });
});

test("missing files are a failure of the start; given files start it again", async () => {
  failNext = Object.assign(new Error("Needs files."), { kind: "data-missing" });
  change("data.noise", 0.4);
  await vi.advanceTimersByTimeAsync(400);
  expect(useRun.getState()).toMatchObject({ phase: "failed", failure: { kind: "data-missing" } });
  failNext = null;
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
  expect(made).toHaveLength(2);
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
