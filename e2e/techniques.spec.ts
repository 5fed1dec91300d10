// Techniques on the page: turning one changes what is seen.
import { expect, test } from "@playwright/test";
import { Playground } from "./playground";

test("early stopping ends the run, brings the best weights back and says so", async ({ page }) => {
  const playground = new Playground(page);
  await playground.open("v=1;patience=30;epochs=2000");
  await playground.train.click();
  await expect(page.getByTestId("reading")).toContainText("Stopped early");
  await expect(page.getByText(/best weights: epoch/).first()).toBeVisible();
  const losses = await playground.column("validation_loss");
  const best = losses.slice(1).indexOf(Math.min(...losses.slice(1))) + 1;
  expect(best).toBeLessThan(losses.length - 5);
  await expect(playground.train).toHaveText(/Train again/);
  playground.expectNoErrors();
});

test("averaged weights get a line of their own", async ({ page }) => {
  const playground = new Playground(page);
  await playground.open("v=1;average=ema;epochs=40");
  await playground.trainToEnd();
  await expect(page.getByTestId("loss-averaged")).toBeVisible();
  const averaged = await playground.column("averaged_validation_loss");
  expect(averaged.at(-1)).toBeGreaterThan(0);
  playground.expectNoErrors();
});

test("a CNN trains on pictures, and its filters stand among the weights", async ({ page }) => {
  const playground = new Playground(page);
  await playground.open(
    "v=1;data=strokeDigits;train=100;wrong=0;scaling=unit;family=cnn;blocks=4-8;hidden=none;norm=batch;batch=32;epochs=4",
  );
  await playground.trainToEnd();
  await expect(page.getByTestId("weights")).toContainText("3×3×1×4");
  await expect(page.getByLabel("Filters of block 2")).toHaveValue("8");
  playground.expectNoErrors();
});

test("group L1 switches whole units off: exact zeros appear", async ({ page }) => {
  const playground = new Playground(page);
  await playground.open("v=1;group=3;epochs=150");
  await playground.trainToEnd();
  expect((await playground.column("exact_zero_share")).at(-1)).toBeGreaterThan(0.2);
  playground.expectNoErrors();
});
