// A learner's own table: dropped, looked at, learned from; a link asks for the same file and tells another one apart.
import { expect, test } from "@playwright/test";
import { expectAccessible, expectOneScreen } from "./checks";
import { Playground } from "./playground";

/** Two groups of points that a line nearly separates, a word column, a gap, and a price that follows from them. */
function shop(towns: readonly string[]): Buffer {
  const rows = Array.from({ length: 150 }, (_, i) => {
    const group = i % 2;
    const x = group * 2 + ((i * 37) % 100) / 80;
    const y = i === 7 ? "" : String(((i * 53) % 100) / 50 - group);
    return `${x},${y},${towns[i % towns.length]},${(3 * x + (i % 5) / 5).toFixed(2)},${group ? "yes" : "no"}`;
  });
  return Buffer.from(`x,y,town,price,buys\n${rows.join("\n")}\n`);
}

const csv = (name: string, buffer: Buffer) => ({ name, mimeType: "text/csv", buffer });
const mine = csv("shop.csv", shop(["Bonn", "Köln", "Ulm"]));

test("a table trains on its last column, then on another; the link knows the file by its fingerprint", async ({
  page,
}) => {
  const playground = new Playground(page);
  await page.addInitScript(() => localStorage.setItem("regularization-playground.backend", "wasm"));
  await page.goto("./#v=1;data=ownTable;wrong=0;hidden=16;opt=adam;rate=1e-2;epochs=20");
  await expect(page.getByRole("alert").first()).toContainText("learns from a CSV file");
  await page.getByLabel("CSV file").setInputFiles(mine);
  await playground.ready();
  await playground.trainToEnd();
  expect((await playground.column("validation_accuracy")).at(-1)).toBeGreaterThan(0.85);
  await playground.tab("table").click();
  const preview = page.getByTestId("table-preview");
  await expect(preview).toContainText("3 words: Bonn, Köln, Ulm");
  await expect(page.getByLabel("Predict buys")).toBeChecked();
  await page.getByLabel("Predict price").check();
  await playground.ready();
  await expect(playground.epoch).toHaveText("0");
  await playground.trainToEnd();
  const losses = await playground.column("validation_loss");
  expect(losses.at(-1)).toBeLessThan((losses[0] as number) / 4);
  const address = page.url();
  expect(address).toMatch(/file=[\d.e]+;target=4;inputs=7;answers=0/);
  expect(address).not.toContain("Bonn");

  await page.reload();
  await expect(page.getByRole("alert").first()).toContainText(/the table with fingerprint \d+/);
  await page.getByLabel("CSV file").setInputFiles(csv("other.csv", shop(["Hamm", "Jena"])));
  await expect(page.getByRole("alert").first()).toContainText("is another table");
  await page.getByLabel("CSV file").setInputFiles(mine);
  await playground.ready();
  await playground.trainToEnd();
  playground.expectNoErrors();
});

test("a column of numbers is shown in its own unit, and everywhere the same", async ({ page }) => {
  const playground = new Playground(page);
  await page.addInitScript(() => localStorage.setItem("regularization-playground.backend", "wasm"));
  await page.addInitScript(() => localStorage.setItem("regularization-playground.speed", "full"));
  await page.goto("./#v=1;data=ownTable;wrong=0;hidden=16;opt=adam;rate=1e-2;epochs=20");
  await page.getByLabel("CSV file").setInputFiles(mine);
  await playground.ready();
  await playground.tab("table").click();
  await page.getByLabel("Predict price").check();
  await expect(page).toHaveURL(/answers=0/);
  await playground.ready();
  await playground.trainToEnd();
  await playground.tab("predictions").click();
  const verdict = page.getByTestId("values-verdict");
  await expect(verdict).toContainText("on average (in “price”); always guessing the training mean");
  const [off, mean, guess] = ((await verdict.innerText()).match(/\d+\.\d+/g) ?? []).map(Number);
  expect(mean).toBeGreaterThan(4);
  expect(mean).toBeLessThan(7);
  expect(off).toBeLessThan((guess as number) / 2);
  const validationError = await playground.figure("now-validation");
  expect(validationError).toBeGreaterThan(off as number);
  expect(await playground.figure("score-validation")).toBeCloseTo(validationError, 2);
  const figures = await page.getByTestId("values-figures").innerText();
  expect(Number(/RMSE\s+([\d.]+)/.exec(figures)?.[1])).toBeCloseTo(validationError, 2);
  expect((await playground.column("validation_error")).at(-1)).toBeCloseTo(validationError, 1);
  await expect(page.getByTestId("chart-score")).toContainText("Typical error in “price”");
  await expect(page.getByTestId("chart-loss")).toContainText("of standardized values");
  await page.getByRole("button", { name: "Open the test set" }).click();
  await expect(page.getByTestId("test-figures")).toContainText("error in “price”");
  expect(await playground.figure("validation-error")).toBeCloseTo(validationError, 2);
  const dots = page.getByTestId("values-scatter");
  await expect(async () => {
    const box = await dots.boundingBox();
    for (let share = 0.1; share < 0.9; share += 0.02) {
      const [x, y] = [share * (box?.width ?? 0), (1 - share) * (box?.height ?? 0)];
      await dots.hover({ position: { x, y } });
      const words = await page.getByTestId("values-words").innerText();
      if (/^Validation example \d+: predicted [\d.]+, actually/.test(words)) return;
    }
    throw new Error("No dot says anything.");
  }).toPass();
  await page.screenshot({ path: test.info().outputPath("values.png") });
  for (const [width, height] of [
    [1280, 720],
    [390, 844],
    [1440, 900],
  ] as const) {
    await page.setViewportSize({ width, height });
    await expectOneScreen(page, `${width}×${height}`);
    await expectAccessible(page, `${width}×${height}`);
  }
  playground.expectNoErrors();
});

