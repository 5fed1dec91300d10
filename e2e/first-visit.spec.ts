// The first visit: see a network overfit, then fix it.
import { expect, test } from "@playwright/test";
import { Playground } from "./playground";

test("Train opens the gap; weight decay moved while training smooths the boundary and closes it", async ({
  page,
}) => {
  const playground = new Playground(page);
  await playground.open();
  expect(new URL(page.url()).hash === "" || new URL(page.url()).hash === "#v=1").toBe(true);
  await expect(playground.backend).toHaveText("WASM");
  await expect(playground.epoch).toHaveText("0");
  await playground.set("optimizer.epochs", "3000");

  await page.keyboard.press("Escape");
  await playground.train.click();
  await expect.poll(() => playground.figure("gap"), { timeout: 30_000 }).toBeGreaterThan(15);
  await expect(page.getByTestId("reading")).toContainText("Overfitting");
  const boundary = page.getByTestId("boundary");
  const boundaryBefore = await boundary.screenshot();
  const normBefore = (await playground.column("weight_norm")).at(-1) as number;

  await playground.set("regularization.weightDecay", "3");
  await expect(page).toHaveURL(/decay=3/);
  await expect.poll(() => playground.figure("gap"), { timeout: 40_000 }).toBeLessThan(8);
  // The map has its turn after the figures.
  const isAsBefore = async () => (await boundary.screenshot()).equals(boundaryBefore);
  await expect.poll(isAsBefore).toBe(false);
  const norms = await playground.column("weight_norm");
  expect(norms.at(-1) as number).toBeLessThan(normBefore / 2);
  const decay = await playground.column("weight_decay_implied");
  expect(decay[0]).toBe(0);
  expect(decay.at(-1)).toBeGreaterThan(0);
  // The change was live: the run went on, its earlier points are still there.
  expect((await playground.column("epoch"))[0]).toBe(0);
  await expect(page.getByText("weight decay 0 → 3").first()).toBeVisible();
  playground.expectNoErrors();
});

test("the suggested cure is one click away", async ({ page }) => {
  const playground = new Playground(page);
  await playground.open();
  await playground.trainToEnd();
  expect(await playground.figure("gap")).toBeGreaterThan(15);
  const suggestion = page.getByTestId("suggestion");
  await suggestion.getByRole("button", { name: /Apply/ }).click();
  await expect.poll(() => playground.figure("gap"), { timeout: 60_000 }).toBeLessThan(8);
  await expect(playground.setting("regularization.weightDecay")).toHaveValue("3");
  playground.expectNoErrors();
});

test("nothing trains without a click or a key, and space is the key", async ({ page }) => {
  const playground = new Playground(page);
  await playground.open("v=1;epochs=50");
  await page.waitForTimeout(1000);
  await expect(playground.epoch).toHaveText("0");
  await page.keyboard.press("Space");
  await expect(playground.epoch).not.toHaveText("0");
  await expect(playground.train).toHaveText(/Train again/);
  playground.expectNoErrors();
});
