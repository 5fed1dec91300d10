// A run that would be over at once is spread over the time that it is given; a slow one is left alone.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Tempo } from "./tempo";

const least = 6000;

/** Runs a clock against steps that take no time. @returns when each step was taken */
function timesOf(total: number, first: number): number[] {
  const tempo = new Tempo();
  tempo.set(least, 100, first);
  const times: number[] = [];
  let [now, step] = [100, first];
  while (step < total) {
    const reach = Math.min(total, tempo.reach(now, total));
    while (step < reach) {
      times.push(now - 100);
      step++;
    }
    const rest = tempo.rest(now, step, total);
    now += Math.max(rest, 1);
  }
  return times;
}

describe("tempo", () => {
  it("spreads the steps of a run evenly over its least time", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3000 }), fc.nat(100), (length, first) => {
        const total = first + length;
        const times = timesOf(total, first);
        expect(times).toHaveLength(length);
        times.forEach((time, index) => {
          const even = ((index + 1) / total) * least;
          expect(time).toBeGreaterThan(even - 34 - least / total);
          expect(time).toBeLessThan(even + 25);
        });
      }),
      { numRuns: 50 },
    );
  });

  it("leaves full speed and slow runs alone", () => {
    const tempo = new Tempo();
    expect(tempo.reach(0, 10)).toBe(Number.POSITIVE_INFINITY);
    expect(tempo.rest(0, 5, 10)).toBe(0);
    tempo.set(least, 0, 0);
    expect(tempo.rest(5000, 3, 10)).toBe(0);
  });

  it("counts anew from where training goes on", () => {
    const tempo = new Tempo();
    tempo.set(least, 0, 0);
    tempo.begin(60_000, 300);
    expect(tempo.reach(60_000, 600)).toBe(304);
  });
});
