// Objectives, rates over time, clipping and averages on the page: each is seen where a person would look for it.
import { expect, test } from "@playwright/test";
import { Playground } from "./playground";

const small = "v=1;hidden=32-16;epochs=60;valid=100;test=10";

test("label smoothing makes the network less confident", async ({ page }) => {
  const playground = new Playground(page);
  const meanConfidence = async () => {
    await playground.tab("calibration").click();
    const words = await page.getByTestId("calibration-verdict").innerText();
    return Number(words.match(/mean confidence (\d+)\s%/)?.[1]);
  };
  await playground.run(small);
  const plain = await meanConfidence();
  await playground.run(`${small};smooth=0.3`);
  await expect.poll(meanConfidence).toBeLessThan(plain - 3);
  playground.expectNoErrors();
});

test("class weights find more of the rare class, in either convention", async ({ page }) => {
  const playground = new Playground(page);
  const rare =
    "v=1;data=clusters;classes=2;train=60;valid=400;test=10;noise=0.7;wrong=0;imbalance=0.9;hidden=8;epochs=20;batch=10";
  const recall = async (weights: string) => {
    await playground.run(`${rare};classweight=${weights}`);
    await playground.tab("confusion").click();
    await expect(page.getByTestId("class-figures")).toBeVisible();
    return {
      recall: (await playground.cells("class-figures", 1)).at(-1) as number,
      loss: await playground.figure("loss-train"),
    };
  };
  const none = await recall("none");
  const pytorch = await recall("balancedWeighted");
  const keras = await recall("balancedMean");
  expect(pytorch.recall).toBeGreaterThan(none.recall + 0.1);
  expect(keras.recall).toBeGreaterThan(none.recall + 0.1);
  expect(keras.loss).not.toBe(pytorch.loss);
  playground.expectNoErrors();
});

test("a robust loss memorizes fewer wrong labels", async ({ page }) => {
  const playground = new Playground(page);
  const wrong =
    "v=1;data=strokeDigits;train=200;valid=40;test=10;wrong=0.3;hidden=64;scaling=unit;opt=adam;rate=3e-3;batch=20;epochs=15";
  const memorized = async () => {
    await playground.tab("mislabelled").click();
    const pictures = page.getByTestId("gallery").locator("li");
    await expect(pictures.first()).toBeVisible();
    await playground.drawn();
    return pictures.filter({ hasText: "✓" }).count();
  };
  await playground.run(wrong);
  const plain = await memorized();
  expect(plain).toBeGreaterThan(10);
  await playground.run(`${wrong};robust=1`);
  await expect.poll(memorized).toBeLessThan(0.6 * plain);
  playground.expectNoErrors();
});

test("the rate over time stands among the figures and in the file", async ({ page }) => {
  const playground = new Playground(page);
  const rates = async (setting: string) => {
    await playground.run(`${small};rate=0.01;${setting}`);
    return {
      now: await playground.figure("now-rate"),
      all: await playground.column("learning_rate"),
      loss: await playground.figure("loss-train"),
    };
  };
  const constant = await rates("clip=0");
  expect(constant.now).toBe(0.01);
  const step = await rates("schedule=step");
  expect(step.now).toBeCloseTo(0.0001, 8);
  expect(new Set(step.all.slice(1).map((rate) => rate.toFixed(6))).size).toBe(3);
  const cosine = await rates("schedule=cosine;floor=0.1");
  expect(cosine.now).toBeCloseTo(0.001, 6);
  expect(cosine.all.slice(1)).toEqual(cosine.all.slice(1).sort((a, b) => b - a));
  const warm = await rates("warmup=20");
  expect(warm.now).toBe(0.01);
  expect(warm.all[1]).toBeLessThan(0.002);
  expect(new Set([constant, step, cosine, warm].map(({ loss }) => loss)).size).toBe(4);
  playground.expectNoErrors();
});

test("clipping shortens the gradient, and the page shows both lengths", async ({ page }) => {
  const playground = new Playground(page);
  const sgd = `${small};opt=sgd;rate=0.1`;
  const gradient = page.getByTestId("now-gradient");
  await playground.run(sgd);
  await expect(gradient).not.toContainText("→");
  const plain = await playground.figure("loss-train");
  await playground.run(`${sgd};clip=0.01`);
  await expect(gradient).toHaveText(/^[\d.]+ → 0\.0100$/);
  expect(await playground.figure("loss-train")).toBeGreaterThan(1.2 * plain);
  playground.expectNoErrors();
});

test("SWA gets a line of its own from its start on", async ({ page }) => {
  const playground = new Playground(page);
  await playground.run(`${small};average=swa;averagestart=0.5`);
  await expect(page.getByTestId("loss-averaged")).toBeVisible();
  const [epochs, averaged] = [
    await playground.column("epoch"),
    await playground.column("averaged_validation_loss"),
  ];
  const begun = epochs.filter((_, row) => (averaged[row] as number) > 0);
  expect(Math.min(...begun)).toBeGreaterThanOrEqual(30);
  expect(begun.length).toBeGreaterThan(10);
  playground.expectNoErrors();
});
