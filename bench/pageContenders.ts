// Contenders in pages of a browser, each in one of its own.
import type { Browser } from "@playwright/test";
import type { Opener } from "./compare";
import type { ContenderPage } from "./pages/contender";

type Calls = { readonly contender: ContenderPage };

/** @param address where the contenders' pages are served; ends in "/". */
export function pageContenders(browser: Browser, address: string): Opener {
  return async (entry) => {
    const page = await browser.newPage();
    await page.goto(`${address}${entry.page}.html`);
    await page.waitForFunction(() => "contender" in globalThis);
    return {
      prepare: (network, backend) =>
        page.evaluate(
          ([chosen, name]) => (globalThis as unknown as Calls).contender.prepare(chosen, name),
          [network, backend] as const,
        ),
      warmUp: (steps) =>
        page.evaluate((count) => (globalThis as unknown as Calls).contender.warmUp(count), steps),
      round: (steps) =>
        page.evaluate((count) => (globalThis as unknown as Calls).contender.round(count), steps),
      countDispatches: () =>
        page.evaluate(() => (globalThis as unknown as Calls).contender.countDispatches()),
      close: () => page.close(),
    };
  };
}
