// How the page lies on screens, and whether everybody can use it.

import { expect, test } from "@playwright/test";
import { expectAccessible, expectOneScreen } from "./checks";
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
    await expectOneScreen(page);
  });
}

test("one column on a phone, nothing wider than the screen, the run bar always there", async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const playground = new Playground(page);
  await playground.open("v=1;epochs=30");
  await playground.trainToEnd();
  await expectOneScreen(page);
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
    await expectAccessible(page);
  });
}

test("charts have tables, and the keyboard reaches every control", async ({ page }) => {
  const playground = new Playground(page);
  await playground.open("v=1;epochs=30");
  await playground.trainToEnd();
  await page.getByRole("button", { name: "Loss as a table" }).click();
  const rows = page.getByTestId("table-loss").locator("tbody tr");
  await expect.poll(() => rows.count()).toBeGreaterThan(5);
  const slider = page.locator('[id="slider-regularization.l1"]');
  await slider.focus();
  await slider.press("ArrowRight");
  await expect(page).toHaveURL(/l1=/);
});
