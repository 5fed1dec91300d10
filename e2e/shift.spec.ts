// Nothing on the page jumps while a run, its cure and what they bring are shown: the browser's own measure of layout shift.
import { expect, test } from "@playwright/test";
import { Playground } from "./playground";

interface Shift extends PerformanceEntry {
  readonly value: number;
  readonly hadRecentInput: boolean;
  readonly sources: readonly {
    readonly node: Node | null;
    readonly previousRect: DOMRectReadOnly;
    readonly currentRect: DOMRectReadOnly;
  }[];
}

test("training, cure and training on move nothing (layout shift)", async ({ page }) => {
  const playground = new Playground(page);
  await playground.open("v=1", "wasm", "full");
  await playground.drawn();
  await page.evaluate(() => {
    const moved: string[] = [];
    Object.assign(globalThis, { moved });
    new PerformanceObserver((list) => {
      // What a press itself brings, such as a setting that now applies, is no jump.
      for (const entry of list.getEntries() as Shift[])
        for (const { node, previousRect, currentRect } of entry.hadRecentInput || entry.value < 1e-4
          ? []
          : entry.sources) {
          const element = node instanceof Element ? node : node?.parentElement;
          // Sentences of the meaning column grow and shrink with what they say, and move what is below them there.
          if (element?.closest("#area-meaning")) continue;
          // The words of a change change sides where the axis grows longer.
          if (/^weight decay/.test(element?.textContent ?? "")) continue;
          const place = element?.closest("section[aria-label]")?.getAttribute("aria-label");
          const box = ({ x, y, width }: DOMRectReadOnly) => [x, y, width].map(Math.round).join(" ");
          moved.push(
            `${place}: ${element?.tagName} "${element?.textContent}" ${box(previousRect)} to ${box(currentRect)}`,
          );
        }
    }).observe({ type: "layout-shift" });
  });
  await playground.trainToEnd();
  await page.getByTestId("suggestion").getByRole("button").click();
  await expect(playground.train).toHaveText(/Pause/);
  await expect(playground.train).toHaveText(/Train again/, { timeout: 60_000 });
  await playground.drawn();
  const moved = await page.evaluate(() => (globalThis as unknown as { moved: string[] }).moved);
  expect(moved).toEqual([]);
});
