// The same page on WebGPU, emulated on the processor: slow, so with a small net.
import { expect, test } from "@playwright/test";
import { Playground } from "./playground";
import { caseCount } from "./referenceCases";

test("a small net overfits and weight decay cures it on WebGPU", async ({ page }) => {
  // The processor plays the graphics card here.
  test.slow();
  const playground = new Playground(page);
  await playground.open(
    "v=1;train=30;valid=100;wrong=0.2;hidden=24-24;rate=0.02;batch=30;epochs=5000",
    "webgpu",
  );
  await expect(playground.backend).toHaveText("WebGPU");
  await playground.train.click();
  await expect.poll(() => playground.figure("gap"), { timeout: 80_000 }).toBeGreaterThan(20);
  const boundary = await page.getByTestId("boundary").screenshot();
  await playground.set("regularization.weightDecay", "3");
  await expect.poll(() => playground.figure("gap"), { timeout: 80_000 }).toBeLessThan(10);
  expect((await page.getByTestId("boundary").screenshot()).equals(boundary)).toBe(false);
  playground.expectNoErrors();
});

test("Automatic recognizes an emulated card and prefers WASM", async ({ page }) => {
  const playground = new Playground(page);
  await playground.open("v=1;epochs=5", "auto");
  await expect(playground.backend).toHaveText(/WASM|JavaScript/);
  await page.getByTestId("backend").click();
  await expect(page.getByText(/Emulated on the processor/i).first()).toBeVisible();
});

test("the self-test runs on WebGPU and stops in the middle", async ({ page }) => {
  // All cases take minutes on a processor that plays the graphics card: the first ones do here.
  test.slow();
  await page.goto("./?selftest");
  await page.getByRole("radio", { name: /^WebGPU/ }).check();
  await page.getByRole("button", { name: `Run all ${caseCount} cases on WebGPU` }).click();
  await expect(page.getByText("✓ passed").nth(1)).toBeVisible({ timeout: 120_000 });
  await page.getByRole("button", { name: "Stop", exact: true }).click();
  await expect(page.getByTestId("selftest-status")).toHaveText(
    /^Stopped: \d+ passed, 0 failed, \d+ not run\.$/,
  );
});

test("reports, filters and feature maps come from WebGPU too", async ({ page }) => {
  test.slow();
  const playground = new Playground(page);
  await playground.open(
    "v=1;data=strokeDigits;train=20;valid=50;wrong=0;scaling=unit;family=cnn;blocks=2-4;hidden=none;batch=10;epochs=2;dropmap=0.5",
    "webgpu",
  );
  await playground.trainToEnd();
  await page.getByRole("tab", { name: "maps" }).click();
  await expect(page.getByTestId("dropped-block 2")).toHaveText(/dropped: \d of 4/);
  await page.getByRole("tab", { name: "filters" }).click();
  await expect(page.getByTestId("filters").locator("li")).toHaveCount(2);
  await page.getByRole("tab", { name: "confusion" }).click();
  await expect(page.getByTestId("confusion")).toContainText(/% of 50 right/);
  playground.expectNoErrors();
});
