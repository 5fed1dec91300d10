// When curves are measured: bounded in number, on ends of epochs, and always at the last step.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isPointDue, maximumPoints, type ScheduleInput, stepsBetweenPoints } from "./curveSchedule";

const inputs: fc.Arbitrary<ScheduleInput> = fc.record({
  multiplyAdds: fc.integer({ min: 2, max: 2_000_000 }),
  batchSize: fc.integer({ min: 1, max: 1024 }),
  stepsPerEpoch: fc.integer({ min: 1, max: 300 }),
  epochs: fc.integer({ min: 1, max: 300 }),
  evaluated: fc.integer({ min: 20, max: 2000 }),
});

function pointsOf(input: ScheduleInput): number[] {
  const between = stepsBetweenPoints(input);
  const steps = Array.from({ length: input.stepsPerEpoch * input.epochs }, (_, i) => i + 1);
  return steps.filter((step) => isPointDue(step, input.stepsPerEpoch, between));
}

describe("the schedule of the curves", () => {
  it("keeps the number of points near what a chart draws", () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const points = pointsOf(input);
        const total = input.stepsPerEpoch * input.epochs;
        expect(points.length).toBeLessThanOrEqual(2 * maximumPoints);
        expect(points.length).toBeGreaterThanOrEqual(Math.min(input.epochs, total, 20));
      }),
      { numRuns: 300 },
    );
  });

  it("is finer where early stopping goes by it", () => {
    const dear = {
      multiplyAdds: 2e5,
      batchSize: 64,
      stepsPerEpoch: 31,
      epochs: 300,
      evaluated: 2000,
    };
    const judged = stepsBetweenPoints({ ...dear, judged: true });
    expect(judged).toBeLessThan(stepsBetweenPoints(dear) / 3);
  });

  it("measures either some times an epoch, its end included, or only at ends of epochs", () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const { stepsPerEpoch } = input;
        const points = pointsOf(input);
        const within = points.filter((step) => step % stepsPerEpoch !== 0);
        if (within.length === 0) return;
        for (let epoch = 1; epoch <= input.epochs; epoch++) {
          expect(points).toContain(epoch * stepsPerEpoch);
        }
      }),
      { numRuns: 100 },
    );
  });
});
