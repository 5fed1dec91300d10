// How long a visitor who presses Train at once waits for the first training step, by the page's own marks.
import { withPage } from "./browser";
import { type Spread, spreadOf } from "./statistics";

export interface StartResult {
  /** Milliseconds from navigation to the news of the first training step, backend chosen by timing, files in the cache. */
  readonly firstStep: Spread;
  /** Milliseconds from navigation to what a start went through, of the median visit. */
  readonly phases: readonly { readonly name: string; readonly at: number }[];
}

interface Visit {
  readonly firstStep: number;
  readonly phases: StartResult["phases"];
}

/** Visits after the first, which fills the cache. */
export function measureStart(visits: number): Promise<StartResult> {
  return withPage(async (page, address) => {
    const seen: Visit[] = [];
    for (let visit = 0; visit <= visits; visit++) {
      await page.goto("about:blank");
      await page.goto(address, { waitUntil: "commit" });
      await page.getByTestId("train").click();
      await page.waitForFunction(
        () => performance.getEntriesByName("first step").length > 0,
        undefined,
        { polling: 20, timeout: 60_000 },
      );
      const phases = await page.evaluate(() =>
        performance
          .getEntriesByType("mark")
          .filter(({ name }) => /^start: |^run stands$|^first step$/.test(name))
          .map(({ name, startTime }) => ({ name: name.replace("start: ", ""), at: startTime })),
      );
      const firstStep = phases.find(({ name }) => name === "first step")?.at ?? Number.NaN;
      if (visit > 0) seen.push({ firstStep, phases });
    }
    seen.sort((a, b) => a.firstStep - b.firstStep);
    return {
      firstStep: spreadOf(seen.map((visit) => visit.firstStep)),
      phases: seen[Math.floor(seen.length / 2)]?.phases ?? [],
    };
  });
}
