// What the bench's command line understands.
import { expect, test } from "vitest";
import { partNames, readArguments } from "./arguments";
import { planFor } from "./contenders";
import { comparisons } from "./entries";

test("the usual run measures everything, the quick one leaves emulated graphics cards out", () => {
  expect([...readArguments([]).parts]).toEqual([...partNames]);
  const quick = readArguments(["--quick"]).parts;
  expect(quick.has("mlp")).toBe(true);
  expect(quick.has("mlp-webgpu")).toBe(false);
});

test("parts can be named, and a wrong name is explained", () => {
  expect([...readArguments(["--only", "cnn,live"]).parts]).toEqual(["cnn", "live"]);
  expect(() => readArguments(["--only", "gpu"])).toThrow(/--only gpu: .*Allowed: mlp, cnn, small/);
  expect(() => readArguments(["--fast"])).toThrow(/--fast/);
});

test("every entry has a name of its own and is set beside one of ours in the same comparison", () => {
  for (const { entries } of comparisons) {
    const ids = entries.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { against } of entries) if (against !== null) expect(ids).toContain(against);
  }
});

test("two losses are known of every contender before it counts as learning", () => {
  for (const comparison of comparisons) {
    for (const quick of [true, false]) {
      const { rounds, warmUpSteps } = planFor(comparison, quick);
      expect(rounds + warmUpSteps).toBeGreaterThanOrEqual(2);
      expect(warmUpSteps).toBeGreaterThanOrEqual(1);
    }
  }
});
