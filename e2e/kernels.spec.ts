// Programs of our own on graphics backends against the backend's own operations one by one, and how many dispatches they take.
import { expect, test } from "@playwright/test";
import type { CrossEntropyCase, CrossEntropyFigures } from "../bench/crossEntropyRun";
import { withHarness } from "../bench/harnessPage";
import type { NormalizationFigures } from "../bench/normalizationRun";
import type { OptimizerCase, OptimizerFigures } from "../bench/optimizerRun";
import type { NormalizationCase } from "../src/training/kernels/normalizeComparison";

/** What the harness page measures, by name: cases in, one set of figures for each out. */
interface Measurements {
  normalizations: [of: NormalizationCase, figures: NormalizationFigures];
  crossEntropies: [of: CrossEntropyCase, figures: CrossEntropyFigures];
  optimizers: [of: OptimizerCase, figures: OptimizerFigures];
}

/** Measures every case on the backend of this project, in a page of its own. */
async function measure<Name extends keyof Measurements>(
  name: Name,
  cases: readonly Measurements[Name][0][],
): Promise<{ backend: "webgpu" | "webgl"; figures: Measurements[Name][1][] }> {
  test.setTimeout(300_000);
  const backend = test.info().project.name as "webgpu" | "webgl";
  type Measure = (held: unknown, backend: string) => Promise<Measurements[Name][1][]>;
  const figures = await withHarness(
    (page) =>
      page.evaluate(
        ([called, held, on]) => {
          const { harness } = globalThis as unknown as { harness: Record<string, Measure> };
          return (harness[called] as Measure)(held, on);
        },
        [name, cases, backend] as const,
      ),
    backend,
  );
  return { backend, figures };
}

const kinds = ["sgd", "momentum", "nesterov", "rmsprop", "adam", "adamw"] as const;
const everything = {
  weightDecay: 0.3,
  coupledDecay: 0.2,
  l1Proximal: 2,
  scoped: true,
} as const;
const cases: readonly OptimizerCase[] = kinds.flatMap((kind) => [
  { kind, size: 1 },
  { kind, size: 4099 },
  { kind, size: 70, ...everything, notNumbers: [0, 5, 69] },
  { kind, size: 4099, ...everything, form: "preconditioned" as const },
]);

test("an optimizer's step is what its operations one by one give, in one or two dispatches", async () => {
  const { backend, figures } = await measure("optimizers", cases);
  cases.forEach((held, index) => {
    const name = JSON.stringify(held);
    const found = figures[index] as OptimizerFigures;
    expect(found.error, name).not.toBeNull();
    expect(found.error, name).toBeLessThan(1e-6);
    expect(found.notNumbers, name).toEqual(held.notNumbers ?? []);
    expect(found.zeros, name).toBe(found.referenceZeros);
    const results = { sgd: 1, momentum: 2, nesterov: 2, rmsprop: 2, adam: 3, adamw: 3 }[held.kind];
    // WebGL writes one result with each draw.
    expect(found.calls, name).toBeLessThanOrEqual(backend === "webgpu" ? 2 : results);
    expect(found.calls, name).toBeGreaterThan(0);
    expect(found.referenceCalls, name).toBeGreaterThan(found.calls);
    if (backend === "webgpu") expect(found.recorded, name).toBeLessThanOrEqual(2);
  });
  const thresholded = figures.filter((_, index) => (cases[index]?.size ?? 0) > 70);
  expect(thresholded.some(({ zeros }) => zeros > 0)).toBe(true);
});

const normalizations = ["batch", "layer", "rms", "group"] as const;
/** More in a feature and in an example than one fragment of WebGL goes through, and an odd width. */
const manyValues = [2, 30, 25, 4];
const normalized: readonly NormalizationCase[] = normalizations.flatMap((kind) => [
  { kind, shape: [7, 150] },
  { kind, shape: [3, 5, 4, 6] },
  { kind, shape: [16, 10], offset: 20 },
  { kind, shape: manyValues, offset: 3 },
]);

test("normalizations and their gradients are the reference's, in few dispatches", async () => {
  const { backend, figures } = await measure("normalizations", normalized);
  normalized.forEach((held, index) => {
    const name = JSON.stringify(held);
    const { errors, calls, referenceCalls } = figures[index] as NormalizationFigures;
    expect(errors.length, name).toBe(held.kind === "rms" ? 3 : 4);
    for (const error of errors) expect(error, name).toBeLessThan(held.offset ? 1e-3 : 2e-5);
    expect(calls, name).toBeLessThan(referenceCalls);
    // One forward and two back; or one each way, the test's zeros, and six to move the running statistics.
    // WebGL takes up to ten, with chunks; what is flat for them, and is not in the test, costs five more.
    const own = { webgpu: 3, webgl: held.shape === manyValues ? 15 : 7 }[backend];
    const moving = { webgpu: 6, webgl: 12 }[backend];
    expect(calls, name).toBeLessThanOrEqual(own + 1 + (held.kind === "batch" ? moving : 0));
  });
});

const crossEntropies: readonly CrossEntropyCase[] = [
  { batch: 7, classes: 3, scale: 2 },
  { batch: 64, classes: 10, scale: 5 },
  { batch: 131, classes: 47, scale: 1 },
  { batch: 1, classes: 2, scale: 1 },
  { batch: 9, classes: 10, scale: 1e4 },
  { batch: 20, classes: 5, scale: 1, notNumbers: [0, 7, 19] },
  { batch: 12, classes: 5, scale: 1, cast: true },
];

test("cross entropy and its gradient are the reference's, in one dispatch each", async () => {
  const { backend, figures } = await measure("crossEntropies", crossEntropies);
  crossEntropies.forEach((held, index) => {
    const name = JSON.stringify(held);
    const found = figures[index] as CrossEntropyFigures;
    for (const error of [found.lossError, found.gradientError]) {
      expect(error, name).not.toBeNull();
      expect(error, name).toBeLessThan(2e-6);
    }
    expect(found.notNumbers, name).toEqual(held.notNumbers ?? []);
    // On WebGPU a cast only renames integers: they are made floats first. WebGL packs them two by two.
    const more = held.cast ? 1 : 0;
    expect([found.lossCalls, found.calls], name).toEqual([1 + more, 2 + 2 * more]);
    expect(found.referenceCalls, name).toBeGreaterThan(7);
    if (backend === "webgpu") expect(found.recorded, name).toBe(2 + 2 * more);
  });
});
