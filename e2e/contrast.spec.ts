// Windows contrast themes take grounds and shadows away: what is chosen, where a slider stands and which bar is how long must remain.
import { expect, type Locator, test } from "@playwright/test";
import { Playground } from "./playground";

/** What a contrast theme leaves of an element's looks. */
const looks = (element: Locator) =>
  element.evaluate((node) => {
    const { backgroundColor, borderColor, borderWidth, outline, color } = getComputedStyle(node);
    return [backgroundColor, borderColor, borderWidth, outline, color].join(" | ");
  });

for (const colorScheme of ["light", "dark"] as const) {
  test(`choice, tracks, bars and lines are seen in a contrast theme (${colorScheme})`, async ({
    page,
  }) => {
    await page.emulateMedia({ forcedColors: "active", colorScheme });
    const playground = new Playground(page);
    await playground.open("v=1;epochs=30");
    await playground.trainToEnd();
    const tile = (name: string) =>
      page.locator("label").filter({ has: page.getByRole("radio", { name, exact: true }) });
    expect(await looks(tile("Two moons"))).not.toBe(await looks(tile("Circle")));
    expect(await looks(playground.tab("boundary"))).not.toBe(
      await looks(playground.tab("neurons")),
    );
    const segments = page.locator('[id="setting-averaging.kind"] label');
    expect(await looks(segments.nth(0))).not.toBe(await looks(segments.nth(1)));
    // Grounds that carry data keep their colours.
    await playground.tab("norms").click();
    const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const bars = [
      page.getByTestId("norms").locator("i").first(),
      page.locator("[aria-label='Size of weights'] i").first(),
      page
        .locator("[aria-label='Run bar'] [title='Drag back to see an earlier moment'] ~ div")
        .first(),
    ];
    for (const bar of bars) {
      const { forced, colour } = await bar.evaluate((node) => ({
        forced: getComputedStyle(node).forcedColorAdjust,
        colour: getComputedStyle(node).backgroundColor,
      }));
      expect(forced).toBe("none");
      expect(colour).not.toBe(ground);
    }
    const slider = page.locator('[id="slider-regularization.weightDecay"]');
    expect(await slider.evaluate((node) => getComputedStyle(node).forcedColorAdjust)).toBe("none");
    // The focus is seen on everything that shows it by a border or a shadow elsewhere.
    for (const focused of [
      playground.setting("regularization.weightDecay"),
      page.getByRole("textbox", { name: "Seed" }),
      playground.train,
    ]) {
      const before = await looks(focused);
      await focused.focus();
      await page.keyboard.press("Shift+Tab");
      await page.keyboard.press("Tab");
      expect(await looks(focused)).not.toBe(before);
    }
  });
}
