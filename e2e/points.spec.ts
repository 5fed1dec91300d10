// A learner's own points: clicked, taken back, learned from, kept by the browser, passed on as a file, asked for by a link.
import { readFileSync } from "node:fs";
import { expect, type Page, test } from "@playwright/test";
import { Playground } from "./playground";

const link = "v=1;data=ownPoints;classes=2;hidden=16;opt=adam;rate=2e-2;epochs=30";

/** Clicks at shares of the plane's width and height. */
async function click(page: Page, across: number, down: number): Promise<void> {
  const plane = page.getByTestId("points-plane");
  const box = await plane.boundingBox();
  if (!box) throw new Error("no plane");
  await plane.click({ position: { x: across * box.width, y: down * box.height } });
}

const state = (page: Page) => page.getByTestId("points-message");

test("points are clicked, taken back, learned from, kept and passed on", async ({ page }) => {
  const playground = new Playground(page);
  await page.addInitScript(() => localStorage.setItem("regularization-playground.backend", "wasm"));
  await page.goto(`./#${link}`);
  await expect(state(page)).toContainText("No points yet");
  for (let i = 0; i < 9; i++) await click(page, 0.1 + 0.03 * i, 0.15 + 0.08 * i);
  await expect(state(page)).toContainText("So far 9 of A");
  await page.getByLabel("Class B").check();
  for (let i = 0; i < 9; i++) await click(page, 0.6 + 0.03 * i, 0.15 + 0.08 * i);
  await expect(state(page)).toContainText("18 points");
  await click(page, 0.6, 0.15);
  await expect(state(page)).toContainText("17 points");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(state(page)).toContainText("18 points");
  await page.getByRole("button", { name: "Clear" }).click();
  await expect(state(page)).toContainText("No points yet");
  await page.getByRole("button", { name: "Undo" }).click();

  await page.getByTestId("points-plane").focus();
  await page.keyboard.press("Shift+ArrowUp");
  await page.keyboard.press("1");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Enter");
  await expect(state(page)).toContainText("19 points");
  await page.keyboard.press("Control+z");
  await expect(state(page)).toContainText("18 points");

  await expect(page).toHaveURL(/points=[\d.e]+/);
  await playground.ready();
  await playground.trainToEnd();
  expect((await playground.column("validation_accuracy")).at(-1)).toBe(1);
  // Left is A, right is B: the map says so in its own pixels.
  const sides = await page
    .getByTestId("boundary")
    .locator("canvas")
    .evaluate((canvas: HTMLCanvasElement) => {
      const { width, height } = canvas;
      const context = canvas.getContext("2d") as CanvasRenderingContext2D;
      return [0.05, 0.95].map((share) => [
        ...context.getImageData(share * width, height / 2, 1, 1).data.slice(0, 3),
      ]);
    });
  const [[leftRed, , leftBlue], [rightRed, , rightBlue]] = sides as [number[], number[]];
  expect((leftRed as number) - (leftBlue as number)).toBeGreaterThan(20);
  expect((rightBlue as number) - (rightRed as number)).toBeGreaterThan(20);

  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save" }).click();
  const csv = readFileSync(await (await saved).path());
  expect(csv.toString().split("\n")).toHaveLength(20);

  const address = page.url();
  await page.reload();
  await expect(state(page)).toContainText("18 points");
  await playground.ready();
  await playground.trainToEnd();
  expect(page.url()).toBe(address);

  // Somebody else opens the link: nothing but the check sum came with it.
  await page.evaluate(() => localStorage.removeItem("regularization-playground.points"));
  await page.reload();
  await expect(page.getByRole("alert").first()).toContainText(/points with check sum \d+/);
  const file = { name: "points.csv", mimeType: "text/csv" };
  await page
    .getByLabel("CSV file of points")
    .setInputFiles({ ...file, buffer: Buffer.from("x,y,class\n9,0,A\n") });
  await expect(page.getByRole("alert").first()).toContainText(
    "points.csv, line 2: expected a number from −1.5 to 1.5 in column x, found 9.",
  );
  await page.getByLabel("CSV file of points").setInputFiles({ ...file, buffer: csv });
  await expect(state(page)).toContainText("18 points");
  await playground.trainToEnd();
  expect(page.url()).toBe(address);
  playground.expectNoErrors();
});
