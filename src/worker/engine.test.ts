// The engine behind the wall, without a worker around it: calls in, answers and events out.
import { describe, expect, it } from "vitest";
import { defaultExperiment, withValue } from "../experiment/schema";
import { wasmFolder } from "../training/testing";
import { Engine } from "./engine";
import { describeError } from "./errors";
import type { Calls, EventMessage } from "./protocol";

function make() {
  const events: EventMessage[] = [];
  const engine = new Engine({
    post: (event) => events.push(event),
    now: () => performance.now(),
    breathe: () => new Promise((resolve) => setImmediate(resolve)),
    rest: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    available: ["wasm", "cpu"],
    publicAddress: null,
  });
  return { engine, events };
}

const request = (
  overrides: Partial<Calls["start"]["request"]> = {},
): Calls["start"]["request"] => ({
  experiment: withValue(defaultExperiment, "optimizer.epochs", 5),
  backend: "cpu",
  datasetsUrl: "http://127.0.0.1:9/datasets/",
  files: [],
  wasmUrl: wasmFolder,
  ...overrides,
});

describe("the engine", () => {
  it("starts, trains to the end and reports", async () => {
    const { engine, events } = make();
    const reply = await engine.answer("start", request());
    expect(reply.backend).toMatchObject({ chosen: "cpu", why: "Chosen by hand." });
    expect(reply.network).toMatchObject({ parameters: 6498 });
    expect(reply.dataset.points?.train.coordinates).toHaveLength(120);
    expect(reply.frame.points).toHaveLength(1);
    await engine.answer("watch", {
      panels: ["boundary", "weights", "neurons"],
      framesPerSecond: 10,
    });
    expect((await engine.answer("train", {})).state).toBe("training");
    await expect
      .poll(
        () => events.some((event) => event.event === "status" && event.status.state === "finished"),
        { timeout: 20_000 },
      )
      .toBe(true);
    const frames = events.flatMap((event) => (event.event === "frame" ? [event.frame] : []));
    const last = frames.at(-1);
    expect(last?.epoch).toBe(5);
    expect(last?.weights).toHaveLength(4);
    expect(last?.boundary?.probabilities).toHaveLength(64 * 64 * 2);
    expect(last?.neurons?.layers.map(({ units }) => units)).toEqual([64, 64, 32]);
    expect(last?.neurons?.kernels.map(({ length }) => length)).toEqual([128, 4096, 2048, 64]);
  });

  it("chooses by timing what exists", async () => {
    const { engine } = make();
    const { backend } = await engine.answer("start", request({ backend: "auto" }));
    expect(backend.candidates.map(({ name }) => name)).toEqual(["wasm", "cpu"]);
    const times = backend.candidates.map(({ millisecondsPerStep }) => millisecondsPerStep);
    expect(times.every((time) => time !== null && time > 0)).toBe(true);
    const fastest = backend.candidates[times.indexOf(Math.min(...(times as number[])))];
    expect(backend.chosen).toBe(fastest?.name);
    expect(fastest?.reason).toBeNull();
  });

  it("takes another backend where the one that was asked for is not here, and says so", async () => {
    const { engine } = make();
    const { backend } = await engine.answer("start", request({ backend: "webgpu" }));
    expect(["wasm", "cpu"]).toContain(backend.chosen);
    expect(backend.why).toMatch(/^WebGPU, chosen by hand, is not available here\. Fastest of 2 /);
    const [asked] = backend.candidates;
    expect(asked?.name).toBe("webgpu");
    expect(asked?.reason).toContain("no WebGPU");
  });

  it("refuses calls before the start, and a second start", async () => {
    const { engine } = make();
    await expect(engine.answer("pause", {})).rejects.toThrow("not started");
    await engine.answer("start", request());
    await expect(engine.answer("start", request())).rejects.toThrow("already has a run");
  });

  it("says which files are missing", async () => {
    const { engine } = make();
    const experiment = withValue(defaultExperiment, "data.kind", "fashionMnist");
    const failure = await engine
      .answer("start", request({ experiment, files: [new File(["x"], "notes.txt")] }))
      .catch(describeError);
    expect(failure).toMatchObject({
      kind: "data-missing",
      message: expect.stringMatching(/Looked in: the dropped files, then http.*does not answer/),
    });
  });
});
