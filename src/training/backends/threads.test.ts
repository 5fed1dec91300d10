// Threads are asked for only where they can work; that they compute what one thread does is tested in a browser (e2e/threads.spec.ts).
import { describe, expect, it } from "vitest";
import { canUseThreads } from "./threads";

/** A worker that behaves as told. */
const workerThat = (behaves: "answers" | "fails" | "throws") =>
  class {
    onmessage: (() => void) | null = null;
    onerror: (() => void) | null = null;
    constructor() {
      if (behaves === "throws") throw new Error("forbidden");
      queueMicrotask(() => (behaves === "answers" ? this.onmessage?.() : this.onerror?.()));
    }
    terminate() {}
  } as unknown as new () => Worker;

const cores = (hardwareConcurrency: number) => ({ hardwareConcurrency });

describe("threads", () => {
  it("are used where memory is shared, workers start and cores are left", async () => {
    const Worker = workerThat("answers");
    expect(await canUseThreads({ crossOriginIsolated: true, navigator: cores(8), Worker })).toBe(
      true,
    );
  });

  it.each([
    [
      "the page is not isolated",
      { crossOriginIsolated: false, navigator: cores(8), Worker: workerThat("answers") },
    ],
    [
      "there are two cores",
      { crossOriginIsolated: true, navigator: cores(2), Worker: workerThat("answers") },
    ],
    [
      "workers fail",
      { crossOriginIsolated: true, navigator: cores(8), Worker: workerThat("fails") },
    ],
    [
      "workers are forbidden",
      { crossOriginIsolated: true, navigator: cores(8), Worker: workerThat("throws") },
    ],
    ["there are none", { crossOriginIsolated: true, navigator: cores(8) }],
  ])("are not used where %s", async (_why, surroundings) => {
    expect(await canUseThreads(surroundings)).toBe(false);
  });
});
