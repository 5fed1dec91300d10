// Norms per unit against a plain loop, and below the limit of max-norm in a run.
import { beforeAll, expect, it } from "vitest";
import { experimentWith, makeTrainer, switchBackend } from "../testing";

beforeAll(() => switchBackend("cpu"));

it("are those of the columns of each kernel, and max-norm holds them below its limit", async () => {
  const limit = 0.7;
  const { trainer, frames } = await makeTrainer(
    experimentWith(
      ["model.hiddenWidths", [8, 6]],
      ["regularization.maxNorm", limit],
      ["optimizer.epochs", 3],
    ),
  );
  await trainer.watch(["unitNorms"], 30);
  trainer.train();
  await trainer.finished();
  const shown = frames.at(-1)?.unitNorms ?? [];
  const weights = await trainer.readWeights();
  const kernels = trainer.network.slots.filter(({ kind }) => kind === "kernel");
  expect(shown.map(({ norms }) => norms.length)).toEqual([8, 6, 2]);
  kernels.forEach(({ offset, size, shape }, layer) => {
    const units = shape.at(-1) as number;
    for (let unit = 0; unit < units; unit++) {
      let square = 0;
      for (let at = unit; at < size; at += units) square += (weights[offset + at] as number) ** 2;
      const norm = shown[layer]?.norms[unit] as number;
      expect(norm).toBeCloseTo(Math.sqrt(square), 5);
      expect(norm).toBeLessThan(limit + 1e-5);
    }
  });
  await trainer.dispose();
});
