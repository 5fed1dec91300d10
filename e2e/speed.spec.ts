// A run can be followed: by itself it takes some seconds; full speed is one press away and remembered.
import { expect, test } from "@playwright/test";
import { Playground } from "./playground";

const link = "v=1;data=circle;train=100;hidden=8;epochs=300;batch=20;opt=sgd;rate=0.03";

test("a short run takes six seconds, or as few as the machine needs", async ({ page }) => {
  const playground = new Playground(page);
  await playground.open(link, "wasm", "watch");
  const button = page.getByRole("button", { name: "Full speed" });
  await expect(button).toHaveAttribute("aria-pressed", "false");
  const begun = Date.now();
  await playground.train.click();
  // Halfway through the clock, about half of the epochs are done.
  await page.waitForTimeout(3000);
  const epoch = await playground.figure("epoch");
  expect(epoch).toBeGreaterThan(20);
  expect(epoch).toBeLessThan(290);
  await expect(playground.train).toHaveText(/Train again/);
  expect(Date.now() - begun).toBeGreaterThan(5800);

  await button.click();
  await expect(button).toHaveAttribute("aria-pressed", "true");
  await page.reload();
  await playground.ready();
  await expect(button).toHaveAttribute("aria-pressed", "true");
  await playground.trainToEnd();
  playground.expectNoErrors();
});

test("full speed acts at once on a run that is being watched", async ({ page }) => {
  const playground = new Playground(page);
  // Left alone it would take six seconds for every 20,000 epochs of which few pass before the press.
  await playground.open(`${link};epochs=20000`, "wasm", "watch");
  await playground.train.click();
  await expect(playground.epoch).not.toHaveText("0");
  await page.getByRole("button", { name: "Full speed" }).click();
  await expect(playground.train).toHaveText(/Train again/, { timeout: 60_000 });
  playground.expectNoErrors();
});
