// The optimizer's share of a step on WebGPU, counted in a browser: dispatches of its one program, and of its operations one by one.
import type { Browser } from "@playwright/test";
import type { OptimizerCase, OptimizerFigures } from "./optimizerRun";
import type { OurPage } from "./pages/ours";

export interface OptimizerResult {
  /** Of each optimizer, in the network 784-256-10. */
  readonly steps: readonly (OptimizerFigures & { readonly optimizer: string })[];
}

/** Weights and biases of 784-256-10. */
const parameters = 203_530;

/** Everything that acts on single weights, with strengths per layer, and plain Adam. */
export const optimizerCases: readonly OptimizerCase[] = [
  { kind: "adam", size: parameters },
  {
    kind: "adamw",
    size: parameters,
    weightDecay: 0.1,
    l1Proximal: 0.01,
    form: "preconditioned",
    scoped: true,
  },
];

/** Names for the tables, in the order of the cases. */
export const optimizerNames = ["Adam", "AdamW with decay and a soft threshold per layer"] as const;

/** Counts the dispatches of the cases. */
export async function measureOptimizer(
  browser: Browser,
  address: string,
): Promise<OptimizerResult> {
  const page = await browser.newPage();
  await page.goto(`${address}ours.html`);
  await page.waitForFunction(() => "ours" in globalThis);
  const figures = await page.evaluate(
    (cases) => (globalThis as unknown as { ours: OurPage }).ours.compareOptimizers(cases),
    optimizerCases,
  );
  await page.close();
  return {
    steps: figures.map((one, index) => ({ ...one, optimizer: optimizerNames[index] as string })),
  };
}
