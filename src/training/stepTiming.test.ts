// Timing with made clocks: reads that take 100 ms, clocks that move every 100 ms or never.
import { describe, expect, it } from "vitest";
import { isCoarse, resolutionOf } from "./clock";
import { sharedOut, timeRounds } from "./stepTiming";

/** A backend and a clock that are made up. All in milliseconds. */
function makeMachine(perStep: number, perRead: number, resolution = 0.01) {
  const counts = { steps: 0, reads: 0, time: 0.0043 };
  const now = () => Math.floor(counts.time / resolution) * resolution;
  const take = async (steps: number) => {
    counts.steps += steps;
    counts.reads++;
    counts.time += steps * perStep + perRead;
  };
  return { counts, take, clock: { now, resolution } };
}

describe("the time of a step", () => {
  it.each([
    [0.05, 0.01],
    [0.3, 1],
    [5, 100],
    [0.4, 100],
    [20, 2],
    [90, 100],
  ])("of %f ms with reads of %f ms: both are found", async (perStep, perRead) => {
    const { take, clock } = makeMachine(perStep, perRead);
    const found = await timeRounds(take, clock);
    expect(found.perStep).toBeCloseTo(perStep, 1);
    expect(found.perRead).toBeCloseTo(perRead, 0);
  });

  it("takes several steps between two reads where a read takes 100 ms, and few reads in all", async () => {
    const { take, clock, counts } = makeMachine(0.4, 100);
    await timeRounds(take, clock);
    expect(counts.reads).toBeLessThanOrEqual(5);
    expect(counts.steps).toBeGreaterThan(2 * counts.reads);
  });

  it("ends soon where steps are slow", async () => {
    const { take, clock, counts } = makeMachine(900, 0);
    expect((await timeRounds(take, clock)).perStep).toBeCloseTo(900, 0);
    expect(counts.steps).toBe(1);
  });

  it.each([0.3, 2, 15, 120])(
    "on a clock of 100 ms: %f ms is found within a third",
    async (perStep) => {
      const { take, clock, counts } = makeMachine(perStep, 0, 100);
      const { perStep: found } = await timeRounds(take, clock);
      expect(found / perStep).toBeGreaterThan(0.65);
      expect(found / perStep).toBeLessThan(1.4);
      expect(counts.time).toBeLessThan(1000);
    },
  );

  it("on a clock that stands still: nothing is claimed, and it ends", async () => {
    const { take, counts } = makeMachine(3, 0);
    const stopped = { now: () => 7, resolution: Number.POSITIVE_INFINITY };
    expect(await timeRounds(take, stopped)).toEqual({ perStep: 0, perRead: 0 });
    expect(counts.steps).toBeLessThan(200);
  });

  it("with slow reads counts them as training will: shared by the steps of a slice", () => {
    expect(sharedOut({ perStep: 2, perRead: 0 })).toBe(2);
    expect(sharedOut({ perStep: 2, perRead: 100 })).toBe(4);
  });
});

describe("a clock's resolution", () => {
  /** A clock that moves by itself, a little with each question. */
  const ticking = (resolution: number, perQuestion: number) => {
    let time = 33.3;
    return () => {
      time += perQuestion;
      return Math.floor(time / resolution) * resolution;
    };
  };

  it("is found by waiting for it to move", () => {
    expect(resolutionOf(ticking(100, 0.0001))).toBeCloseTo(100, 6);
    expect(resolutionOf(ticking(1, 0.0001))).toBeCloseTo(1, 6);
    expect(isCoarse({ resolution: 100 })).toBe(true);
    expect(isCoarse({ resolution: 1 })).toBe(false);
  });

  it("is unknown where it stands still", () => {
    const resolution = resolutionOf(() => 5);
    expect(resolution).toBe(Number.POSITIVE_INFINITY);
    expect(isCoarse({ resolution })).toBe(true);
  });
});
