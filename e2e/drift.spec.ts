// Accuracy on corrupted validation pictures: asked for, shown with its pictures and classes, stopped, and gone with a new run.
import { expect, type Page, test } from "@playwright/test";
import { expectAccessible, expectOneScreen, expectWithin } from "./checks";
import { Playground } from "./playground";

const digits =
  "v=1;data=strokeDigits;train=200;valid=200;wrong=0;hidden=32;scaling=unit;opt=adam;rate=3e-3;batch=32;epochs=8";

/** Trains on the digits and opens the tab. */
async function openDrift(page: Page): Promise<Playground> {
  const playground = new Playground(page);
  await playground.open(digits);
  await playground.trainToEnd();
  await playground.tab("drift").click();
  return playground;
}

const askFor = (page: Page) => page.getByRole("button", { name: "Test on corrupted pictures" });

const share = (text: string) => Number.parseFloat(text.replace("−", "-"));

test("the test is asked for, and its figures agree with the curves, the classes and each other", async ({
  page,
}) => {
  const playground = await openDrift(page);
  await expect(page.getByTestId("drift-versions")).toHaveCount(0);
  await askFor(page).click();
  const versions = page.getByTestId("drift-versions").getByRole("button");
  await expect(versions).toHaveCount(12);
  const verdict = await page.getByTestId("drift-verdict").innerText();
  const [, cleanText] =
    /^Epoch 8, 200 validation pictures: ([\d.]+) % right as they are/.exec(verdict) ?? [];
  const clean = Number(cleanText);
  expect((await playground.column("validation_accuracy")).at(-1)).toBeCloseTo(clean / 100, 3);
  const labels = await versions.evaluateAll((all) =>
    all.map((button) => button.getAttribute("aria-label") ?? ""),
  );
  const figures = labels.map((label) => {
    const [, name, right, points] = /^(\w+ \w+): ([\d.]+) % right, (\S+) points$/.exec(label) ?? [];
    expect(share(points ?? "").toFixed(1), label).toBe((Number(right) - clean).toFixed(1));
    return { name, right: Number(right) };
  });
  expect(figures.map(({ name }) => name).slice(0, 4)).toEqual([
    "weak noise",
    "medium noise",
    "strong noise",
    "weak blur",
  ]);
  const lowest = Math.min(...figures.map(({ right }) => right));
  expect(lowest).toBeLessThan(clean - 10);
  expect(verdict).toContain(`${lowest.toFixed(1)} %`);
  // Ten classes of twenty pictures: their mean is the whole.
  for (const at of [2, 8]) {
    await versions.nth(at).click();
    await expect(versions.nth(at)).toHaveAttribute("aria-pressed", "true");
    await expect(page.getByTestId("drift-words")).toContainText(figures[at]?.name as string);
    const classes = await playground.cells("drift-classes", 1);
    expect(classes).toHaveLength(10);
    const mean = classes.reduce((sum, held) => sum + held, 0) / 10;
    expect(mean).toBeCloseTo(figures[at]?.right as number, 1);
  }
  await versions.nth(0).focus();
  await page.keyboard.press("ArrowDown");
  await expect(versions.nth(3)).toBeFocused();
  // Thirteen different pictures.
  const drawn = await page
    .getByTestId("drift-versions")
    .locator("canvas")
    .evaluateAll((all) => all.map((canvas) => (canvas as HTMLCanvasElement).toDataURL()));
  expect(new Set(drawn).size).toBe(13);
  await page.getByRole("button", { name: "Reset" }).click();
  await expect(page.getByTestId("drift-versions")).toHaveCount(0);
  playground.expectNoErrors();
});

test("noise on the inputs in training helps against noise, and the test before shows it", async ({
  page,
}) => {
  const playground = await openDrift(page);
  const noise = page.getByTestId("drift-versions").getByRole("button", { name: /strong noise/ });
  await askFor(page).click();
  await expect(noise).toBeVisible();
  await expect(page.getByTestId("drift-before")).toHaveCount(0);
  await playground.run(`${digits};noisein=0.5`);
  await expect(noise).toHaveCount(0);
  await askFor(page).click();
  const before = page.getByTestId("drift-before");
  await expect(before).toContainText("noise on inputs 0 → 0.5; epoch 8 → 8");
  await before.getByRole("checkbox").check();
  await expect(noise).toHaveAccessibleName(/right, \+\d\d?\.\d points$/);
  playground.expectNoErrors();
});

test("it can be stopped, and training goes on meanwhile", async ({ page }) => {
  const playground = new Playground(page);
  await playground.open(
    digits
      .replace("valid=200", "valid=1000")
      .replace("hidden=32", "hidden=512-512")
      .replace("epochs=8", "epochs=200"),
  );
  await playground.train.click();
  await playground.tab("drift").click();
  await askFor(page).click();
  await page.getByRole("button", { name: "Stop", exact: true }).click();
  await expect(askFor(page)).toBeEnabled();
  await expect(page.getByTestId("drift-versions")).toHaveCount(0);
  const before = Number(await playground.epoch.innerText());
  await expect.poll(async () => Number(await playground.epoch.innerText())).toBeGreaterThan(before);
  playground.expectNoErrors();
});

for (const [width, height, scheme] of [
  [1440, 900, "light"],
  [1280, 720, "dark"],
  [390, 844, "dark"],
] as const) {
  test(`the figures fit ${width}×${height} and are accessible (${scheme})`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: scheme });
    await page.setViewportSize({ width, height });
    await openDrift(page);
    await askFor(page).click();
    const versions = page.getByTestId("drift-versions");
    await expect(versions.getByRole("button")).toHaveCount(12);
    await expectAccessible(page);
    await expectOneScreen(page);
    await expectWithin(versions, page.getByTestId("drift"));
    await page.screenshot({ path: test.info().outputPath("drift.png") });
  });
}
