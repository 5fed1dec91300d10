// How many steps go between two answers: enough that answers of 100 ms do not set the pace, few enough that messages are heard.
import { describe, expect, it } from "vitest";
import { SliceBudget } from "./sliceBudget";

/** Trains for a while on a made card. @returns steps and milliseconds of the last slices */
function settle(perStep: number, answer: number, resolution = 0.001, slices = 60) {
  const budget = new SliceBudget();
  let time = 0.0004;
  const now = () => Math.floor(time / resolution) * resolution;
  const last: { steps: number; milliseconds: number }[] = [];
  for (let i = 0; i < slices; i++) {
    const { steps } = budget;
    const [start, begun] = [now(), time];
    time += answer + perStep * steps;
    budget.learn(steps, now() - start);
    last.push({ steps, milliseconds: time - begun });
  }
  return last.slice(-12);
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

describe("the slices of a graphics card", () => {
  it.each([
    [0.1, 1],
    [1, 2],
    [10, 1],
    [0.2, 100],
    [3, 100],
    [30, 100],
  ])(
    "steps of %f ms, answers of %f ms: no answer per step, none waited for longer than needed",
    (perStep, answer) => {
      const slices = settle(perStep, answer);
      const work = sum(slices.map(({ steps }) => steps * perStep));
      const waited = slices.length * answer;
      // At least about as much training as waiting.
      expect(work).toBeGreaterThan(0.65 * waited);
      for (const { milliseconds } of slices) expect(milliseconds).toBeLessThan(320);
    },
  );

  it("steps that are slow by themselves go one by one", () => {
    for (const { steps } of settle(400, 1)) expect(steps).toBe(1);
  });

  it("with a clock of 100 ms slices grow and stay bounded", () => {
    for (const { steps, milliseconds } of settle(1, 1, 100)) {
      expect(steps).toBeGreaterThan(16);
      expect(milliseconds).toBeLessThan(300);
    }
  });

  it("a card that slows down and recovers gets as many steps as before", () => {
    const budget = new SliceBudget();
    const run = (perStep: number) => {
      for (let i = 0; i < 40; i++) budget.learn(budget.steps, 1 + perStep * budget.steps);
      return budget.steps;
    };
    const before = run(0.5);
    expect(run(60)).toBeLessThanOrEqual(2);
    expect(run(0.5)).toBeGreaterThan(before / 2);
  });
});
