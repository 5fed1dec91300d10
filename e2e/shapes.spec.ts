// Colour pictures: the Shapes set trains a small CNN, and its pictures are seen in colour.
import { expect, test } from "@playwright/test";
import { Playground } from "./playground";

const link =
  "v=1;data=shapes;train=100;valid=60;noise=0.2;wrong=0;family=cnn;blocks=4-8;head=mean;hidden=none;norm=batch;opt=adam;rate=1e-3;batch=32;epochs=1";

test("Shapes train, and the gallery shows them in colour", async ({ page }) => {
  const playground = new Playground(page);
  await playground.open(link);
  await playground.trainToEnd();
  const pictures = page.getByTestId("gallery").locator("canvas");
  await expect(pictures.first()).toBeVisible();
  await expect(page.getByTestId("gallery")).toContainText(/disc|square|triangle|star|ring/);
  // Share of pixels whose red and green differ; a grey picture has none.
  const coloured = () =>
    pictures.first().evaluate((element) => {
      const canvas = element as HTMLCanvasElement;
      const context = canvas.getContext("2d") as CanvasRenderingContext2D;
      const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
      let count = 0;
      for (let at = 0; at < data.length; at += 4) if (data[at] !== data[at + 1]) count++;
      return count / (canvas.width * canvas.height);
    });
  await expect.poll(coloured).toBeGreaterThan(0.5);
  await expect(pictures.first()).toHaveJSProperty("width", 32);
  await page.getByRole("tab", { name: /mistakes/ }).click();
  await expect(pictures.first()).toBeVisible();
  playground.expectNoErrors();
});

test("choosing Shapes brings its network, and leaving it takes the network away", async ({
  page,
}) => {
  const playground = new Playground(page);
  await playground.open();
  const before = await page.evaluate(() => location.hash);
  await page.getByRole("radio", { name: "Shapes" }).check({ force: true });
  await expect.poll(() => page.evaluate(() => location.hash)).toContain("blocks=32-64-128");
  await page.getByRole("radio", { name: "Two moons" }).check({ force: true });
  await expect
    .poll(() => page.evaluate(() => location.hash))
    .not.toMatch(/blocks|norm=|hidden=|epochs=/);
  expect(before).not.toContain("shapes");
  playground.expectNoErrors();
});
