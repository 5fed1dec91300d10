// Pictures: stroke digits with gallery and pad, and Fashion-MNIST from its files.
import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, test } from "@playwright/test";
import { Playground } from "./playground";

const fashion = join(import.meta.dirname, "../../shared/data/fashion-mnist");
const files = [
  "train-images-idx3-ubyte.gz",
  "train-labels-idx1-ubyte.gz",
  "t10k-images-idx3-ubyte.gz",
  "t10k-labels-idx1-ubyte.gz",
].map((name) => join(fashion, name));

test("stroke digits train; mistakes show, and a drawn digit is judged", async ({ page }) => {
  const playground = new Playground(page);
  await playground.open(
    "v=1;data=strokeDigits;train=300;wrong=0;hidden=64;scaling=unit;opt=adam;rate=3e-3;batch=32;epochs=15",
  );
  await playground.trainToEnd();
  await expect(page.getByTestId("gallery").locator("li").first()).toBeVisible();
  await page.getByRole("tab", { name: /mistakes/ }).click();
  await expect(page.getByTestId("gallery").locator("li").first()).toBeVisible();
  await page.getByRole("tab", { name: /draw/ }).click();
  const pad = await page.getByTestId("pad").boundingBox();
  if (!pad) throw new Error("The pad is not on the page.");
  // A straight vertical stroke: a one.
  await page.mouse.move(pad.x + pad.width * 0.52, pad.y + pad.height * 0.15);
  await page.mouse.down();
  await page.mouse.move(pad.x + pad.width * 0.5, pad.y + pad.height * 0.85, { steps: 12 });
  await page.mouse.up();
  await expect(page.getByTestId("pad-bars")).toContainText(/1/);
  await expect
    .poll(async () => (await page.getByTestId("pad-bars").innerText()).match(/\d/g)?.length ?? 0)
    .toBeGreaterThan(10);
  playground.expectNoErrors();
});

test("the pictures come back after a reset", async ({ page }) => {
  const playground = new Playground(page);
  await playground.open(
    "v=1;data=strokeDigits;train=300;wrong=0;hidden=64;scaling=unit;batch=32;epochs=3",
  );
  await playground.trainToEnd();
  const pictures = page.getByTestId("gallery").locator("li");
  await expect(pictures.first()).toBeVisible();
  await page.getByRole("button", { name: "Reset to the same start" }).click();
  await expect(playground.epoch).toHaveText("0");
  await page.waitForTimeout(1000);
  await expect(pictures.first()).toBeVisible();
  playground.expectNoErrors();
});

test("a cell of the confusion matrix opens its pictures, and a class all of its own", async ({
  page,
}) => {
  const playground = new Playground(page);
  await playground.open(
    "v=1;data=strokeDigits;train=100;valid=100;wrong=0;hidden=16;scaling=unit;batch=32;epochs=3",
  );
  await playground.trainToEnd();
  await page.getByRole("tab", { name: "confusion" }).click();
  const cell = page.getByTestId("confusion").locator("tbody button[data-roving]", {
    hasText: /^[1-9]/,
  });
  const count = Number(await cell.first().innerText());
  await cell.first().click();
  const found = page.getByTestId("found");
  await expect(found).toContainText(`: ${count} pictures at epoch 3.0`);
  await expect(found.locator("li")).toHaveCount(count);
  await page.getByRole("button", { name: "Back to the matrix" }).click();
  await page.getByTestId("class-figures").getByRole("button", { name: "7" }).click();
  await expect(found.locator("li")).toHaveCount(10);
  playground.expectNoErrors();
});

test("Fashion-MNIST without files says which and where, and what would do instead", async ({
  page,
}) => {
  const playground = new Playground(page);
  await playground.withoutNetwork();
  await page.goto(
    "./#v=1;data=fashionMnist;train=500;wrong=0;scaling=unit;hidden=32;batch=64;epochs=2",
  );
  await expect(page.getByText(/train-images-idx3-ubyte/).first()).toBeVisible();
  const damaged = (name: string, bytes: number[]) => ({
    name,
    mimeType: "application/octet-stream",
    buffer: Buffer.from(bytes),
  });
  const labels = [0, 0, 8, 1, 0, 0, 0, 1, 3];
  await page
    .getByLabel("Fashion-MNIST files")
    .setInputFiles([
      damaged("train-labels-idx1-ubyte", labels),
      damaged("t10k-labels-idx1-ubyte", labels),
      damaged("train-images-idx3-ubyte", [0, 0, 8, 9, 0, 0, 0, 1]),
      damaged("t10k-images-idx3-ubyte", [0, 0, 8, 3, 0, 0, 0, 1]),
    ]);
  await expect(page.getByRole("alert").first()).toContainText(/images-idx3-ubyte.*byte \d+/i);
  // Whoever has neither files nor a network goes on with generated pictures, on the same network.
  await page.getByRole("button", { name: "Use Stroke digits instead" }).click();
  await playground.ready();
  await expect(page).toHaveURL(/data=strokeDigits.*hidden=32/);
  await playground.trainToEnd();
  playground.expectNoErrors();
});

test.describe("the real Fashion-MNIST", () => {
  test.beforeEach(({ page: _ }, information) => {
    const there = files.every((file) => existsSync(file));
    information.skip(!there, "The Fashion-MNIST files are not beside this checkout.");
  });
  const link =
    "v=1;data=fashionMnist;train=2000;wrong=0;scaling=unit;hidden=64;init=pytorch;opt=adam;rate=1e-3;batch=64;epochs=4";

  async function trainsWell(playground: Playground): Promise<void> {
    await playground.trainToEnd();
    const accuracy = (await playground.column("validation_accuracy")).at(-1) as number;
    expect(accuracy).toBeGreaterThan(0.7);
    await expect(playground.page.getByTestId("gallery")).toContainText(
      /Sneaker|Trouser|Bag|Coat|Dress|Shirt|Sandal|Pullover|boot|T-shirt/,
    );
    playground.expectNoErrors();
  }

  test("trains from dropped files", async ({ page }) => {
    const playground = new Playground(page);
    await playground.withoutNetwork();
    await page.addInitScript(() =>
      localStorage.setItem("regularization-playground.backend", "wasm"),
    );
    await page.goto(`./#${link}`);
    await page.getByLabel("Fashion-MNIST files").setInputFiles(files);
    await playground.ready();
    await trainsWell(playground);
  });

  test("trains from the site's folder", async ({ page }) => {
    const playground = new Playground(page);
    await playground.withoutNetwork();
    await page.route("**/datasets/fashion-mnist/*", (route) => {
      const name = new URL(route.request().url()).pathname.split("/").at(-1) as string;
      const file = files.find((held) => basename(held) === name);
      if (!file) return route.fulfill({ status: 404, body: "not here" });
      return route.fulfill({ body: readFileSync(file) });
    });
    await playground.open(link);
    await trainsWell(playground);
  });
});
