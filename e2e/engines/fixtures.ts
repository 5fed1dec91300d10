// Tests that run in every browser engine: `visit` is a page in the engine of the project, whose faults fail the test.
import { test as base, expect } from "@playwright/test";
import type { EngineName } from "../../scripts/engines.mjs";
import type { Engine, EnginePage, Opening } from "./page";
import { startEngine } from "./start";
import { storage, Visit } from "./visit";

export interface EngineOptions {
  readonly engine: EngineName | "chromium";
}

interface Fixtures {
  /** Opens pages in the engine of the project; they are closed with the test. */
  readonly open: (opening?: Omit<Opening, "address">) => Promise<EnginePage>;
  readonly visit: Visit;
  /** Does the same in Chromium, for comparison. */
  readonly inChromium: <Value>(task: (visit: Visit) => Promise<Value>) => Promise<Value>;
}

interface Held {
  /** The engine of the project, or why there is none. */
  readonly started: Engine | string;
  readonly chromium: Engine;
}

export const test = base.extend<Fixtures, EngineOptions & Held>({
  engine: ["chromium", { option: true, scope: "worker" }],
  started: [
    async ({ engine }, use) => {
      const started = await startEngine(engine);
      await use(started);
      if (typeof started !== "string") await started.close();
    },
    { scope: "worker", timeout: 60_000 },
  ],
  chromium: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from its parameter
    async ({}, use) => {
      const started = await startEngine("chromium");
      if (typeof started === "string") throw new Error(started);
      await use(started);
      await started.close();
    },
    { scope: "worker", timeout: 60_000 },
  ],
  open: async ({ started, baseURL }, use, info) => {
    if (typeof started === "string") return info.skip(true, started);
    const pages: EnginePage[] = [];
    await use(async (opening = {}) => {
      const page = await started.open({ address: baseURL as string, ...opening });
      pages.push(page);
      return page;
    });
    for (const [number, page] of pages.entries()) {
      if (info.status !== info.expectedStatus)
        await page.screenshot(info.outputPath(`page-${number + 1}.png`)).catch(() => {});
      await page.close();
    }
  },
  visit: async ({ open }, use) => {
    const visit = new Visit(await open({ storage }));
    await use(visit);
    await visit.expectSound();
  },
  inChromium: async ({ chromium, baseURL }, use) => {
    await use(async (task) => {
      const page = await chromium.open({ address: baseURL as string, storage });
      const value = await task(new Visit(page));
      await page.close();
      return value;
    });
  },
});

export { expect };
