// Every size of screen, both ways round, and zoom up to 400 % (a zoomed page is a smaller page): one page, resized.
import { expect, type Page, test } from "@playwright/test";
import { Playground } from "./playground";

const turned = (sizes: readonly (readonly [number, number])[]) =>
  sizes.flatMap(([width, height]) => [[width, height] as const, [height, width] as const]);

const screens = [
  ...turned([
    [320, 568],
    [360, 740],
    [390, 844],
    [768, 1024],
  ]),
  [1280, 720],
  [1440, 900],
  [1920, 1080],
  [2560, 1440],
  // 1920×1080 at 125, 150, 200, 300 and 400 %.
  [1536, 864],
  [1280, 577],
  [960, 540],
  [640, 360],
  [480, 270],
] as const;

interface Box {
  readonly name: string;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Boxes of all panels and areas in page coordinates, and what sticks out of the window or is cut within its panel. */
function measure(page: Page) {
  return page.evaluate(() => {
    const boxOf = (element: Element) => {
      const { left, top, right, bottom } = element.getBoundingClientRect();
      return { left, top: top + scrollY, right, bottom: bottom + scrollY };
    };
    const named = (element: Element) =>
      element.getAttribute("aria-label") ?? element.getAttribute("data-testid") ?? "?";
    const shown = (element: Element) => element.getClientRects().length > 0;
    const areas = [...document.querySelectorAll("main > section, [aria-label='Run bar']")];
    // The preview lies over the controls on purpose.
    const panels = [
      ...document.querySelectorAll("main > section > section:not([data-testid=preview])"),
    ].filter(shown);
    const plots = [...document.querySelectorAll("[data-testid^=chart-] [role=slider]")];
    // Words that are cut: wider than their box, though nothing says that they scroll or end in an ellipsis on purpose.
    const cut = [...document.querySelectorAll("button, h2, label, summary, th, td, legend, p")]
      .filter(shown)
      .filter((element) => {
        const style = getComputedStyle(element);
        if (style.clipPath !== "none" || element.closest("[role=tablist]")) return false;
        return element.scrollWidth > element.clientWidth + 1 && style.overflowX !== "visible";
      })
      .map((element) => element.textContent?.slice(0, 40) ?? "");
    const outside = [...document.querySelectorAll("button, input, select, summary, canvas, h2")]
      .filter(shown)
      .filter((element) => !element.closest("[role=tablist]"))
      .filter((element) => {
        const { left, right } = element.getBoundingClientRect();
        return left < -1 || right > innerWidth + 1;
      })
      .map(
        (element) => `${element.tagName} ${named(element)} ${element.textContent?.slice(0, 30)}`,
      );
    const sideways = [document.documentElement, ...document.querySelectorAll("main > section")]
      .filter((element) => element.scrollWidth > element.clientWidth + 1)
      .map(named);
    return {
      areas: areas.map((element) => ({ name: named(element), ...boxOf(element) })),
      panels: panels.map((element) => ({ name: named(element), ...boxOf(element) })),
      plots: plots.map(boxOf),
      cut,
      outside,
      sideways,
      pageHeight: document.documentElement.scrollHeight - innerHeight,
    };
  });
}

const overlap = (a: Box, b: Box) =>
  Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 &&
  Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;

function overlaps(boxes: readonly Box[]): string[] {
  return boxes.flatMap((a, index) =>
    boxes
      .slice(index + 1)
      .filter((b) => overlap(a, b))
      .map((b) => `${a.name} and ${b.name}`),
  );
}

test("every panel has its room at every size, nothing lies over another, is cut or sticks out", async ({
  page,
}) => {
  const playground = new Playground(page);
  await playground.open("v=1;epochs=30");
  await playground.trainToEnd();
  for (const [width, height] of screens) {
    await page.setViewportSize({ width, height });
    await page.evaluate(() => {
      scrollTo(0, 0);
      return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    });
    const what = `${width}×${height}`;
    const found = await measure(page);
    expect(found.panels.map(({ name }) => name).sort(), what).toEqual([
      "Accuracy",
      "Loss",
      "Predictions",
      "Weights",
    ]);
    for (const { name, left, right, top, bottom } of found.panels) {
      expect(right - left, `${name} at ${what}: width`).toBeGreaterThanOrEqual(240);
      expect(bottom - top, `${name} at ${what}: height`).toBeGreaterThanOrEqual(150);
    }
    for (const { left, right, top, bottom } of found.plots) {
      expect(right - left, `plot at ${what}: width`).toBeGreaterThanOrEqual(200);
      expect(bottom - top, `plot at ${what}: height`).toBeGreaterThanOrEqual(75);
    }
    expect(overlaps(found.panels), what).toEqual([]);
    const within = found.areas.filter(({ name }) => name !== "Run bar");
    expect(overlaps(within), what).toEqual([]);
    expect(found.cut, `cut at ${what}`).toEqual([]);
    expect(found.outside, `outside at ${what}`).toEqual([]);
    expect(found.sideways, `scrolls sideways at ${what}`).toEqual([]);
    if (width >= 1280 && height >= 560) expect(found.pageHeight, what).toBeLessThanOrEqual(0);
    // The run bar is in sight wherever the page is scrolled to.
    await page.evaluate(() => scrollTo(0, 600));
    await expect(playground.train, what).toBeInViewport();
  }
  playground.expectNoErrors();
});
