// Dropout, noise and normalization on the page: what is random in training, and what steadies it.
import { expect, test } from "@playwright/test";
import { Playground } from "./playground";

const small = "v=1;hidden=32-16;epochs=60;valid=100;test=10";
const cnn =
  "v=1;data=strokeDigits;train=40;valid=40;test=10;wrong=0;scaling=unit;family=cnn;blocks=4-8;hidden=none;opt=adam;rate=3e-3;batch=20;epochs=8";

test("dropout, DropConnect and noise make the training examples harder to fit", async ({
  page,
}) => {
  const playground = new Playground(page);
  await playground.run(small);
  const plain = await playground.figure("loss-train");
  for (const setting of [
    "drop=0.5",
    "dropin=0.5",
    "dropconnect=0.5",
    "noisein=1",
    "noiseweight=0.5",
  ]) {
    await playground.run(`${small};${setting}`);
    expect(await playground.figure("loss-train"), setting).toBeGreaterThan(1.1 * plain);
  }
  playground.expectNoErrors();
});

test("spatial and head dropout slow a CNN down, and maps say what is dropped", async ({ page }) => {
  const playground = new Playground(page);
  await playground.run(cnn);
  const plain = await playground.figure("loss-train");
  await playground.tab("maps").click();
  await expect(page.getByTestId("maps").locator("canvas").first()).toBeVisible();
  await expect(page.getByTestId(/^dropped-/)).toHaveCount(0);
  await playground.run(`${cnn};dropmap=0.5`);
  expect(await playground.figure("loss-train")).toBeGreaterThan(1.1 * plain);
  await expect(page.getByTestId("dropped-block 2")).toHaveText(/dropped: \d of 8/);
  await playground.run(`${cnn};drophead=0.7`);
  expect(await playground.figure("loss-train")).toBeGreaterThan(1.1 * plain);
  await expect(page.getByTestId("dropped-features")).toHaveText(/dropped: \d+ of 392/);
  playground.expectNoErrors();
});

test("normalization brings parameters of its own and another curve", async ({ page }) => {
  const playground = new Playground(page);
  const parameters = async () =>
    Number((await page.getByTestId("parameters").innerText()).replace(/\D/g, ""));
  const seen: Record<string, { parameters: number; loss: number }> = {};
  for (const kind of ["none", "batch", "layer", "rms", "group"]) {
    await playground.run(`${small};norm=${kind};epochs=20`);
    seen[kind] = {
      parameters: await parameters(),
      loss: await playground.figure("loss-train"),
    };
  }
  // Scale and shift of 32 + 16 units; RMS has no shift, and in front of batch normalization there are no biases.
  const extra = (kind: string) =>
    (seen[kind]?.parameters as number) - (seen.none?.parameters as number);
  expect(["batch", "layer", "rms", "group"].map(extra)).toEqual([48, 96, 48, 96]);
  expect(new Set(Object.values(seen).map(({ loss }) => loss)).size).toBe(5);
  playground.expectNoErrors();
});

test("the forgotten switch makes the curves worse at once and leaves a mark", async ({ page }) => {
  const playground = new Playground(page);
  await playground.run(`${small};drop=0.6`);
  await playground.set("optimizer.epochs", "75");
  await page.getByText(/^More: .*evaluate in/).click();
  await page.getByRole("radio", { name: "Train mode" }).check({ force: true });
  await playground.trainToEnd();
  await expect(page.getByTestId("chart-loss").getByText(/evaluate in/)).toBeVisible();
  const [epochs, losses] = [
    await playground.column("epoch"),
    await playground.column("train_loss"),
  ];
  const mean = (from: number, to: number) => {
    const held = losses.filter(
      (_, row) => (epochs[row] as number) > from && (epochs[row] as number) <= to,
    );
    return held.reduce((sum, loss) => sum + loss, 0) / held.length;
  };
  expect(mean(60, 75)).toBeGreaterThan(1.15 * mean(45, 60));
  playground.expectNoErrors();
});
