// Views of the Predictions panel: confusion, calibration, filters, feature maps, and dropout on the network picture.
import { expect, type Page, test } from "@playwright/test";
import { expectAccessible, expectOneScreen } from "./checks";
import { Playground } from "./playground";

const cnn =
  "v=1;data=strokeDigits;train=100;wrong=0;scaling=unit;family=cnn;blocks=4-8;hidden=16;norm=batch;opt=adam;rate=3e-3;batch=20;epochs=4;dropmap=0.5";

const tab = (page: Page, name: string) => page.getByRole("tab", { name, exact: true });

test("the confusion matrix counts every validation example, and says each cell", async ({
  page,
}) => {
  const playground = new Playground(page);
  await playground.open("v=1;epochs=40");
  await playground.trainToEnd();
  await tab(page, "confusion").click();
  const cells = page.getByTestId("confusion").getByRole("button");
  await expect(cells).toHaveCount(4);
  const counts = (await cells.allInnerTexts()).map((text) => Number(text.replace("·", "0")));
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(500);
  const accuracy = ((counts[0] as number) + (counts[3] as number)) / 500;
  expect((await playground.column("validation_accuracy")).at(-1)).toBeCloseTo(accuracy, 3);
  await cells.nth(1).hover();
  await expect(page.getByTestId("confusion-words")).toContainText(
    `${counts[1]} of 250 “upper moon” taken for “lower moon”`,
  );
  await cells.first().focus();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByTestId("confusion-words")).toContainText("taken for “upper moon”");
  playground.expectNoErrors();
});

test("an overfitted network is surer than right, and the diagram says by how much", async ({
  page,
}) => {
  const playground = new Playground(page);
  await playground.open("v=1;epochs=100");
  await playground.trainToEnd();
  await tab(page, "calibration").click();
  const verdict = page.getByTestId("calibration-verdict");
  await expect(verdict).toContainText(/Overconfident by \d+ points?/);
  await expect(page.getByTestId("calibration-figures")).toContainText(/ECE\s*\d+\.\d %/);
  await page.getByTestId("calibration").getByText("Table").click();
  const rows = page.getByTestId("calibration").locator("tbody tr");
  await expect(rows).toHaveCount(15);
  const held = await rows.locator("td:nth-of-type(1)").allInnerTexts();
  expect(held.reduce((sum, text) => sum + Number(text), 0)).toBe(500);
  playground.expectNoErrors();
});

test("a regression has neither tab", async ({ page }) => {
  const playground = new Playground(page);
  await playground.open("v=1;data=curve;train=20;wrong=0;scaling=symmetric;epochs=2");
  await expect(page.getByTestId("fitted-curve")).toBeVisible();
  await expect(page.getByRole("tab", { name: /confusion|calibration/ })).toHaveCount(0);
});

test("feature maps of a chosen picture; dropped maps follow the rate", async ({ page }) => {
  const playground = new Playground(page);
  await playground.open(cnn);
  await playground.trainToEnd();
  await tab(page, "maps").click();
  const maps = page.getByTestId("maps");
  await expect(maps.getByText("4 maps of 14×14")).toBeVisible();
  await expect(maps.getByText("8 maps of 7×7")).toBeVisible();
  const dropped = page.getByTestId("dropped-block 2");
  await expect(dropped).toHaveText(/dropped: \d of 8/);
  const crossed = async () =>
    (await maps.locator("li[data-crossed=true]").count()) > 0 ? "some" : "none";
  await expect.poll(crossed).toBe("some");
  const drawing = () =>
    maps
      .locator("li canvas")
      .nth(1)
      .evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());
  const first = await drawing();
  await maps.getByRole("radio", { checked: true }).focus();
  await page.keyboard.press("ArrowRight");
  await expect(maps.getByRole("radio").nth(1)).toBeChecked();
  await expect.poll(drawing).not.toBe(first);
  await playground.set("regularization.dropoutSpatial", "0");
  await expect(dropped).toHaveCount(0);
  expect(await crossed()).toBe("none");
  playground.expectNoErrors();
});

test("filters of every block, and those that group L1 switches off", async ({ page }) => {
  const playground = new Playground(page);
  await playground.open(`${cnn.replace("epochs=4", "epochs=8")};group=20`);
  await playground.trainToEnd();
  await tab(page, "filters").click();
  const filters = page.getByTestId("filters");
  await expect(filters.locator("li")).toHaveCount(4);
  await filters.getByRole("button", { name: "block 2" }).click();
  await expect(filters.locator("li")).toHaveCount(8);
  await expect(page.getByTestId("filters-off")).toContainText(/off: \d of 8 filters/);
  const off = await filters.locator("li[data-crossed=true]").count();
  await expect(page.getByTestId("filters-off")).toContainText(`off: ${off} of 8`);
  playground.expectNoErrors();
});

