// Memory stays flat: over long training at full speed and over many changes of architecture.
// Short in the ordinary suite; `npm run memory` takes minutes.
import { expect, type Page, test } from "@playwright/test";
import { type Held, heldBy } from "./heap";
import { Playground } from "./playground";

const thorough = process.env.MEMORY_THOROUGH === "1";
const seconds = thorough ? 180 : 12;
const changes = thorough ? 200 : 8;
const megabyte = 1e6;

/** What the engine counts itself, read where the page shows it. */
async function engineHolds(page: Page): Promise<{ tensors: number; megabytes: readonly number[] }> {
  await page.getByTestId("backend").click();
  const text = await page.getByTestId("memory").innerText();
  await page.keyboard.press("Escape");
  const [tensors = Number.NaN, ...megabytes] = (
    text.replaceAll(",", "").match(/\d+(\.\d+)?/g) ?? []
  ).map(Number);
  return { tensors, megabytes };
}

/** Growth that caches filling up may explain, never a leak over minutes. */
function expectFlat(before: Held, after: Held): void {
  expect(after.workers).toBe(before.workers);
  expect(after.pageHeap).toBeLessThan(1.1 * before.pageHeap + 3 * megabyte);
  expect(after.workerHeap).toBeLessThan(1.1 * before.workerHeap + 3 * megabyte);
  expect(after.nodes).toBeLessThan(1.2 * before.nodes + 200);
}

test("long training at full speed: tensors, heaps and elements stay as many as they were", async ({
  page,
}) => {
  test.setTimeout((seconds + (thorough ? 600 : 120)) * 1000);
  const playground = new Playground(page);
  await playground.open(
    "v=1;train=1000;valid=60;hidden=16-8;norm=batch;drop=0.2;average=ema;batch=2;epochs=10000",
  );
  await playground.train.click();
  // Records of moments fill up to their bound first.
  await expect
    .poll(() => playground.figure("epoch"), { timeout: thorough ? 400_000 : 60_000 })
    .toBeGreaterThan(thorough ? 400 : 20);
  await page.waitForTimeout((seconds * 1000) / 3);
  const sample = async () => {
    // Held still, so that no temporaries of a step are counted.
    await playground.train.click();
    await expect(playground.train).toHaveText(/^Train/);
    // At the end of an epoch every sample finds the run in the same state.
    const oneEpoch = page.getByRole("button", { name: "One epoch" });
    await oneEpoch.click();
    await expect(playground.epoch).toHaveText(/^[\d,]+$/);
    await expect(oneEpoch).toBeEnabled();
    const counted = { ...(await engineHolds(page)), ...(await heldBy(page)) };
    await playground.train.click();
    return counted;
  };
  const before = await sample();
  const from = await playground.figure("epoch");
  await page.waitForTimeout(seconds * 1000);
  const after = await sample();
  const epochs = (await playground.figure("epoch")) - from;
  console.log(`${epochs} epochs`, JSON.stringify({ before, after }));
  // Five hundred steps each.
  expect(epochs).toBeGreaterThan(thorough ? 300 : 5);
  expect(after.tensors).toBe(before.tensors);
  expect(after.megabytes).toEqual(before.megabytes);
  expectFlat(before, after);
  playground.expectNoErrors();
});

test(`${changes} changes of architecture: one engine, and as much memory as before`, async ({
  page,
}) => {
  test.setTimeout((changes * 20 + 120) * 1000);
  const playground = new Playground(page);
  await playground.open("v=1;train=40;valid=40;hidden=8-8;epochs=10000");
  const units = page.getByLabel("Units in hidden layer 1");
  /** Another width; the new run trains a little before the next one takes its place. */
  const change = async (width: number) => {
    await units.fill(String(width));
    await units.press("Enter");
    await expect(playground.epoch).toHaveText("0");
    await playground.train.click();
    await expect(playground.train).toHaveText(/^Pause/);
    await expect.poll(() => playground.figure("epoch")).toBeGreaterThan(3);
  };
  for (let count = 0; count < 4; count++) await change(9 + (count % 2));
  const before = await heldBy(page);
  for (let count = 0; count < changes; count++) await change(9 + (count % 2));
  const after = await heldBy(page);
  console.log(`${changes} changes`, JSON.stringify({ before, after }));
  expect(after.workers).toBe(1);
  expectFlat(before, after);
  playground.expectNoErrors();
});
