// Opens one browser for all contenders, with graphics cards played by the processor, and runs what was asked for.
import type { Browser } from "@playwright/test";
import { browserTools, projectRoot } from "../src/cli/browserTools";
import { type ComparisonResult, type Plan, runComparison } from "./compare";
import { type Comparison, comparisons } from "./entries";
import {
  measureProducts,
  measureTelemetry,
  type ProductsResult,
  type TelemetryResult,
} from "./inside";
import { describeMachine } from "./machine";
import { measureOptimizer, type OptimizerResult } from "./optimizerBench";
import { pageContenders } from "./pageContenders";
import type { Machine } from "./results";
import { openSite } from "./site";

export interface ContenderResults {
  readonly machine: Machine;
  readonly comparisons: readonly ComparisonResult[];
  readonly products: ProductsResult | null;
  readonly telemetry: TelemetryResult | null;
  readonly optimizer: OptimizerResult | null;
}

/** Steps of the CNN take seconds where the others are slow: few rounds, one step each. */
export function planFor({ network, emulated }: Comparison, quick: boolean): Plan {
  if (network === "cnn") {
    const rounds = emulated || quick ? 3 : 5;
    // A replayed step is recorded at the second step, and runs on code that the browser has not made fast yet.
    return { quick, rounds, warmUpSteps: emulated ? 5 : 3, roundMilliseconds: 300 };
  }
  if (emulated) return { quick, rounds: 7, warmUpSteps: 3, roundMilliseconds: 400 };
  return { quick, rounds: quick ? 7 : 25, warmUpSteps: 20, roundMilliseconds: quick ? 120 : 200 };
}

/** Measures the parts that need the contenders' pages. @param say told what is being done. */
export async function measureContenders(
  parts: ReadonlySet<string>,
  quick: boolean,
  say: (text: string) => void,
): Promise<ContenderResults> {
  const root = projectRoot();
  const { chromium } = await import("@playwright/test");
  const { ensureBrowser, quietArguments, softwareArguments } = await browserTools(root);
  const browser = await chromium.launch({
    executablePath: await ensureBrowser(),
    args: [...quietArguments, ...softwareArguments.webgpu, ...softwareArguments.webgl],
  });
  const machine = describeMachine(`Chromium ${browser.version()}`);
  say("building the contenders' pages");
  const site = await openSite(root);
  try {
    const compared: ComparisonResult[] = [];
    const opener = pageContenders(browser, site.address);
    for (const comparison of comparisons.filter(({ id }) => parts.has(id))) {
      const plan = planFor(comparison, quick);
      compared.push(await runComparison(opener, comparison, plan, say));
    }
    const inside = await measureInside(browser, site.address, parts, quick, say);
    return { machine, comparisons: compared, ...inside };
  } finally {
    await browser.close();
    await site.close();
  }
}

async function measureInside(
  browser: Browser,
  address: string,
  parts: ReadonlySet<string>,
  quick: boolean,
  say: (text: string) => void,
): Promise<Pick<ContenderResults, "products" | "telemetry" | "optimizer">> {
  let [products, telemetry]: [ProductsResult | null, TelemetryResult | null] = [null, null];
  if (parts.has("products")) {
    say("bare matrix products");
    products = await measureProducts(browser, address, quick ? 9 : 25);
  }
  if (parts.has("telemetry")) {
    say("telemetry");
    telemetry = await measureTelemetry(browser, address, quick ? 4 : 15);
  }
  let optimizer: OptimizerResult | null = null;
  if (parts.has("optimizer")) {
    say("the optimizer's step on WebGPU");
    optimizer = await measureOptimizer(browser, address);
  }
  return { products, telemetry, optimizer };
}
