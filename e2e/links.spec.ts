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
