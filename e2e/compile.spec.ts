// Changes of strengths and rates while training compile nothing: they go through values, not through new programs.
import { expect, test } from "@playwright/test";
import { type Compiled, compiled, countCompiling, theWorker } from "./compiling";
import { Playground } from "./playground";

/** Every rate and strength at work, so that a change is one of a number and not of the rule. */
const settings =
  "valid=40;hidden=8;batch=8;opt=adamw;rate=0.01;decay=0.01;l1=0.0001;l2=0.0001;drop=0.1;epochs=10000";

const changes: readonly (readonly [string, string])[] = [
  ["optimizer.learningRate", "0.005"],
  ["regularization.weightDecay", "0.1"],
  ["regularization.l1", "0.001"],
  ["regularization.l2", "0.002"],
  ["regularization.dropoutHidden", "0.4"],
];

const nothing: Compiled = { pipelines: 0, programs: 0, modules: 0 };
const sum = ({ pipelines, programs, modules }: Compiled) => pipelines + programs + modules;

test("a change of a strength or rate compiles nothing; another network does", async ({ page }, {
  project,
}) => {
  test.slow();
  const playground = new Playground(page);
  // So many that a fast backend does not come to the end of its last epoch meanwhile.
  const examples = project.name === "wasm" ? 2000 : 80;
  await playground.open(`v=1;train=${examples};${settings}`, project.name);
  // The panels' first pictures, before anybody presses Train.
  await expect(page.getByTestId("ridges-0")).toBeVisible();
  await page.waitForTimeout(2000);
  await countCompiling(theWorker(page));
  await playground.train.click();
  const goOn = async () => {
    const before = await playground.figure("epoch");
    await expect
      .poll(() => playground.figure("epoch"), { timeout: 60_000 })
      .toBeGreaterThan(before + 3);
  };
  await goOn();
  // On a graphics backend all that training needs was compiled when the page opened.
  expect(await compiled(theWorker(page))).toEqual(nothing);
  for (const [path, value] of changes) {
    const address = page.url();
    await playground.set(path, value);
    await expect(page).not.toHaveURL(address);
    await goOn();
  }
  expect(await compiled(theWorker(page))).toEqual(nothing);
  await expect(page.getByText(/dropout.* 0\.1 → 0\.4/).first()).toBeVisible();

  // The counters do count: another network gets a worker of its own, which compiles everything anew.
  const next = page.waitForEvent("worker");
  await page.getByLabel("Units in hidden layer 1").fill("13");
  await page.getByLabel("Units in hidden layer 1").press("Enter");
  await countCompiling(await next);
  await expect(playground.train).toHaveText(/^Train(?!.*again)/);
  await expect(playground.epoch).toHaveText("0");
  await playground.train.click();
  await goOn();
  expect(sum(await compiled(theWorker(page)))).toBeGreaterThan(0);
  playground.expectNoErrors();
});
