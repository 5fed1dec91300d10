// Real pictures from every source: the public address (played by the test), the browser's cache, the site's folder, dropped files.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, type Page, type Route, test } from "@playwright/test";
import { oneHot, pngFile } from "../src/data/readers/testing";
import { concatenate, gzip, idxFile } from "../src/data/testing";
import { Playground } from "./playground";

const shared = join(import.meta.dirname, "../../shared/data");
const cifarFiles = ["train_balanced_10000.bin", "heldout_balanced_2000.bin"].map((name) =>
  join(shared, "cifar10", name),
);
const settings = "train=200;valid=20;test=10;wrong=0;scaling=unit;hidden=16;batch=32;epochs=2";

/** Pictures of ten kinds: a bright bar in one of ten places. */
const count = 300;
const labels = Array.from({ length: count }, (_, i) => i % 10);
const pixels = new Uint8Array(count * 784);
labels.forEach((label, i) => {
  for (let row = 4; row < 24; row++) pixels[i * 784 + row * 28 + 4 + 2 * label] = 200 + (i % 50);
});
const published: Readonly<Record<string, Uint8Array>> = {
  "mnist_images.png": pngFile(pixels, 784, 1),
  mnist_labels_uint8: oneHot(labels),
};

/** Answers for the public address. @returns names asked for, in order */
async function publish(page: Page, answer: (route: Route, name: string) => Promise<void>) {
  const asked: string[] = [];
  await page.route("https://storage.googleapis.com/**", (route) => {
    const name = new URL(route.request().url()).pathname.split("/").at(-1) as string;
    asked.push(name);
    return answer(route, name);
  });
  return asked;
}

async function give(route: Route, name: string): Promise<void> {
  const body = published[name];
  if (!body) return route.fulfill({ status: 404, body: "no such object" });
  await route.fulfill({
    body: Buffer.from(body),
    headers: {
      "access-control-allow-origin": "*",
      "content-type": "application/octet-stream",
      "content-length": `${body.length}`,
      "last-modified": "Mon, 01 Jan 2018 00:00:00 GMT",
    },
  });
}

test("MNIST comes from the public address once, and from the browser's cache from then on", async ({
  page,
}) => {
  const playground = new Playground(page);
  const asked = await publish(page, give);
  await playground.open(`v=1;data=mnist;${settings}`);
  expect(asked).toEqual(["mnist_labels_uint8", "mnist_images.png"]);
  await playground.trainToEnd();
  await expect(page.getByTestId("gallery").locator("li").first()).toBeVisible();
  await page.getByRole("button", { name: "Reset to the same start" }).click();
  await page.reload();
  await playground.ready();
  await playground.trainToEnd();
  expect(asked).toHaveLength(2);
  playground.expectNoErrors();
});

test("a blocked network is explained, with the ways that are left; files that follow are taken", async ({
  page,
}) => {
  const playground = new Playground(page);
  await publish(page, (route) => route.abort("blockedbyclient"));
  await page.goto(`./#v=1;data=mnist;${settings}`);
  const alert = page.getByRole("alert").first();
  await expect(alert).toContainText(/storage\.googleapis\.com does not answer .* blocked/);
  await expect(alert).toContainText(/Drop them on the page.*datasets\/mnist/);
  await page.getByLabel("MNIST files").setInputFiles(
    Object.entries(published).map(([name, bytes]) => ({
      name,
      mimeType: "application/octet-stream",
      buffer: Buffer.from(bytes),
    })),
  );
  await playground.ready();
  await playground.trainToEnd();
});

test("reading can be cancelled, and tried again", async ({ page }) => {
  const playground = new Playground(page);
  let hold = true;
  await publish(page, async (route, name) => {
    while (hold && name.endsWith("png")) await new Promise((go) => setTimeout(go, 100));
    await give(route, name).catch(() => undefined);
  });
  await page.goto(`./#v=1;data=mnist;${settings}`);
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByRole("alert").first()).toContainText("Reading was cancelled");
  hold = false;
  await page.getByRole("button", { name: "Try again" }).click();
  await playground.ready();
  playground.expectNoErrors();
});

