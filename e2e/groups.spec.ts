// Accuracy per group: wrong labels learned by heart, rare classes that pay, a table's column with its verdict.
import { expect, type Page, test } from "@playwright/test";
import { expectAccessible, expectOneScreen, expectWithin } from "./checks";
import { Playground } from "./playground";

/** Numbers by what the columns say: in the north they say it the other way round. */
function towns(): Buffer {
  const rows = Array.from({ length: 300 }, (_, i) => {
    const x = ((i * 37) % 100) / 100;
    const town = ["Ulm", "Bonn", "Köln", "Kiel"][(i * 7) % 4] as string;
    const above = x > 0.5;
    const word = (town === "Kiel" ? (i * 13) % 10 < 5 : above) ? "yes" : "no";
    return `${x},${(i * 11) % 3},${town},${word}`;
  });
  return Buffer.from(`x,floor,town,buys\n${rows.join("\n")}\n`);
}

const chooser = (page: Page) => page.getByLabel("Accuracy by");
const verdict = (page: Page) => page.getByTestId("groups-verdict");

test("wrong labels: seen through at first, learned by heart in the end", async ({ page }) => {
  const backend = test.info().project.name;
  const playground = new Playground(page);
  await playground.open(
    "v=1;data=clusters;classes=4;noise=0.1;train=40;valid=200;wrong=0.25;hidden=64-64;opt=adam;rate=1e-2;batch=20;epochs=300",
    backend,
  );
  await playground.tab("confusion").click();
  await chooser(page).selectOption("right and wrong labels");
  await expect(verdict(page)).toContainText(/of 10 wrong labels/);
  await playground.trainToEnd();
  await expect(verdict(page)).toContainText(/^Learned by heart: it gives back (9|10) of 10/);
  const shares = await playground.cells("group-figures", 1);
  expect(shares[0]).toBeGreaterThan(95);
  expect((shares[1] as number) + (shares[2] as number)).toBeLessThanOrEqual(100);
  expect(await playground.cells("group-figures", 0)).toEqual([30, 10, 10]);
  expect((await playground.column("train_accuracy")).at(-1)).toBeCloseTo(
    (30 * (shares[0] as number) + 10 * (shares[1] as number)) / 4000,
    2,
  );
  await page.screenshot({ path: test.info().outputPath("labels.png") });
  await page.setViewportSize({ width: 1280, height: 720 });
  await expectWithin(page.getByTestId("group-figures"), page.getByTestId("groups"));
  await chooser(page).selectOption("class");
  await expect(page.getByTestId("class-figures")).toBeVisible();
  playground.expectNoErrors();
});

test("rare classes pay; without anything to compare there is no choice", async ({ page }) => {
  const backend = test.info().project.name;
  const playground = new Playground(page);
  const digits =
    "v=1;data=strokeDigits;train=200;valid=400;noise=0.5;wrong=0;hidden=32;scaling=unit;opt=adam;rate=3e-3;batch=32;epochs=6";
  await playground.open(`${digits};imbalance=0.95`, backend);
  await playground.tab("confusion").click();
  await chooser(page).selectOption("frequent and rare classes");
  await playground.trainToEnd();
  await expect(verdict(page)).toContainText(/“rare: .*” fares worse: .* against .* of the rest/);
  const [frequent, between, rare] = await playground.cells("group-figures", 1);
  expect(frequent).toBeGreaterThan((rare as number) + 10);
  const counts = await playground.cells("group-figures", 0);
  expect(counts.reduce((sum, held) => sum + held, 0)).toBe(400);
  const whole = [frequent, between, rare].reduce<number>(
    (sum, share, at) => sum + ((share as number) * (counts[at] as number)) / 400,
    0,
  );
  expect((await playground.column("validation_accuracy")).at(-1)).toBeCloseTo(whole / 100, 2);
  await expect(page.getByTestId("groups-words")).toContainText(
    /Training has \d+ to \d+ examples of each frequent class/,
  );
  await page.screenshot({ path: test.info().outputPath("frequency.png") });
  await playground.run(digits);
  await expect(page.getByTestId("class-figures")).toBeVisible();
  await expect(chooser(page)).toHaveCount(0);
  playground.expectNoErrors();
});

for (const [width, height, scheme] of [
  [1440, 900, "light"],
  [1280, 720, "dark"],
  [390, 844, "light"],
] as const) {
  test(`a table's column, at ${width}×${height} and accessible (${scheme})`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: scheme });
    await page.setViewportSize({ width, height });
    const playground = new Playground(page);
    await page.addInitScript(() => {
      localStorage.setItem("regularization-playground.backend", "wasm");
      localStorage.setItem("regularization-playground.speed", "full");
    });
    await page.goto("./#v=1;data=ownTable;wrong=0;hidden=16;opt=adam;rate=1e-2;epochs=20");
    const file = { name: "towns.csv", mimeType: "text/csv", buffer: towns() };
    await page.getByLabel("CSV file").setInputFiles(file);
    await playground.ready();
    await playground.trainToEnd();
    await playground.tab("confusion").click();
    await expect(chooser(page).getByRole("option")).toHaveText([
      "class",
      "column floor",
      "column town",
    ]);
    await chooser(page).selectOption("column town");
    await expect(verdict(page)).toContainText(/^“Kiel” fares worse: .*chance alone would hardly/);
    await chooser(page).selectOption("column floor");
    await expect(verdict(page)).toContainText(/^No group stands out: .* may well be chance/);
    await expect(page.getByTestId("group-figures").locator("tbody tr")).toHaveCount(3);
    await chooser(page).selectOption("column town");
    await expectAccessible(page);
    await expectOneScreen(page);
    await expectWithin(page.getByTestId("group-figures"), page.getByTestId("groups"));
    await page.screenshot({ path: test.info().outputPath("town.png") });
    playground.expectNoErrors();
  });
}
