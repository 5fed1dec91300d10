// The budget for looking at a run: whatever a look costs, its share of the time stays within bounds.
import fc from "fast-check";
import { expect, test } from "vitest";
import { LookingBudget, lookingShare } from "./lookingBudget";

test("looks of any cost, as often as they are allowed, take no more than their share", () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0.1, max: 80, noNaN: true }), { minLength: 1, maxLength: 20 }),
      fc.double({ min: 0.5, max: 20, noNaN: true }),
      (costs, step) => {
        const budget = new LookingBudget();
        let [now, spent, looks] = [0, 0, 0];
        budget.begin(now, true);
        while (now < 60_000) {
          now += step;
          if (!budget.affords(now)) continue;
          const cost = costs[looks++ % costs.length] as number;
          now += cost;
          spent += cost;
          budget.spend(cost);
        }
        // What is in hand at the start, and the last look, which may have been taken on credit.
        const extra = 200 + Math.max(...costs);
        expect(spent - extra).toBeLessThanOrEqual((lookingShare + 0.001) * now);
        expect(looks).toBeGreaterThan(10);
      },
    ),
    { numRuns: 60 },
  );
});

test("something is in hand at the start; a long wait saves up little", () => {
  const budget = new LookingBudget();
  budget.begin(0, true);
  budget.spend(200);
  expect(budget.affords(0)).toBe(true);
  budget.spend(10);
  expect(budget.affords(280)).toBe(false);
  expect(budget.affords(290)).toBe(true);
  expect(budget.affords(100_000)).toBe(true);
  budget.spend(1000 * lookingShare + 1);
  expect(budget.affords(100_001)).toBe(false);
  // A pause is no new start.
  budget.begin(200_000, false);
  expect(budget.affords(200_000)).toBe(true);
  budget.spend(1);
  expect(budget.affords(200_001)).toBe(false);
});
