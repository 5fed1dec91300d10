// Replayed steps against usual ones on WebGPU: the same numbers, no memory left behind, and the page says which it does.
import { expect, test } from "@playwright/test";
import { withHarness } from "../bench/harnessPage";
import { replayCases, usualCases } from "../bench/replayCases";
import type { ReplayCase, ReplayComparison } from "../bench/replayRun";
import { Playground } from "./playground";

interface Harness {
  compare(held: ReplayCase, repeats: number): Promise<ReplayComparison>;
}

for (const [name, held] of Object.entries(replayCases)) {
  // The CNN's kernels are held by kernels.spec.ts and the parity runs; its own recording takes two minutes here.
  const tag = name === "cnn" ? ["@all"] : [];
  test(`${name}: losses and weights of replayed steps are those of usual ones`, {
    tag,
  }, async () => {
    // The processor plays the graphics card here.
    test.setTimeout(600_000);
    const { usual, replayed, memory } = await withHarness((page) =>
      page.evaluate(
        (chosen) => (globalThis as unknown as { harness: Harness }).harness.compare(chosen, 2),
        held,
      ),
    );
    expect(replayed.operations).toBeGreaterThan(20);
    expect(replayed.reason).toBeNull();
    expect(usual.operations).toBe(0);
    const pairs = [
      ["losses", usual.losses, replayed.losses],
      ["norms", usual.norms, replayed.norms],
      ["weights", usual.weights, replayed.weights],
      ["average", usual.average ?? [], replayed.average ?? []],
    ] as const;
    const normalizesBatches = held.settings.some(([, value]) => value === "batch");
    expect(usual.statistics.length > 0).toBe(normalizesBatches);
    expect(replayed.statistics).toHaveLength(usual.statistics.length);
    replayed.statistics.forEach((value, i) => {
      expect(Math.abs(value - (usual.statistics[i] as number))).toBeLessThanOrEqual(1e-6);
    });
    for (const [what, expected, got] of pairs) {
      expect(expected.length, what).toBeGreaterThan(0);
      expect(got, what).toHaveLength(expected.length);
      got.forEach((value, i) => {
        expect(Math.abs(value - (expected[i] as number)), `${what} ${i}`).toBeLessThanOrEqual(1e-6);
      });
    }
    expect(new Set(usual.losses).size).toBe(usual.losses.length);
    expect(memory[1]).toEqual(memory[0]);
  });
}

for (const { reason, ...held } of usualCases) {
  test(`steps are taken as usual, and it says so: ${reason.source}`, async () => {
    test.setTimeout(300_000);
    const { usual, replayed } = await withHarness((page) =>
      page.evaluate(
        (chosen) => (globalThis as unknown as { harness: Harness }).harness.compare(chosen, 1),
        held,
      ),
    );
    expect(replayed.reason).toMatch(reason);
    expect(replayed.operations).toBe(0);
    expect(replayed.weights).toEqual(usual.weights);
  });
}

test("the page says that steps are replayed, also after a live change", async ({ page }) => {
  test.slow();
  const playground = new Playground(page);
  await playground.open("v=1;train=30;valid=20;hidden=8;batch=10;epochs=5000", "webgpu");
  await playground.train.click();
  await playground.backend.click();
  const execution = page.getByTestId("execution");
  await expect(execution).toContainText("Steps are replayed");
  const operations = async () => Number(/its (\d+)/.exec(await execution.innerText())?.[1]);
  const before = await operations();
  await page.keyboard.press("Escape");
  await playground.set("regularization.l1", "0.001");
  await playground.backend.click();
  // A penalty that was off adds operations: the step is recorded anew.
  await expect.poll(operations, { timeout: 60_000 }).toBeGreaterThan(before);
  playground.expectNoErrors();
});
