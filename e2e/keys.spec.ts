// Keys and drops that reach the whole page: space trains wherever it has nothing else to do, files land wherever they fall.
import { expect, test } from "@playwright/test";
import { Playground } from "./playground";

test("space trains after a data set was picked with the mouse", async ({ page }) => {
  const playground = new Playground(page);
  await playground.open("v=1;epochs=2000");
  await page.locator('label[title^="Circle"]').click();
  await expect(page).toHaveURL(/data=circle/i);
  await playground.ready();
  await page.keyboard.press("Space");
  await expect(playground.train).toHaveText(/Pause/);
  await page.keyboard.press("Space");
  await expect(playground.train).toHaveText(/Train/);
  playground.expectNoErrors();
});

test("space presses the button that the keyboard reached, and only that", async ({ page }) => {
  const playground = new Playground(page);
  await playground.open("v=1;epochs=2000");
  const dice = page.getByRole("button", { name: "Draw another seed" });
  await dice.focus();
  await page.keyboard.press("Space");
  await expect(page).toHaveURL(/seed=/);
  await page.waitForTimeout(800);
  await expect(playground.epoch).toHaveText("0");
  await expect(playground.train).toHaveText(/Train/);
  playground.expectNoErrors();
});

test("space trains after a click on a button of the run bar, which it does not press again", async ({
  page,
}) => {
  const playground = new Playground(page);
  await playground.open("v=1;epochs=2000");
  await page.getByRole("button", { name: "Draw another seed" }).click();
  await expect(page).toHaveURL(/seed=/);
  const address = page.url();
  await page.keyboard.press("Space");
  await expect(playground.train).toHaveText(/Pause/);
  await page.waitForTimeout(600);
  expect(page.url()).toBe(address);
  await playground.train.focus();
  await page.keyboard.press("Space");
  await expect(playground.train).toHaveText(/Train/);
  await page.waitForTimeout(300);
  await expect(playground.train).toHaveText(/Train/);
  playground.expectNoErrors();
});

for (const [data, words] of [
  ["fashionMnist", "Drop the Fashion-MNIST files anywhere."],
  ["moons", "This data set reads no files."],
] as const) {
  test(`files over the page with ${data} are hinted at and never opened`, async ({ page }) => {
    await new Playground(page).withoutNetwork();
    await page.goto(`./#v=1;data=${data};epochs=2`);
    await expect(page.getByTestId("train")).toBeVisible();
    await page.waitForTimeout(1000);
    const dragged = await page.evaluateHandle(() => {
      const transfer = new DataTransfer();
      transfer.items.add(new File(["x"], "train-images-idx3-ubyte"));
      return transfer;
    });
    const address = page.url();
    const curves = page.getByRole("region", { name: "Curves" });
    await curves.dispatchEvent("dragover", { dataTransfer: dragged });
    await expect(page.getByTestId("drop-hint")).toContainText(words);
    await curves.dispatchEvent("drop", { dataTransfer: dragged });
    await expect(page.getByTestId("drop-hint")).toHaveCount(0);
    if (data === "fashionMnist") {
      await expect(page.getByRole("alert").first()).toContainText("Looked in: the dropped files");
    }
    expect(page.url()).toBe(address);
  });
}
