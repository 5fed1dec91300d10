// Figures of the weights on WebGPU, where training does not wait for them to be read back, against the plain loop. WebGL reads the weights instead.
import { expect, test } from "@playwright/test";
import { withHarness } from "../bench/harnessPage";
import type { StatisticsCase, StatisticsFigures } from "../bench/statisticsRun";

interface Harness {
  statistics(cases: readonly StatisticsCase[], backend: string): Promise<StatisticsFigures[]>;
}

const segments = [
  { offset: 0, size: 42, units: 7 },
  { offset: 45, size: 6000, units: 300 },
  { offset: 6045, size: 5, units: 1 },
];
const weights: readonly StatisticsCase[] = [
  { segments, length: 6051, scale: 1 },
  { segments, length: 6051, scale: 0.02 },
  { segments, length: 6051, scale: 5, notFinite: [3, 50, 70, 6046] },
];

test("figures of the weights are those of the plain loop, in one dispatch each", async () => {
  test.setTimeout(300_000);
  const figures = await withHarness((page) =>
    page.evaluate(
      (held) => (globalThis as unknown as { harness: Harness }).harness.statistics(held, "webgpu"),
      weights,
    ),
  );
  weights.forEach((held, index) => {
    const found = figures[index] as StatisticsFigures;
    expect(found.error, `${index}`).not.toBeNull();
    expect(found.error, `${index}`).toBeLessThan(1e-5);
    expect(found.sameCounts, `${index}`).toBe(true);
    expect(found.scalarError, `${index}`).not.toBeNull();
    expect(found.scalarError, `${index}`).toBeLessThan(1e-5);
    expect(found.normIsNaN, `${index}`).toBe(held.notFinite !== undefined);
    expect([found.calls, found.scalarCalls], `${index}`).toEqual([1, 1]);
    expect(found.referenceScalarCalls, `${index}`).toBeGreaterThan(10);
  });
});
