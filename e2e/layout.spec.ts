// How the page lies on screens, and whether everybody can use it.

import { expect, test } from "@playwright/test";
import axe from "axe-core";
import { Playground } from "./playground";

for (const [width, height] of [
  [1440, 900],
  [1280, 720],
] as const) {
  test(`one screen without scrolling at ${width}×${height}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    const playground = new Playground(page);
    await playground.open("v=1;epochs=30");
    await playground.trainToEnd();
    const overflow = await page.evaluate(() => ({
      x: document.documentElement.scrollWidth - innerWidth,
      y: document.documentElement.scrollHeight - innerHeight,
    }));
    expect(overflow.x).toBeLessThanOrEqual(0);
    expect(overflow.y).toBeLessThanOrEqual(0);
  });
}

test("one column on a phone, nothing wider than the screen, the run bar always there", async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const playground = new Playground(page);
  await playground.open("v=1;epochs=30");
  await playground.trainToEnd();
  expect(
    await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
  ).toBeLessThanOrEqual(0);
  await page.mouse.move(195, 400);
  await page.mouse.wheel(0, 4000);
  await expect(playground.train).toBeInViewport();
  playground.expectNoErrors();
});

for (const scheme of ["light", "dark"] as const) {
  test(`no accessibility violations (${scheme})`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: scheme });
    const playground = new Playground(page);
    await playground.open("v=1;epochs=30");
    await playground.trainToEnd();
    await page.evaluate(axe.source);
    const violations = await page.evaluate(async () => {
      const { run } = (globalThis as unknown as { axe: typeof import("axe-core") }).axe;
      const { violations: found } = await run(document, {
        runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "best-practice"],
      });
      return found.map(
        ({ id, help, nodes }) =>
          `${id}: ${help} (${nodes
            .map(({ target }) => target.join(" "))
            .slice(0, 3)
            .join("; ")})`,
      );
    });
    expect(violations).toEqual([]);
  });
}

test("charts have tables, and the keyboard reaches every control", async ({ page }) => {
  const playground = new Playground(page);
  await playground.open("v=1;epochs=30");
  await playground.trainToEnd();
  await page.getByRole("button", { name: "Loss as a table" }).click();
  expect(await page.getByTestId("table-loss").locator("tbody tr").count()).toBeGreaterThan(5);
  const slider = page.locator('[id="slider-regularization.l1"]');
  await slider.focus();
  await slider.press("ArrowRight");
  await expect(page).toHaveURL(/l1=/);
});
