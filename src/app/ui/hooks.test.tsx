// @vitest-environment happy-dom
// Renders counted: parts of the page hear only of what they show, in turn, and not at all while they are out of sight.
import { act, cleanup, render } from "@testing-library/react";
import { useRef } from "react";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { Frame, PanelName } from "../../worker/protocol";
import { EngineContext } from "../engine/context";
import type { Engine } from "../engine/engine";
import { useWatched } from "../engine/watched";
import type { Part } from "../logic/history";
import { history } from "../store/run";
import { useHistory } from "./hooks";

const frame = 16;
/** Names of what was rendered, by the animation frame in which it was asked for. */
let renders: { readonly name: string; readonly frame: number }[] = [];
let frames = 0;

/** Elements that watch whether they are seen; the test says whether they are. */
let observed: ((seen: boolean) => void)[] = [];

// One clock for all tests: the page's turns go on from one to the next.
beforeAll(() => {
  vi.useFakeTimers({
    toFake: ["setTimeout", "clearTimeout", "requestAnimationFrame", "performance"],
  });
});
afterAll(() => vi.useRealTimers());

beforeEach(() => {
  history.clear();
  [renders, observed, frames] = [[], [], 0];
  vi.stubGlobal(
    "IntersectionObserver",
    class {
      constructor(heard: (entries: readonly { isIntersecting: boolean }[]) => void) {
        observed.push((seen) => heard([{ isIntersecting: seen }]));
      }
      observe() {}
      disconnect() {}
    },
  );
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function measured(step: number, more: Partial<Frame> = {}): Frame {
  const part = { loss: 1, accuracy: 0.5 };
  const zeros = { gradientNorm: null, weightNorm: 1, nearZero: 0, exactZero: 0 };
  const point = { step, epoch: step, train: part, validation: part, penalties: {}, ...zeros };
  return { step, epoch: step, stepsPerSecond: 1, points: [point], ...more };
}

/** Lets animation frames pass, with a message of the worker before each. */
function pass(count: number, message: (step: number) => Frame | null): void {
  for (let i = 0; i < count; i++) {
    frames++;
    const next = message(frames);
    act(() => {
      if (next) history.add(next);
      vi.advanceTimersByTime(frame);
    });
  }
}

function Reader({
  name,
  parts,
  interval,
  visible = true,
}: {
  readonly name: string;
  readonly parts: readonly Part[];
  readonly interval: number;
  readonly visible?: boolean;
}) {
  useHistory(parts, interval, visible);
  renders.push({ name, frame: frames });
  return null;
}

const countOf = (name: string) => renders.filter((one) => one.name === name).length;

test("measurements in every frame: two to four renders a second each, never two in one frame", () => {
  render(
    <>
      <Reader name="loss" parts={["points"]} interval={300} />
      <Reader name="score" parts={["points"]} interval={300} />
      <Reader name="words" parts={["points"]} interval={250} />
    </>,
  );
  renders = [];
  const seconds = 5;
  pass((seconds * 1000) / frame, (step) => measured(step));
  for (const name of ["loss", "score", "words"]) {
    expect(countOf(name)).toBeGreaterThanOrEqual(2 * seconds);
    expect(countOf(name)).toBeLessThanOrEqual(4 * seconds);
  }
  const used = renders.map((one) => one.frame);
  expect(new Set(used).size).toBe(used.length);
});

test("nothing is rendered for what another part shows, nor for what cannot be seen", () => {
  render(
    <>
      <Reader name="loss" parts={["points"]} interval={300} />
      <Reader name="weights" parts={["weights"]} interval={250} />
      <Reader name="away" parts={["points"]} interval={300} visible={false} />
    </>,
  );
  pass(30, () => null);
  renders = [];
  pass(120, (step) => ({ ...measured(step), points: [], weights: [] }));
  expect(countOf("loss")).toBe(0);
  expect(countOf("away")).toBe(0);
  expect(countOf("weights")).toBeGreaterThan(3);
  renders = [];
  pass(120, (step) => measured(step));
  expect(countOf("away")).toBe(0);
  expect(countOf("weights")).toBeLessThanOrEqual(1);
  expect(countOf("loss")).toBeGreaterThan(3);
});

test("a panel that leaves the window is no longer asked for, and no longer rendered", () => {
  const asked: PanelName[] = [];
  const engine = {
    show: (panel: PanelName) => {
      asked.push(panel);
      return () => void asked.splice(asked.indexOf(panel), 1);
    },
  } as unknown as Engine;
  function Plane() {
    const box = useRef<HTMLDivElement>(null);
    useWatched("boundary", box, 125);
    renders.push({ name: "map", frame: frames });
    return <div ref={box} />;
  }
  const boundary = {
    size: 1,
    domain: [0, 1, 0, 1],
    classes: 1,
    probabilities: new Float32Array(1),
  } as const;
  render(
    <EngineContext value={engine}>
      <Plane />
    </EngineContext>,
  );
  expect(asked).toEqual(["boundary"]);
  act(() => observed[0]?.(false));
  expect(asked).toEqual([]);
  renders = [];
  pass(60, (step) => measured(step, { boundary }));
  expect(countOf("map")).toBe(0);
  act(() => observed[0]?.(true));
  expect(asked).toEqual(["boundary"]);
  pass(60, (step) => measured(step, { boundary }));
  expect(countOf("map")).toBeGreaterThan(4);
});
