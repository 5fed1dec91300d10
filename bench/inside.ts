// What only our own page can be asked: how near a step comes to its bare matrix products, and what telemetry costs.
import type { Browser } from "@playwright/test";
import type { ContenderPage } from "./pages/contender";
import type { OurPage } from "./pages/ours";
import { ratioOf, type Spread, spreadOf } from "./statistics";

type Globals = { readonly ours: OurPage; readonly contender: ContenderPage };

export interface ProductsResult {
  /** Milliseconds of a training step, and of its five products alone. */
  readonly step: Spread;
  readonly products: Spread;
  readonly ratio: Spread;
}

const stepsPerRound = 20;

/** MLP on WASM: whole steps and bare products in turn. */
export async function measureProducts(
  browser: Browser,
  address: string,
  rounds: number,
): Promise<ProductsResult> {
  const page = await browser.newPage();
  await page.goto(`${address}ours.html`);
  await page.waitForFunction(() => "ours" in globalThis);
  await page.evaluate(async () => {
    const { ours, contender } = globalThis as unknown as Globals;
    await contender.prepare("mlp", "wasm");
    await ours.prepareProducts();
  });
  const [steps, products]: [number[], number[]] = [[], []];
  // The first round warms both up.
  for (let round = 0; round <= rounds; round++) {
    const [whole, bare] = await page.evaluate(async (count) => {
      const { ours, contender } = globalThis as unknown as Globals;
      return [(await contender.round(count)).total, await ours.timeProducts(count)] as const;
    }, stepsPerRound);
    if (round === 0) continue;
    steps.push(whole);
    products.push(bare);
  }
  await page.close();
  return { step: spreadOf(steps), products: spreadOf(products), ratio: ratioOf(steps, products) };
}

export interface TelemetryResult {
  /** Steps per second. */
  readonly watched: Spread;
  readonly unwatched: Spread;
  /** Frames per second while watched. */
  readonly frames: Spread;
  /** Share of the step rate that watching costs; quartiles over pairs of stretches. Other programs disturb it. */
  readonly share: Spread;
  /** Share of its time that the watched trainer spent on looking, by its own clock: both halves suffer alike from others. */
  readonly looking: Spread;
}

/** The slow panels come twice in it. */
const stretchMilliseconds = 2000;

/** The MLP's trainer with its curves and the default panels, and one without both, in turn. */
export async function measureTelemetry(
  browser: Browser,
  address: string,
  rounds: number,
): Promise<TelemetryResult> {
  const page = await browser.newPage();
  await page.goto(`${address}ours.html`);
  await page.waitForFunction(() => "ours" in globalThis);
  await page.evaluate(() => (globalThis as unknown as Globals).ours.prepareTelemetry());
  const pace = (watched: boolean) =>
    page.evaluate(
      ([isWatched, milliseconds]) =>
        (globalThis as unknown as Globals).ours.pace(isWatched, milliseconds),
      [watched, stretchMilliseconds] as const,
    );
  await pace(true);
  const watched: number[] = [];
  const unwatched: number[] = [];
  const frames: number[] = [];
  const looking: number[] = [];
  for (let round = 0; round < rounds; round++) {
    // Each goes first every other time: what follows may run on a busier machine.
    const first = await pace(round % 2 === 0);
    const second = await pace(round % 2 !== 0);
    const [seen, unseen] = round % 2 === 0 ? [first, second] : [second, first];
    watched.push(seen.steps);
    unwatched.push(unseen.steps);
    frames.push(seen.frames);
    looking.push(seen.looking);
  }
  await page.close();
  const kept = ratioOf(watched, unwatched);
  const [paceWatched, paceUnwatched, rate] = [watched, unwatched, frames].map(spreadOf) as [
    Spread,
    Spread,
    Spread,
  ];
  return {
    watched: paceWatched,
    unwatched: paceUnwatched,
    frames: rate,
    looking: spreadOf(looking),
    share: {
      median: 1 - kept.median,
      low: 1 - kept.high,
      high: 1 - kept.low,
      count: kept.count,
    },
  };
}
