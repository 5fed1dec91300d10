// Runs: the same twice, stepped, reset, reseeded, changed, diverged.
import { expect, test } from "@playwright/test";
import { Playground } from "./playground";

test("two runs of one link on one backend give identical curves", async ({ browser }) => {
  const link = "v=1;train=40;drop=0.3;dropin=0.1;l1=1e-4;epochs=60;seed=5";
  const files: string[] = [];
  for (let visit = 0; visit < 2; visit++) {
    const context = await browser.newContext();
    const playground = new Playground(await context.newPage());
    await playground.open(link);
    await playground.trainToEnd();
    files.push(await playground.csv());
    playground.expectNoErrors();
    await context.close();
  }
  expect(files[0]?.split("\n").length).toBeGreaterThan(20);
  expect(files[0]).toBe(files[1]);
});

test("one step, one epoch, reset to the same start, another seed", async ({ page }) => {
  const playground = new Playground(page);
  await playground.open();
  const start = await playground.csv();
  await page.getByRole("button", { name: "One epoch" }).click();
  await expect(playground.epoch).toHaveText("1");
  await page.getByRole("button", { name: "One step" }).click();
  await expect(playground.epoch).not.toHaveText("1");
  await page.getByRole("button", { name: "Reset to the same start" }).click();
  await expect(playground.epoch).toHaveText("0");
  await expect.poll(() => playground.csv()).toBe(start);
  await page.getByRole("button", { name: "Draw another seed" }).click();
  await expect(page).toHaveURL(/seed=/);
  await expect.poll(() => playground.csv()).not.toBe(start);
  playground.expectNoErrors();
});

test("another architecture makes a new run; the link follows and brings it back", async ({
  page,
}) => {
  const playground = new Playground(page);
  await playground.open("v=1;epochs=20");
  await playground.trainToEnd();
  await page.getByLabel("Units in hidden layer 1").fill("16");
  await page.getByLabel("Units in hidden layer 1").press("Enter");
  await expect(page).toHaveURL(/hidden=16-64-32/);
  await expect(playground.epoch).toHaveText("0");
  await playground.trainToEnd();
  const curves = await playground.csv();
  // The address is the experiment: opened elsewhere it gives the same run.
  await page.reload();
  await playground.ready();
  await expect(page.getByLabel("Units in hidden layer 1")).toHaveValue("16");
  await playground.trainToEnd();
  expect(await playground.csv()).toBe(curves);
  playground.expectNoErrors();
});

test("a run that diverges stops, says what blew up and offers a cure that works", async ({
  page,
}) => {
  const playground = new Playground(page);
  await playground.open(
    "v=1;data=curve;train=20;wrong=0;hidden=64-64;act=linear;opt=sgd;rate=10;epochs=200",
  );
  await playground.train.click();
  const notice = page.getByTestId("divergence");
  const over = page.getByRole("button", { name: /^Train again/ });
  await expect(notice).toContainText(/Training diverged at step \d+/);
  await expect(notice).toContainText(/The page shows the (initial )?weights/);
  for (let tries = 0; tries < 6 && (await notice.isVisible()); tries++) {
    await notice
      .getByRole("button", { name: /^Lower the learning rate to .* and train on/ })
      .click();
    await expect(notice.or(over)).toBeVisible();
  }
  await expect(over).toBeVisible();
  await expect(notice).toBeHidden();
  await expect(page.getByText(/back from a divergence/).first()).toBeAttached();
});

test("fewer epochs than are done already end the run, and Train starts over", async ({ page }) => {
  const playground = new Playground(page);
  await playground.open("v=1;epochs=3000");
  await playground.train.click();
  await expect.poll(() => playground.figure("epoch")).toBeGreaterThan(20);
  await playground.train.click();
  await playground.set("optimizer.epochs", "5");
  await expect(playground.train).toHaveText(/Train again/);
  await playground.train.click();
  await expect(playground.epoch).toHaveText("5");
  await expect(playground.train).toHaveText(/Train again/);
  playground.expectNoErrors();
});

test("figures of the test set do not outlive a reset", async ({ page }) => {
  const playground = new Playground(page);
  await playground.open("v=1;test=2000;epochs=200");
  await page.getByRole("button", { name: "One epoch" }).click();
  await expect(playground.epoch).toHaveText("1");
  await page.getByRole("button", { name: "Open the test set" }).click();
  await page.keyboard.press("r");
  await expect(playground.epoch).toHaveText("0");
  await page.waitForTimeout(1500);
  await expect(page.getByTestId("test-figures")).toHaveCount(0);
  playground.expectNoErrors();
});

test("the test set stays closed until it is asked for", async ({ page }) => {
  const playground = new Playground(page);
  await playground.open("v=1;epochs=30");
  await playground.trainToEnd();
  await expect(page.getByTestId("test-accuracy")).toHaveCount(0);
  await page.getByRole("button", { name: /test set/i }).click();
  await expect(page.getByTestId("test-accuracy")).toBeVisible();
  expect(await playground.figure("test-accuracy")).toBeGreaterThan(60);
});
