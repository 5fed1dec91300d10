// Penalties, decay and whole units on the page: each of them, turned on, is seen in the figures it is meant to move.
import { expect, test } from "@playwright/test";
import { Playground } from "./playground";

const small = "v=1;hidden=24-12;act=tanh;epochs=60;valid=100;test=10";

test("decay, L2, L1 and both: weights shrink, and each says what it costs", async ({ page }) => {
  const playground = new Playground(page);
  const { figure } = playground;
  const norm = () => figure.call(playground, "now-norm");
  const nearZero = () => figure.call(playground, "now-near-zero");
  const penalty = page.getByTestId("loss-penalty");
  const implied = page.getByTestId("loss-implied");

  await playground.run(small);
  const plain = { norm: await norm(), nearZero: await nearZero() };
  await expect(penalty).toHaveCount(0);
  await expect(implied).toHaveCount(0);

  await playground.run(`${small};decay=3`);
  expect(await norm()).toBeLessThan(0.8 * plain.norm);
  await expect(implied).toBeVisible();
  await expect(penalty).toHaveCount(0);
  const onKernels = await figure.call(playground, "loss-train");
  await playground.run(`${small};decay=3;scope=all`);
  expect(await figure.call(playground, "loss-train")).not.toBe(onKernels);

  await playground.run(`${small};l2=0.1`);
  expect(await norm()).toBeLessThan(0.8 * plain.norm);
  await expect(penalty).toBeVisible();
  await expect(implied).toHaveCount(0);

  await playground.run(`${small};l1=0.01`);
  expect(await norm()).toBeLessThan(0.8 * plain.norm);
  expect(await nearZero()).toBeGreaterThan(plain.nearZero + 5);
  await expect(page.getByTestId("now-exact-zero")).toHaveText("0.0 %");

  await playground.run(`${small};l1=0.01;l2=0.1`);
  const [l1, l2, total] = [
    (await playground.column("l1_penalty")).at(-1) as number,
    (await playground.column("l2_penalty")).at(-1) as number,
    await figure.call(playground, "loss-penalty"),
  ];
  expect(Math.min(l1, l2)).toBeGreaterThan(0);
  expect(total).toBeCloseTo(l1 + l2, 2);
  playground.expectNoErrors();
});

test("the proximal step makes exact zeros, the preconditioned one more of them under Adam", async ({
  page,
}) => {
  const playground = new Playground(page);
  const proximal = `${small};opt=adam;l1prox=0.1`;
  await playground.run(proximal);
  const plain = await playground.figure("now-exact-zero");
  expect(plain).toBeGreaterThan(0);
  await playground.tab("zeros").click();
  expect(Math.max(...(await playground.cells("zeros", 0)))).toBeGreaterThan(0);
  await playground.run(`${proximal};l1form=preconditioned`);
  expect(await playground.figure("now-exact-zero")).toBeGreaterThan(plain + 10);
  playground.expectNoErrors();
});

test("group L1 and max-norm act on whole units: off, and no longer than the limit", async ({
  page,
}) => {
  const playground = new Playground(page);
  await playground.run(small);
  await playground.tab("units").click();
  expect(await playground.cells("units", 0)).toEqual([0, 0, 0]);
  expect(Math.max(...(await playground.cells("units", 2)))).toBeGreaterThan(1);
  await playground.run(`${small};group=3`);
  const off = await playground.cells("units", 0);
  expect(off[1]).toBeGreaterThan(0);
  await playground.run(`${small};group=3;groupscale=sqrt`);
  expect((await playground.cells("units", 0))[1]).toBeGreaterThan(off[1] as number);
  await playground.run(`${small};maxnorm=0.5`);
  const longest = await playground.cells("units", 2);
  expect(Math.max(...longest)).toBeCloseTo(0.5, 3);
  playground.expectNoErrors();
});

test("strength per layer spares a layer, and a ramp begins at nothing", async ({ page }) => {
  const playground = new Playground(page);
  await playground.open(`${small};opt=sgd;rate=0.1;l1prox=0.02`);
  await page.getByText(/^More: .*strength per layer/).click();
  await page.getByLabel("Strength in hidden 2").fill("0");
  await page.getByLabel("Strength in hidden 2").press("Enter");
  await expect(page).toHaveURL(/layers=1,0/);
  await playground.trainToEnd();
  await playground.tab("zeros").click();
  const zeros = await playground.cells("zeros", 0);
  expect(zeros[0]).toBeGreaterThan(0);
  expect(zeros[1]).toBe(0);
  expect(zeros[2]).toBeGreaterThan(0);

  const l2 = () => playground.column("l2_penalty");
  await playground.run(`${small};l2=0.1`);
  const constant = await l2();
  await playground.run(`${small};l2=0.1;strength=ramp`);
  const ramp = await l2();
  expect(constant[0]).toBeGreaterThan(0.1);
  expect(ramp[0]).toBe(0);
  expect(ramp.at(-1)).toBeGreaterThan(0.01);
  await playground.run(`${small};l2=0.1;strength=anneal`);
  const anneal = await l2();
  expect(anneal[0]).toBeCloseTo(constant[0] as number, 5);
  expect(anneal.at(-1)).toBeLessThan(0.01);
  playground.expectNoErrors();
});
