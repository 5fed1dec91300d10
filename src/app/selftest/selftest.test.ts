// The self-test's course, words and worker, without a browser.
import { describe, expect, it, vi } from "vitest";
import type { WorkerLike } from "../../worker/client";
import { startSelfTest } from "../../worker/selfTestClient";
import type { SelfTestMessage, SelfTestResult } from "../../worker/selfTestProtocol";
import { nearestToLimit, reportText, small, summary } from "./report";
import { advance, type Course, secondsLeft } from "./useSelfTest";

const result = (name: string, changes: Partial<SelfTestResult> = {}): SelfTestResult => ({
  name,
  what: "plain SGD",
  family: "training run",
  outcome: "pass",
  error: 1e-7,
  limit: 1e-5,
  detail: "logits after step 5",
  compared: 100,
  replayed: null,
  milliseconds: 12.3,
  ...changes,
});

const notLoaded = result("b", { outcome: "not loaded", error: null, limit: null, compared: 0 });

describe("the words of the self-test", () => {
  it("count every outcome and what has not run", () => {
    const results = [result("a"), notLoaded, result("c", { outcome: "fail", error: 1 })];
    expect(summary(results, 5)).toBe("1 passed, 1 failed, 1 could not be loaded, 2 not run");
  });

  it("name the case that is nearest to its limit, relative to the limit", () => {
    const near = result("near", { error: 9e-4, limit: 1e-3 });
    const equal = result("equal", { error: 0, limit: 0 });
    expect(nearestToLimit([equal, result("a"), near, notLoaded])).toBe(near);
    const unequal = result("unequal", { error: 1, limit: 0 });
    expect(nearestToLimit([near, unequal])).toBe(unequal);
    expect(nearestToLimit([notLoaded])).toBeNull();
  });

  it("write small numbers shortly, and what cannot be compared", () => {
    expect([1e-7, 0.00023, 0, null, Number.POSITIVE_INFINITY].map(small)).toEqual([
      "1e-7",
      "2.3e-4",
      "0",
      "–",
      "not comparable",
    ]);
  });

  it("make a report that names machine, versions and every case", () => {
    const facts = {
      date: new Date(Date.UTC(2026, 0, 2)),
      page: "https://example.org/",
      browser: "Browser 1",
      backend: "webgl",
      device: "Card",
      software: true,
      version: "0.1.0",
      tensorflow: "4.22.0",
      total: 2,
      failure: "It broke.",
    } as const;
    const text = reportText(facts, [result("a"), notLoaded]);
    expect(text).toContain("self-test of 2026-01-02");
    expect(text).toContain(
      "Backend: webgl (Card, emulated on the processor), TensorFlow.js 4.22.0",
    );
    expect(text).toContain("Result: 1 passed, 0 failed, 1 could not be loaded of 2 cases");
    expect(text).toContain("Ended early: It broke.");
    expect(text).toMatch(/^pass {3}a +error 1e-7, limit 1e-5, at: logits after step 5 \(12 ms\)$/m);
    expect(text).toMatch(/^not loaded b /m);
  });
});

describe("the course of the self-test", () => {
  const messages: SelfTestMessage[] = [
    { event: "ready", device: "SIMD", software: false, version: "4.22.0" },
    { event: "result", result: result("a") },
    { event: "result", result: result("b") },
  ];
  const start: Course = advance({} as Course, { do: "start", backend: "wasm" });
  const heard = messages.reduce(
    (course, message, i) => advance(course, { do: "hear", message, now: 1000 * i }),
    start,
  );

  it("collects results and tells the time left from the time taken", () => {
    expect(heard).toMatchObject({ phase: "running", device: "SIMD", began: 0 });
    expect(heard.results.map(({ name }) => name)).toEqual(["a", "b"]);
    expect(secondsLeft(heard, 5)).toBe(3);
    expect(secondsLeft(start, 5)).toBeNull();
  });

  it("keeps what came in when it is stopped or fails, and forgets it when started anew", () => {
    expect(advance(heard, { do: "stop" })).toMatchObject({
      phase: "stopped",
      results: heard.results,
    });
    const message = { event: "failed", message: "lost" } as const;
    const failed = advance(heard, { do: "hear", message, now: 5000 });
    expect(failed).toMatchObject({ phase: "failed", failure: "lost", results: heard.results });
    expect(advance(failed, { do: "start", backend: "cpu" }).results).toEqual([]);
  });
});

describe("the worker of the self-test", () => {
  function begin() {
    const worker: WorkerLike = {
      postMessage: vi.fn(),
      terminate: vi.fn(),
      onmessage: null,
      onerror: null,
      onmessageerror: null,
    };
    const heard: SelfTestMessage[] = [];
    const request = { backend: "wasm", cases: [], wasmUrl: "wasm/" } as const;
    const stop = startSelfTest(
      request,
      (message) => heard.push(message),
      () => worker,
    );
    const send = (data: unknown) => worker.onmessage?.({ data } as MessageEvent);
    return { worker, heard, stop, send };
  }

  it("is ended when all is done, when it fails and when it is stopped", () => {
    const done = begin();
    done.send({ event: "done" });
    expect(done.worker.terminate).toHaveBeenCalledOnce();
    const failing = begin();
    failing.worker.onerror?.({ message: "no script" } as ErrorEvent);
    expect(failing.heard).toEqual([{ event: "failed", message: "no script" }]);
    expect(failing.worker.terminate).toHaveBeenCalledOnce();
    const stopped = begin();
    stopped.stop();
    expect(stopped.worker.terminate).toHaveBeenCalledOnce();
    expect(stopped.worker.onmessage).toBeNull();
  });

  it("is given up when it is silent for three minutes, and only then", () => {
    vi.useFakeTimers();
    const { heard, send, worker } = begin();
    vi.advanceTimersByTime(170_000);
    send({ event: "result", result: result("a") });
    vi.advanceTimersByTime(170_000);
    expect(worker.terminate).not.toHaveBeenCalled();
    vi.advanceTimersByTime(20_000);
    expect(heard.at(-1)).toEqual({
      event: "failed",
      message: "No answer for 3 minutes: the backend seems to hang.",
    });
    expect(worker.terminate).toHaveBeenCalledOnce();
    vi.useRealTimers();
  });
});
