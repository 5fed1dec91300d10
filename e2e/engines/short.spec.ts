// What a learner does first, in every browser engine: train, cure, another data set, every tab, links, points and a table of their own.
import { writeFileSync } from "node:fs";
import { expect, test } from "./fixtures";
import type { Visit } from "./visit";

test("the first visit trains, overfits and is cured, with Chromium's losses", async ({
  visit,
  inChromium,
}) => {
  const overfit = async (visit: Visit) => {
    await visit.open();
    await visit.trainToEnd();
    return visit.losses();
  };
  const losses = await overfit(visit);
  expect(await visit.figure("gap")).toBeGreaterThan(15);
  await visit.page.click({ role: "button", name: /^Apply/ });
  await expect.poll(() => visit.figure("gap")).toBeLessThan(8);
  await visit.trained();
  await visit.everyTab();
  expectSame(losses, await inChromium(overfit));
});

test("Shapes brings its CNN, which trains with Chromium's losses; every view of it shows", async ({
  visit,
  inChromium,
}) => {
  const shapes = async (visit: Visit) => {
    await visit.open();
    await visit.page.click({ role: "radio", name: "Shapes" });
    await visit.address(/blocks=32-64-128/);
    await visit.set("data.trainSize", "20");
    await visit.set("data.validationSize", "20");
    await visit.set("optimizer.epochs", "1");
    await visit.trainToEnd();
    return visit.losses();
  };
  const losses = await shapes(visit);
  await visit.everyTab();
  expectSame(losses, await inChromium(shapes));
});

test("a link opens what was shared, and another one in the same window", async ({ visit }) => {
  const { page } = visit;
  await visit.open("v=1;data=circle;hidden=8;epochs=-5;drop=0.3");
  expect(await page.text({ testId: "corrections" })).toContain("Now 1.");
  await visit.address(/#v=1[^;]*;data=circle;hidden=8;drop=0\.3;epochs=1$/);
  await visit.trainToEnd();
  await page.click({ role: "button", name: /Share/ });
  const link = { role: "textbox", name: "Link of this experiment" };
  expect(await page.property(link, "value")).toBe(await page.evaluate(() => location.href));
  await page.press("Escape");
  await page.evaluate(() => {
    location.hash = "v=1;data=spiral;epochs=2";
  });
  await expect.poll(() => visit.value("optimizer.epochs")).toBe("2");
  await visit.trainToEnd();
});

test("points of one's own are clicked, learned from and kept", async ({ visit }) => {
  const { page } = visit;
  const points = () => page.text({ testId: "points-message" });
  const plane = { testId: "points-plane" };
  await visit.goto("v=1;data=ownPoints;classes=2;hidden=16;opt=adam;rate=2e-2;epochs=30");
  for (let i = 0; i < 5; i++) await page.clickAt(plane, 0.1 + 0.05 * i, 0.15 + 0.14 * i);
  await page.click({ role: "radio", name: "Class B" });
  for (let i = 0; i < 5; i++) await page.clickAt(plane, 0.6 + 0.05 * i, 0.15 + 0.14 * i);
  await expect.poll(points).toContain("10 points");
  await visit.trainToEnd();
  expect((await visit.losses()).at(-1)?.train).toBeLessThan(0.1);
  await visit.everyTab();
  await page.reload();
  await expect.poll(points).toContain("10 points");
});

test("a CSV file of one's own is read, dropped or chosen, and learned with Chromium's losses", async ({
  visit,
  inChromium,
}, info) => {
  const file = (name: string, towns: readonly string[]) => {
    const rows = Array.from({ length: 60 }, (_, i) => {
      const group = i % 2;
      const x = group * 2 + ((i * 37) % 100) / 80;
      return `${x},${towns[i % 3]},${group ? "yes" : "no"}`;
    });
    writeFileSync(info.outputPath(name), `x,town,buys\n${rows.join("\n")}\n`);
    return info.outputPath(name);
  };
  const chosen = file("chosen.csv", ["Bonn", "Köln", "Ulm"]);
  const table = async (visit: Visit) => {
    await visit.goto("v=1;data=ownTable;wrong=0;hidden=16;opt=adam;rate=1e-2;epochs=20");
    await visit.page.upload({ label: "CSV file" }, [chosen]);
    await visit.address(/file=/);
    await visit.ready();
    await visit.trainToEnd();
    return visit.losses();
  };
  const losses = await table(visit);
  await visit.everyTab();
  expectSame(losses, await inChromium(table));
  await visit.page.click({ role: "tab", name: "table" });
  await visit.page.drop({ css: "main" }, [file("dropped.csv", ["Hamm", "Jena", "Kiel"])]);
  await expect
    .poll(() => visit.page.text({ testId: "table-preview" }))
    .toContain("Hamm, Jena, Kiel");
});

interface Losses {
  readonly step: number;
  readonly train: number;
  readonly validation: number;
}

/** Engines without fused multiply-add round otherwise, which training magnifies from some hundred steps on. */
const steps = 500;

/** The same at every step that both have recorded, to 1e-4 + 1e-4·|reference|. */
function expectSame(losses: readonly Losses[], reference: readonly Losses[]): void {
  const known = new Map(reference.map((row) => [row.step, row]));
  const both = losses.filter(({ step }) => step <= steps && known.has(step));
  expect(both.length).toBeGreaterThan(1);
  expect(losses.at(-1)?.step).toBe(reference.at(-1)?.step);
  for (const { step, train, validation } of both) {
    const { train: t, validation: v } = known.get(step) as Losses;
    expect(Math.abs(train - t), `train loss of step ${step}`).toBeLessThan(1e-4 + 1e-4 * t);
    expect(Math.abs(validation - v), `validation loss of step ${step}`).toBeLessThan(
      1e-4 + 1e-4 * v,
    );
  }
}
