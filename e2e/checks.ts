// What every view must hold on every screen: usable by everybody, nothing wider than the window, nothing cut off.
import { expect, type Locator, type Page } from "@playwright/test";
import axe from "axe-core";

/** Wider windows show the whole page at once; narrower ones scroll down. */
const phone = 700;

/** No violation of WCAG 2.1 AA that axe finds. @param what for the message */
export async function expectAccessible(page: Page, what = ""): Promise<void> {
  await page.evaluate(axe.source);
  const violations = await page.evaluate(async () => {
    const { run } = (globalThis as unknown as { axe: typeof import("axe-core") }).axe;
    const { violations: found } = await run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "best-practice"],
    });
    return found.map(({ id, help, nodes }) => {
      const places = nodes.map(({ target }) => target.join(" ")).slice(0, 3);
      return `${id}: ${help} (${places.join("; ")})`;
    });
  });
  expect(violations, what).toEqual([]);
}

/** Nothing is wider than the window, nor higher except on a phone. @param what for the message */
export async function expectOneScreen(page: Page, what = ""): Promise<void> {
  const overflow = await page.evaluate(() => ({
    x: document.documentElement.scrollWidth - innerWidth,
    y: document.documentElement.scrollHeight - innerHeight,
  }));
  expect(overflow.x, what).toBeLessThanOrEqual(0);
  if ((page.viewportSize()?.width ?? 0) > phone) expect(overflow.y, what).toBeLessThanOrEqual(0);
}

/** Whole within another part: nothing is cut off at the sides. */
export async function expectWithin(inner: Locator, outer: Locator): Promise<void> {
  const [held, around] = [await inner.boundingBox(), await outer.boundingBox()];
  if (!held || !around) throw new Error("One of the two parts is not on the page.");
  expect(held.x).toBeGreaterThanOrEqual(around.x);
  expect(held.x + held.width).toBeLessThanOrEqual(around.x + around.width);
}