test("damaged files are refused one after the other, and the page lives on", async ({ page }) => {
  test.slow();
  const playground = new Playground(page);
  await playground.withoutNetwork();
  await page.goto(`./#v=1;data=mnist;${settings}`);
  const sprite = published["mnist_images.png"] as Uint8Array;
  const hot = published.mnist_labels_uint8 as Uint8Array;
  const idx = (labels: Uint8Array) => ({
    "train-labels-idx1-ubyte": labels,
    "t10k-labels-idx1-ubyte": idxFile([1], Uint8Array.of(0)),
    "train-images-idx3-ubyte": idxFile([60_000, 28, 28], new Uint8Array(9)),
    "t10k-images-idx3-ubyte": idxFile([1, 28, 28], new Uint8Array(784)),
  });
  const damaged: readonly (readonly [Readonly<Record<string, Uint8Array>>, RegExp])[] = [
    [idx(idxFile([2 ** 31], new Uint8Array(9))), /1 to 60000 labels, found 2147483648/],
    [idx(idxFile([2], Uint8Array.of(3, 10))), /byte 9: expected labels from 0 to 9, found 10/],
    [idx(idxFile([60_000], new Uint8Array(60_000))), /too short for them/],
    [
      idx(gzip(concatenate(idxFile([9], new Uint8Array(9)), new Uint8Array(5e7)))),
      /byte 17 of the unpacked/,
    ],
    [
      { "mnist_images.png": sprite.slice(0, 900), mnist_labels_uint8: hot },
      /mnist_images\.png, byte \d+/,
    ],
    [
      { "mnist_images.png": sprite, mnist_labels_uint8: hot.slice(0, 2995) },
      /10 bytes for label 299/,
    ],
    [
      { "mnist_images.png": sprite, mnist_labels_uint8: hot.slice(0, 2990) },
      /a height .* of 299, found 300/,
    ],
  ];
  const drop = (files: Readonly<Record<string, Uint8Array>>) =>
    page.getByLabel("MNIST files").setInputFiles(
      Object.entries(files).map(([name, bytes]) => ({
        name,
        mimeType: "application/octet-stream",
        buffer: Buffer.from(bytes),
      })),
    );
  for (const [files, message] of damaged) {
    await drop(files);
    await expect(page.getByRole("alert").first()).toContainText(message);
  }
  await drop(published);
  await playground.ready();
  await playground.trainToEnd();
  playground.expectNoErrors();
});

test.describe("the real CIFAR-10 records", () => {
  test.beforeEach(({ page: _ }, information) => {
    const there = cifarFiles.every((file) => existsSync(file));
    information.skip(!there, "The CIFAR-10 records are not beside this checkout.");
  });
  const link = `v=1;data=cifar10;train=300;valid=100;test=100;wrong=0;family=cnn;blocks=4-8;hidden=none;opt=adam;rate=3e-3;batch=32;epochs=2`;

  test("train from dropped files", async ({ page }) => {
    const playground = new Playground(page);
    await publish(page, (route) => route.abort());
    await page.addInitScript(() =>
      localStorage.setItem("regularization-playground.backend", "wasm"),
    );
    await page.goto(`./#${link}`);
    await page.getByLabel("CIFAR-10 files").setInputFiles(cifarFiles);
    await playground.ready();
    await playground.trainToEnd();
    await expect(page.getByTestId("gallery")).toContainText(
      /airplane|automobile|bird|cat|deer|dog|frog|horse|ship|truck/,
    );
    playground.expectNoErrors();
  });

  test("train from the site's folder", async ({ page }) => {
    const playground = new Playground(page);
    await publish(page, (route) => route.abort());
    const official = ["data_batch_1.bin", "test_batch.bin"];
    await page.route("**/datasets/cifar10/*", (route) => {
      const name = new URL(route.request().url()).pathname.split("/").at(-1) as string;
      const at = official.indexOf(name);
      if (at < 0) return route.fulfill({ status: 404, body: "not here" });
      return route.fulfill({ body: readFileSync(cifarFiles[at] as string) });
    });
    await playground.open(link);
    await playground.trainToEnd();
    playground.expectNoErrors();
  });
});
