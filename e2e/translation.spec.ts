// A page that the browser translates: every text node is taken away and put into elements of the translator, again and again.
import { expect, type Page, test } from "@playwright/test";
import { Playground } from "./playground";

/** What a translating browser does. It keeps to no `translate="no"`, so that every text of the page is tried. */
function translate(page: Page): Promise<void> {
  return page.evaluate(() => {
    const apart = "script, style, svg, textarea";
    const take = (root: Node) => {
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      const texts: Text[] = [];
      while (walker.nextNode()) texts.push(walker.currentNode as Text);
      for (const text of texts) {
        const parent = text.parentElement;
        if (!text.data.trim() || !parent || parent.tagName === "FONT" || parent.closest(apart))
          continue;
        const outer = document.createElement("font");
        const inner = document.createElement("font");
        inner.textContent = text.data;
        outer.append(inner);
        text.replaceWith(outer);
      }
    };
    take(document.body);
    new MutationObserver((all) => {
      for (const { addedNodes } of all)
        for (const node of addedNodes) if (node instanceof Element) take(node);
    }).observe(document.body, { childList: true, subtree: true });
  });
}

test("training, tabs, panels, undo and notices work on a translated page; figures stay live", async ({
  page,
}) => {
  const playground = new Playground(page);
  await playground.open("v=1;epochs=40");
  await translate(page);
  const failed = page.getByText("This part of the page failed");
  await playground.trainToEnd();
  await expect(playground.epoch).toHaveText("40");
  await expect(page.getByTestId("gap")).not.toHaveText("–");
  for (const tab of ["neurons", "confusion", "calibration", "boundary", "norms", "zeros", "units"])
    await playground.tab(tab).click();
  await page.getByRole("button", { name: "Loss as a table" }).click();
  await page.getByRole("button", { name: "Loss as a table" }).click();
  // Live words beside figures: the epochs that are planned, what is changed, what a layer is made of.
  await playground.set("optimizer.epochs", "60");
  await expect(playground.epoch.locator("..")).toContainText("60");
  await playground.set("regularization.weightDecay", "3");
  await page.getByRole("button", { name: /^Back to .*Weight decay/ }).click();
  await playground.setting("optimizer.kind").selectOption("sgd");
  for (const kind of ["Spiral", "Shapes", "Two moons"]) {
    await page.getByRole("radio", { name: kind, exact: true }).check({ force: true });
    await expect(page.getByTestId("parameters")).toContainText("parameters");
  }
  await page.getByRole("button", { name: /^Experiment:/ }).click();
  await page.getByRole("navigation", { name: "Experiments" }).getByRole("button").nth(2).click();
  await page
    .getByRole("button", { name: /steps\/s|WASM/ })
    .first()
    .click();
  await page.keyboard.press("Escape");
  await page.evaluate(() => {
    location.hash = "v=1;rate=99;drop=7;epochs=20";
  });
  await expect(page.getByText(/Learning rate is 99/)).toBeVisible();
  await playground.trainToEnd();
  await expect(failed).toHaveCount(0);
  expect(playground.errors).toEqual([]);
});
