// A page in the background: training goes on, nothing is drawn, and the charts catch up when it is shown again.
import { expect, test } from "@playwright/test";
import { type Tab, Tabs } from "./tabs";

interface Drawings {
  /** Changes of the charts' lines. */
  lines: number;
  /** Pictures painted on canvases. */
  paintings: number;
}

/** Begins to count what is drawn. */
function countDrawings(tab: Tab): Promise<void> {
  return tab.evaluate(() => {
    const counts: Drawings = { lines: 0, paintings: 0 };
    Object.assign(globalThis, { drawings: counts });
    for (const plot of document.querySelectorAll('[data-testid^="chart-"] svg')) {
      new MutationObserver((changes) => {
        counts.lines += changes.length;
      }).observe(plot, { subtree: true, childList: true, attributes: true });
    }
    const clear = CanvasRenderingContext2D.prototype.clearRect;
    CanvasRenderingContext2D.prototype.clearRect = function (...box) {
      counts.paintings++;
      clear.apply(this, box);
    };
  });
}

const drawings = (tab: Tab) =>
  tab.evaluate(() => ({ ...(globalThis as unknown as { drawings: Drawings }).drawings }));
const isHidden = (tab: Tab) => tab.evaluate(() => document.hidden);
const epoch = (tab: Tab) =>
  tab.evaluate(() => {
    const text = document.querySelector('[data-testid="epoch"]')?.textContent ?? "";
    return Number(text.replace(/[^0-9.]/g, ""));
  });
/** The last epoch that the charts' crosshair could reach: what has been recorded. */
const recorded = (tab: Tab) =>
  tab.evaluate(() =>
    Number(
      document
        .querySelector('[data-testid="chart-loss"] [role=slider]')
        ?.getAttribute("aria-valuenow"),
    ),
  );

test("training goes on in a hidden tab, where nothing is drawn; shown again the charts catch up", async ({
  browser,
  baseURL,
}) => {
  const tabs = await Tabs.of(browser);
  const tab = await tabs.open(`${baseURL}#v=1;train=200;batch=10;epochs=3000`);
  await expect
    .poll(() => tab.evaluate(() => document.querySelector("#train")?.textContent ?? ""))
    .toContain("Train");
  await tab.evaluate(() => document.querySelector<HTMLButtonElement>("#train")?.click());
  await expect.poll(() => epoch(tab)).toBeGreaterThan(3);
  await expect
    .poll(() => tab.evaluate(() => document.querySelectorAll('[data-testid^="chart-"] svg').length))
    .toBeGreaterThan(0);
  await countDrawings(tab);
  await expect.poll(async () => (await drawings(tab)).lines).toBeGreaterThan(0);
  await expect.poll(async () => (await drawings(tab)).paintings).toBeGreaterThan(3);

  const other = await tabs.open("about:blank");
  await other.bringToFront();
  await expect.poll(() => isHidden(tab)).toBe(true);
  // What had its turn when the tab went away may still be finishing.
  await new Promise((resolve) => setTimeout(resolve, 1500));
  const before = {
    epoch: await epoch(tab),
    recorded: await recorded(tab),
    ...(await drawings(tab)),
  };
  await expect.poll(() => epoch(tab)).toBeGreaterThan(before.epoch + 20);
  expect(await drawings(tab)).toEqual({ lines: before.lines, paintings: before.paintings });
  expect(await recorded(tab)).toBe(before.recorded);

  await tab.bringToFront();
  await expect.poll(() => isHidden(tab)).toBe(false);
  await expect.poll(() => recorded(tab)).toBeGreaterThan(before.recorded + 5);
  await expect.poll(async () => (await drawings(tab)).lines).toBeGreaterThan(before.lines);
  await expect.poll(async () => (await drawings(tab)).paintings).toBeGreaterThan(before.paintings);
});
