// Links: what a stranger sends opens, corrected and explained.
import { expect, test } from "@playwright/test";
import { defaultExperiment, fieldEntries } from "../src/experiment/schema";
import { Playground } from "./playground";

test("a link with every field out of bounds opens with explained corrections", async ({ page }) => {
  const wild = fieldEntries.map(({ field }) => {
    if (field.type === "choice") return `${field.key}=nonsense`;
    return field.type === "widths" ? `${field.key}=99999-0` : `${field.key}=-1e99`;
  });
  const playground = new Playground(page);
  await playground.open(`v=1;${wild.join(";")}`);
  const notice = page.getByTestId("corrections");
  await expect(notice).toBeVisible();
  for (const { field } of fieldEntries) await expect(notice).toContainText(field.label);
  await expect(notice).toContainText("Noise is -1e+99: it must be a number from 0 to 1. Now 0.");
  // The page is alive: the corrected experiment trains.
  await page.getByRole("button", { name: "One epoch" }).click();
  await expect(playground.epoch).toHaveText("1");
  await notice.getByRole("button", { name: "Dismiss" }).click();
  await expect(notice).toBeHidden();
  playground.expectNoErrors();
});

test("a link from a newer page, and one that is no link at all, open all the same", async ({
  page,
}) => {
  const playground = new Playground(page);
  await playground.open("v=7;train=30;hologram=5");
  await expect(page.getByTestId("corrections")).toContainText("version 7");
  await expect(page.getByTestId("corrections")).toContainText("hologram");
  await expect(playground.setting("data.trainSize")).toHaveValue("30");
  await page.goto("./#%%%<script>alert(1)</script>");
  await playground.ready();
  await expect(playground.setting("data.trainSize")).toHaveValue(
    String(defaultExperiment.data.trainSize),
  );
  playground.expectNoErrors();
});

test("the address shows the experiment in force, however it was written", async ({ page }) => {
  const playground = new Playground(page);
  await playground.open("v=1;epochs=-5;drop=0.3");
  expect(new URL(page.url()).hash).toBe("#v=1;drop=0.3;epochs=1");
  playground.expectNoErrors();
});

test("a link full of rubbish is explained in few words", async ({ page }) => {
  const playground = new Playground(page);
  const rubbish = Array.from({ length: 600 }, (_, at) => `z${at}=`).join(";");
  await playground.open(`v=1;${rubbish};${"train=30;".repeat(50)}`);
  const notice = page.getByTestId("corrections");
  await expect(notice.locator("li:visible")).toHaveCount(12);
  expect(await notice.locator("li").count()).toBeLessThan(30);
  await notice.getByText(/^and \d+ more$/).click();
  await expect(notice.getByText(/more parts of the link were left out/)).toBeVisible();
  playground.expectNoErrors();
});

test("back from a preset brings what was changed a moment before", async ({ page }) => {
  const playground = new Playground(page);
  await playground.open();
  await playground.set("regularization.dropoutHidden", "0.3");
  await page.getByRole("button", { name: /^Experiment:/ }).click();
  const others = page.getByRole("navigation", { name: "Experiments" }).locator("button");
  await others.last().click();
  await expect(page).not.toHaveURL(/drop=0.3/);
  await page.waitForTimeout(600);
  await page.goBack();
  await expect(page).toHaveURL(/drop=0.3/);
  await expect(playground.setting("regularization.dropoutHidden")).toHaveValue("0.3");
  playground.expectNoErrors();
});

test("wrong entries in a control are refused with the range, and the old value stays", async ({
  page,
}) => {
  const playground = new Playground(page);
  await playground.open();
  await playground.set("regularization.dropoutHidden", "1.5");
  await expect(page.getByText("Dropout is 1.5: it must be a number from 0 to 0.95.")).toBeVisible();
  await expect(page).not.toHaveURL(/drop=/);
  await playground.set("regularization.dropoutHidden", "0,25");
  await expect(page).toHaveURL(/drop=0.25/);
  playground.expectNoErrors();
});
