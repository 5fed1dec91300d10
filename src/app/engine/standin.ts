// A stand-in for the worker in tests of the engine: it answers at once and remembers what it was asked.
import { vi } from "vitest";
import { presets } from "../../experiment/presets";
import type {
  CallName,
  Calls,
  CurvePoint,
  EventMessage,
  Frame,
  RunState,
} from "../../worker/protocol";
import { history, untouchedRun, useRun } from "../store/run";
import { useSettings } from "../store/settings";
import type { Connection } from "./connection";
import { Engine } from "./engine";

function point(step: number): CurvePoint {
  const part = { loss: 1, accuracy: 0.5 };
  const zeros = { gradientNorm: null, weightNorm: 1, nearZero: 0, exactZero: 0 };
  return { step, epoch: step / 3, train: part, validation: part, penalties: {}, ...zeros };
}

export const frame = (step: number): Frame => ({
  step,
  epoch: step / 3,
  stepsPerSecond: 0,
  points: [point(step)],
});

/** Answers as a worker would, at once; what it was asked is kept. */
export class Standin implements Connection {
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

/** An engine whose workers are stand-ins. Time stands still between the test's own steps. */
export interface StandinEngine {
  readonly engine: Engine;
  /** Every worker so far. */
  readonly made: readonly Standin[];
  readonly last: () => Standin;
  /** Workers made from now on fail to start with this; null: they start. */
  failNext: Error | null;
  /** Lets go of everything. */
  readonly stop: () => void;
}

/** Opens the page's engine with the first preset, up to its first frame. */
export async function openEngine(): Promise<StandinEngine> {
  vi.useFakeTimers();
  history.clear();
  useRun.setState(untouchedRun);
  const [first] = presets;
  if (first) useSettings.getState().load(first);
  const made: Standin[] = [];
  const engine = new Engine((tell) => {
    const standin = new Standin(tell);
    standin.failStart = held.failNext;
    made.push(standin);
    return standin;
  });
  const unfollow = engine.follow();
  const held: StandinEngine = {
    engine,
    made,
    last: () => made.at(-1) as Standin,
    failNext: null,
    stop() {
      unfollow();
      vi.useRealTimers();
    },
  };
  await vi.advanceTimersByTimeAsync(10);
  return held;
}
