// Figures of the weights on graphics backends, which make them where the weights are, against the plain loop.
import { expect, test } from "@playwright/test";
import { withHarness } from "../bench/harnessPage";
import type { LayerReadFigures, StatisticsCase, StatisticsFigures } from "../bench/statisticsRun";

interface Harness {
  layerReads(backend: string): Promise<LayerReadFigures>;
  statistics(cases: readonly StatisticsCase[], backend: string): Promise<StatisticsFigures[]>;
}

const segments = [
  { offset: 0, size: 42, units: 7 },
  { offset: 45, size: 6000, units: 300 },
  { offset: 6045, size: 5, units: 1 },
];
/** More weights of a kernel than one fragment counts and than a texture has columns. */
const wide = [{ offset: 3, size: 300 * 250, units: 250 }];
const weights: readonly StatisticsCase[] = [
  { segments, length: 6051, scale: 1 },
  { segments, length: 6051, scale: 0.02 },
  { segments, length: 6051, scale: 5, notFinite: [3, 50, 70, 6046] },
  { segments: wide, length: 75_100, scale: 0.05 },
];

test("figures of the weights are those of the plain loop, in few dispatches", async () => {
  test.setTimeout(300_000);
  const backend = test.info().project.name as "webgpu" | "webgl";
  const figures = await withHarness(
    (page) =>
      page.evaluate(
        ([held, name]) =>
          (globalThis as unknown as { harness: Harness }).harness.statistics(held, name),
        [weights, backend] as const,
      ),
    backend,
  );
  weights.forEach((held, index) => {
    const found = figures[index] as StatisticsFigures;
    expect(found.error, `${index}`).not.toBeNull();
    expect(found.error, `${index}`).toBeLessThan(1e-5);
    expect(found.sameCounts, `${index}`).toBe(true);
    expect(found.scalarError, `${index}`).not.toBeNull();
    expect(found.scalarError, `${index}`).toBeLessThan(1e-5);
    expect(found.normIsNaN, `${index}`).toBe(held.notFinite !== undefined);
    // A draw of WebGL sees only what draws before it have finished.
    const calls = backend === "webgpu" ? [1, 1] : [4, 2];
    expect([found.calls, found.scalarCalls], `${index}`).toEqual(calls);
    expect(found.referenceScalarCalls, `${index}`).toBeGreaterThan(10);
  });
});

test("only the figures are read back, not the weights", async () => {
  test.setTimeout(300_000);
  const backend = test.info().project.name as "webgpu" | "webgl";
  const found = await withHarness(
    (page) =>
      page.evaluate(
        (name) => (globalThis as unknown as { harness: Harness }).harness.layerReads(name),
        backend,
      ),
    backend,
  );
  // 31,000 weights of four bytes against three kernels of 72 figures and a few shares.
  expect(found.weightBytes).toBeGreaterThan(120_000);
  expect(found.bytes).toBeGreaterThanOrEqual(3 * 72 * 4);
  expect(found.bytes).toBeLessThan(2000);
  const [norm, expected] = found.norms;
  expect(norm / expected).toBeCloseTo(1, 5);
  expect(found.counts[0]).toEqual(found.counts[1]);
  expect(found.counts[0].reduce((sum, count) => sum + count, 0)).toBe(200 * 150);
});