test("a damaged table is refused by line; missing values can be left out", async ({ page }) => {
  const playground = new Playground(page);
  await page.goto("./#v=1;data=ownTable;wrong=0;hidden=8;epochs=2");
  await page.getByLabel("CSV file").setInputFiles(csv("bad.csv", Buffer.from('a,b\n1,2\n3,"\n')));
  await expect(page.getByRole("alert").first()).toContainText(
    "bad.csv, line 4: expected the quote that ends the value begun in line 3",
  );
  await page.getByLabel("CSV file").setInputFiles(mine);
  await playground.ready();
  await playground.tab("table").click();
  await page.getByRole("combobox", { name: "Missing values" }).selectOption("leaveOut");
  await expect(page).toHaveURL(/missing=leaveOut/);
  await playground.ready();
  await playground.trainToEnd();
  playground.expectNoErrors();
});

/** Semicolons, decimal commas, Windows-1252, no header, a counter, dates, words for missing: as a German spreadsheet saves it. */
function difficult(): Buffer {
  const rows = Array.from({ length: 160 }, (_, i) => {
    const group = i % 2;
    const x = (group * 2 + ((i * 37) % 100) / 80).toFixed(2).replace(".", ",");
    const y = i % 40 === 7 ? "#NV" : `${1 + ((i * 7) % 9)}.${100 + ((i * 53) % 900)},5`;
    return `${i + 1};${x};${y};${1 + (i % 28)}.${1 + (i % 12)}.2026;${group ? "Föhre" : "Ulme"}`;
  });
  return Buffer.from(`${rows.join("\r\n")}\r\n;;;;\r\n;;;;\r\n`, "latin1");
}

test("a CSV file dropped on any data set opens as the table: it says what was understood, takes another reading, trains", async ({
  page,
}) => {
  const playground = new Playground(page);
  await page.addInitScript(() => localStorage.setItem("regularization-playground.backend", "wasm"));
  await page.addInitScript(() => localStorage.setItem("regularization-playground.speed", "full"));
  await page.goto("./#v=1;data=circle;epochs=5");
  await playground.ready();
  await page.evaluate(
    (bytes) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([new Uint8Array(bytes)], "wald.csv"));
      const drop = new DragEvent("drop", {
        dataTransfer: transfer,
        bubbles: true,
        cancelable: true,
      });
      document.body.dispatchEvent(drop);
    },
    [...difficult()],
  );
  await expect(page).toHaveURL(/data=ownTable.*target=5/);
  await playground.ready();
  await playground.tab("table").click();
  const remarks = page.getByTestId("table-remarks");
  for (const words of [
    "read as Windows-1252, as it is not UTF-8",
    "first line read as values",
    "2 empty rows left out",
    "comma read as decimal sign",
  ])
    await expect(remarks).toContainText(words);
  const preview = page.getByTestId("table-preview");
  await expect(preview).toContainText("2 words: Ulme, Föhre");
  await expect(page.getByLabel("Read column 1 as")).toHaveValue("left out");
  await expect(page.getByLabel("Read column 4 as")).toHaveValue("left out");
  await page.getByLabel("Read column 4 as").selectOption("number");
  await expect(page).toHaveURL(/inputs=4.*with=4/);
  await page.getByLabel("First line").selectOption("names");
  await expect(page).toHaveURL(/header=names/);
  await expect(preview).toContainText("1.1.2026");
  await page.getByLabel("First line").selectOption("found");
  await expect(page).not.toHaveURL(/header=/);
  await playground.ready();
  await playground.trainToEnd();
  expect((await playground.column("validation_accuracy")).at(-1)).toBeGreaterThan(0.8);
  for (const [width, height] of [
    [390, 844],
    [1440, 900],
  ] as const) {
    await page.setViewportSize({ width, height });
    await expectAccessible(page, `${width}×${height}`);
  }
  playground.expectNoErrors();
});
