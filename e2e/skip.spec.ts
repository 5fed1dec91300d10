// By keys from one part of the page to another.
import { expect, test } from "@playwright/test";
import { Playground } from "./playground";

/** Presses a key until what it leads to has the focus. @returns how often */
async function pressesUntil(playground: Playground, reached: () => boolean): Promise<number> {
  for (let presses = 1; presses <= 60; presses++) {
    await playground.page.keyboard.press("Tab");
    if (await playground.page.evaluate(reached)) return presses;
  }
  throw new Error("60 presses of Tab do not lead there.");
}

test("skip links lead to every area, are seen while they have the focus, and leave the link alone", async ({
  page,
}) => {
  const playground = new Playground(page);
  await playground.open("v=1;epochs=30");
  const address = page.url();
  for (const [link, area] of [
    ["run bar", "Run bar"],
    ["experiment", "Experiment"],
    ["curves", "Curves"],
    ["predictions", "What the network does"],
    ["meaning", "What it means"],
  ] as const) {
    const skip = page.getByRole("link", { name: `Skip to ${link}` }).first();
    await skip.focus();
    const box = await skip.boundingBox();
    expect(box?.width, link).toBeGreaterThan(40);
    expect(
      await skip.evaluate((element) => {
        const { left, top, width, height } = element.getBoundingClientRect();
        return document.elementFromPoint(left + width / 2, top + height / 2) === element;
      }),
      `${link} is on top`,
    ).toBe(true);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("region", { name: area, exact: true })).toBeFocused();
  }
  expect(page.url()).toBe(address);
});

test("from Train to the tabs of the predictions in 12 presses, not 88", async ({ page }) => {
  const playground = new Playground(page);
  await playground.open("v=1;epochs=30");
  await playground.train.focus();
  const before = await pressesUntil(
    playground,
    () => document.activeElement?.textContent === "Skip to predictions",
  );
  await page.keyboard.press("Enter");
  const after = await pressesUntil(
    playground,
    () => document.activeElement?.getAttribute("role") === "tab",
  );
  expect(before + 1 + after).toBeLessThanOrEqual(12);
});
