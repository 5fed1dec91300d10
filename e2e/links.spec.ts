// Links: what a stranger sends opens, corrected and explained.
import { createReadStream, existsSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
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
  expect(new URL(page.url()).hash).toBe("#v=1.dn2;drop=0.3;epochs=1");
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
  const others = page.getByRole("navigation", { name: "Experiments" }).getByRole("button");
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

test("a link whose # was escaped opens: from the preview server, and from a plain host by its 404 page", async ({
  page,
}) => {
  const playground = new Playground(page);
  for (const path of ["%2523v%253D1%253Btrain%253D30%253Bseed%253D7/", "v=1;train=30;seed=7"]) {
    await page.goto(`./${path}`);
    await expect(page).toHaveURL(/\/#v=1\.\w+;train=30;seed=7$/);
    await expect(playground.setting("data.trainSize")).toHaveValue("30");
  }
  const host = createServer((request, response) => {
    const path = decodeURIComponent((request.url ?? "/").split("?")[0] as string);
    const file = join("dist", path === "/" ? "index.html" : path.slice(1));
    const found = existsSync(file) && !path.includes("..");
    const type = { ".js": "text/javascript", ".css": "text/css", ".html": "text/html" };
    const served = found ? file : join("dist", "404.html");
    response.writeHead(found ? 200 : 404, {
      "Content-Type": type[extname(served) as keyof typeof type] ?? "application/octet-stream",
    });
    createReadStream(served).pipe(response);
  }).listen(0);
  try {
    const { port } = host.address() as AddressInfo;
    await page.goto(`http://localhost:${port}/%2523v%253D1%253Btrain%253D30%253Bseed%253D7`);
    await expect(page).toHaveURL(/\/#v=1\.\w+;train=30;seed=7$/);
    await expect(playground.setting("data.trainSize")).toHaveValue("30");
    await expect(page.getByTestId("corrections")).toContainText("escaped characters");
  } finally {
    host.closeAllConnections();
    host.close();
  }
  playground.expectNoErrors();
});

test("Share gives what is seen: preset, tabs and axis; a pasted link opens, and back undoes it", async ({
  page,
  context,
}) => {
  const playground = new Playground(page);
  await playground.open();
  await page.getByRole("button", { name: /^Experiment:/ }).click();
  await page.getByRole("navigation", { name: "Experiments" }).getByText("Spiral").first().click();
  const title = await page.getByRole("button", { name: /^Experiment:/ }).innerText();
  for (const [path, value] of [
    ["optimizer.epochs", "50"],
    ["optimizer.learningRate", "0.02"],
    ["optimizer.batchSize", "20"],
    ["regularization.l2", "0.01"],
    ["data.trainSize", "80"],
    ["data.noise", "0.2"],
  ] as const) {
    await playground.set(path, value);
  }
  await page.getByRole("button", { name: "log axis for the loss" }).click();
  await playground.tab("norms").click();
  await page.getByRole("button", { name: "Share" }).click();
  const link = await page.getByRole("textbox", { name: "Link of this experiment" }).inputValue();
  expect(link).toMatch(/;from=[a-z-]+;view=log\.weights-norms$/);
  const receiver = await context.newPage();
  const received = new Playground(receiver);
  await receiver.goto(link);
  await received.ready();
  await expect(receiver.getByRole("button", { name: /^Experiment:/ })).toContainText(title);
  await expect(receiver.getByRole("button", { name: "log axis for the loss" })).toHaveAttribute(
    "aria-pressed",
    "true",
  );
  await expect(received.tab("norms")).toHaveAttribute("aria-selected", "true");
  await receiver.evaluate(() => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", "See (http://x.org/#v=1;data=xor;train=40).");
    document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
  });
  await expect(received.setting("data.trainSize")).toHaveValue("40");
  await expect(receiver).toHaveURL(/data=xor/);
  await receiver.goBack();
  await expect(received.setting("data.trainSize")).toHaveValue("80");
  received.expectNoErrors();
});