test("an MLP shows what its units look for, page by page", async ({ page }) => {
  const playground = new Playground(page);
  await playground.open(
    "v=1;data=strokeDigits;train=100;wrong=0;hidden=80;scaling=unit;batch=32;epochs=2;drop=0.5;dropin=0.2",
  );
  await playground.trainToEnd();
  await tab(page, "filters").click();
  const tiles = page.getByTestId("filters").locator("li");
  await expect(tiles).toHaveCount(64);
  await page.getByRole("button", { name: "next units" }).click();
  await expect(tiles).toHaveCount(16);
  await expect(tiles.first()).toContainText("65");
  await tab(page, "maps").click();
  await expect(page.getByTestId("dropped-hidden 1")).toHaveText(/dropped: \d\d of 80/);
  await expect(page.getByTestId("dropped-input")).toHaveText(/dropped: 1\d\d of 784/);
  playground.expectNoErrors();
});

test("the network picture crosses out what the next step drops, and says so", async ({ page }) => {
  const playground = new Playground(page);
  await playground.open("v=1;epochs=10;drop=0.3");
  await tab(page, "neurons").click();
  const words = page.getByTestId("network-dropped");
  await expect(words).toHaveText("crossed out: dropped in the next step, p = 0.3");
  const units = page.getByRole("button", { name: /layer \d, unit \d+, dropped in the next step/ });
  await expect.poll(() => units.count()).toBeGreaterThan(2);
  await playground.set("regularization.dropoutHidden", "0");
  await playground.trainToEnd();
  await expect(words).toHaveCount(0);
  await expect(units).toHaveCount(0);
  playground.expectNoErrors();
});

test("the class grid shows pictures of every class with their count, wrong labels framed", async ({
  page,
}) => {
  const playground = new Playground(page);
  await playground.open("v=1;data=strokeDigits;train=100;wrong=0.2;epochs=2");
  await tab(page, "classes").click();
  const rows = page.getByTestId("classes").locator("> li");
  await expect(rows).toHaveCount(10);
  const counts = (await rows.locator("p").allInnerTexts()).map((text) =>
    Number(text.split(" ")[1]),
  );
  expect(counts.reduce((sum, held) => sum + held, 0)).toBe(100);
  await expect(page.getByTestId("classes").getByTitle("which is wrong").first()).toBeAttached();
  await playground.run(
    "v=1;data=shapes;train=50;wrong=0;family=cnn;blocks=4;hidden=8;batch=25;epochs=1",
  );
  await expect(rows.first()).toContainText("5");
  await expect(page.getByTestId("classes").getByTitle("which is wrong")).toHaveCount(0);
  playground.expectNoErrors();
});

for (const [width, height, scheme] of [
  [1440, 900, "light"],
  [1280, 720, "dark"],
  [390, 844, "light"],
] as const) {
  test(`ten tabs at ${width}×${height}: each in reach, nothing wider than the screen, accessible (${scheme})`, async ({
    page,
  }) => {
    await page.emulateMedia({ colorScheme: scheme });
    await page.setViewportSize({ width, height });
    const playground = new Playground(page);
    await playground.open(cnn.replace("wrong=0", "wrong=0.2"));
    await playground.trainToEnd();
    await expect(
      page.getByRole("tab", {
        name: /^(samples|classes|mistakes|mislabelled|draw|maps|filters|confusion|calibration|drift)$/,
      }),
    ).toHaveCount(10);
    for (const name of ["classes", "maps", "filters", "confusion", "calibration"]) {
      await tab(page, name).click();
      await expect(tab(page, name)).toBeInViewport({ ratio: 0.9 });
      await expect(page.getByTestId(name).locator("canvas, table, svg").first()).toBeVisible();
      await expectAccessible(page, name);
      await expectOneScreen(page, name);
    }
    await tab(page, "calibration").press("ArrowRight");
    await tab(page, "drift").press("ArrowRight");
    await expect(tab(page, "samples")).toBeFocused();
    await expect(tab(page, "samples")).toBeInViewport({ ratio: 0.9 });
    playground.expectNoErrors();
  });
}
