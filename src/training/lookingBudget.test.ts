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
        budget.begin(now);
        while (now < 60_000) {
          now += step;
          if (!budget.affords(now)) continue;
          const cost = costs[looks++ % costs.length] as number;
          now += cost;
          spent += cost;
          budget.spend(cost);
        }
        // The last look may have been taken on credit.
        expect(spent - Math.max(...costs)).toBeLessThanOrEqual((lookingShare + 0.001) * now);
        expect(looks).toBeGreaterThan(10);
      },
    ),
    { numRuns: 60 },
  );
});

test("a pause saves up nothing, and a long wait little", () => {
  const budget = new LookingBudget();
  budget.begin(0);
  budget.spend(10);
  expect(budget.affords(280)).toBe(false);
  expect(budget.affords(290)).toBe(true);
  expect(budget.affords(100_000)).toBe(true);
  budget.spend(1000 * lookingShare + 1);
  expect(budget.affords(100_001)).toBe(false);
  budget.begin(200_000);
  expect(budget.affords(200_000)).toBe(true);
  budget.spend(1);
  expect(budget.affords(200_001)).toBe(false);
});
