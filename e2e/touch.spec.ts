// By finger on a phone: sliders that can be scrolled past, targets that can be hit, cause and effect in one view.
import { type CDPSession, expect, type Locator, type Page, test } from "@playwright/test";
import { Playground } from "./playground";

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

interface Place {
  readonly x: number;
  readonly y: number;
}

/** A finger from one place to another, with the events and the scrolling that a real one causes. */
async function swipe(session: CDPSession, from: Place, by: Place): Promise<void> {
  const steps = 12;
  const at = (step: number) => [
    { x: from.x + (by.x * step) / steps, y: from.y + (by.y * step) / steps },
  ];
  await session.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: at(0) });
  for (let step = 1; step <= steps; step++)
    await session.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: at(step) });
  await session.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
}

/** Brings the slider to the middle of the window and lets the swing of the last swipe run out. @returns its box */
async function centred(slider: Locator) {
  await slider.evaluate(async (element) => {
    for (let still = 0; still < 4; ) {
      const before = element.getBoundingClientRect().top;
      element.scrollIntoView({ block: "center" });
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      still = element.getBoundingClientRect().top === before ? still + 1 : 0;
    }
  });
  const box = await slider.boundingBox();
  if (!box) throw new Error("The slider is not on the page.");
  return { ...box, middle: box.y + box.height / 2 };
}

const scrolled = (page: Page) => page.evaluate(() => scrollY);

test("a swipe that begins on a slider scrolls and moves nothing; a sideways drag moves it", async ({
  page,
}) => {
  const playground = new Playground(page);
  await playground.open("v=1;epochs=30");
  const session = await page.context().newCDPSession(page);
  for (const path of ["regularization.weightDecay", "regularization.dropoutHidden"]) {
    const slider = page.locator(`[id="slider-${path}"]`);
    const before = await slider.inputValue();
    for (const [share, down] of [
      [0.5, -160],
      [0.8, 160],
    ] as const) {
      const { x, width, middle } = await centred(slider);
      const from = await scrolled(page);
      await swipe(session, { x: x + share * width, y: middle }, { x: 8, y: down });
      await expect.poll(() => scrolled(page)).not.toBe(from);
      expect(await slider.inputValue(), `${path}, swiped`).toBe(before);
    }
    const { x, width, middle } = await centred(slider);
    await page.touchscreen.tap(x + 0.7 * width, middle);
    expect(await slider.inputValue(), `${path}, tapped`).toBe(before);
    await expect(slider).toBeFocused();
    const from = await scrolled(page);
    await swipe(session, { x: x + 0.3 * width, y: middle }, { x: 0.4 * width, y: 5 });
    await expect.poll(() => slider.inputValue(), `${path}, dragged`).not.toBe(before);
    expect(await scrolled(page)).toBe(from);
  }
  playground.expectNoErrors();
});

/** Whoever is smaller says why. */
const smallOnPurpose = "[data-testid=neurons] *, [data-small]";

test("every target is 44 px: a finger that lands near its middle hits it", async ({ page }) => {
  const playground = new Playground(page);
  await playground.open("v=1;epochs=30;decay=0.1");
  await playground.trainToEnd();
  await page.evaluate(() => {
    for (const fold of document.querySelectorAll("details")) fold.open = true;
  });
  const missed = await page.evaluate(async (small) => {
    // One less than half of it: places are rounded to pixels.
    const reach = 21;
    const found: string[] = [];
    const all = "a[href], button, input, select, summary, label:has(input), [role=slider]";
    const hidden = (element: Element) =>
      element.closest("nav:has(a)") !== null || getComputedStyle(element).visibility === "hidden";
    for (const element of document.querySelectorAll<HTMLElement>(all)) {
      // A box to tick is hit by its label.
      const labelled = element.matches("label input");
      if (labelled || element.getClientRects().length === 0) continue;
      if (hidden(element) || element.matches(small)) continue;
      element.scrollIntoView({ block: "center" });
      await new Promise((done) => requestAnimationFrame(done));
      const { left, top, width, height } = element.getBoundingClientRect();
      const [x, y] = [left + width / 2, top + height / 2];
      const hits = (dx: number, dy: number) => {
        const [px, py] = [x + dx, y + dy];
        if (px < 0 || px >= innerWidth) return true;
        const hit = document.elementFromPoint(px, py);
        return element.contains(hit);
      };
      const places = [
        [0, 0],
        [-reach, 0],
        [reach, 0],
        [0, -reach],
        [0, reach],
      ] as const;
      const past = places.find(([dx, dy]) => !hits(dx, dy));
      if (!past) continue;
      const name = element.getAttribute("aria-label") ?? element.textContent ?? "";
      const hit = document.elementFromPoint(x + past[0], y + past[1]);
      const instead = `${hit?.tagName} ${hit?.id} ${hit?.className}`;
      found.push(
        `${element.tagName} ${element.id} ${name.slice(0, 40)}: ${width}×${height}, ${past.join()} hits ${instead}`,
      );
    }
    return found;
  }, smallOnPurpose);
  expect(missed).toEqual([]);
});

test("boundary, loss and figures stay in sight while a control is moved", async ({ page }) => {
  const playground = new Playground(page);
  await playground.open("v=1;epochs=30");
  await playground.trainToEnd();
  const preview = page.getByTestId("preview");
  for (const path of ["regularization.weightDecay", "data.noise"]) {
    await centred(page.locator(`[id="slider-${path}"]`));
    await expect(preview).toBeInViewport({ ratio: 0.99 });
    await expect(preview.getByTestId("boundary")).toBeInViewport({ ratio: 0.99 });
    await expect(preview.getByTestId("preview-gap")).not.toHaveText("–");
  }
});
