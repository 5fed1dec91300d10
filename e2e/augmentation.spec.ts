// Augmentation on the page: what the "augmented" tab shows before and after differs in the way that each technique promises.
import { expect, type Page, test } from "@playwright/test";
import { Playground } from "./playground";

const shapes =
  "v=1;data=shapes;train=60;valid=10;test=10;noise=0.2;wrong=0;family=cnn;blocks=4;head=mean;hidden=none;scaling=unit;batch=32;epochs=1";

const side = 32;

/** Red, green and blue of every pixel, row by row. */
type Picture = readonly (readonly [number, number, number])[];

interface Pair {
  readonly before: Picture;
  readonly after: Picture;
}

/** The pictures on the tab, as their canvases hold them. */
async function pairs(page: Page): Promise<Pair[]> {
  const canvases = page.getByTestId("augmented").locator("canvas");
  const bytes = await canvases.evaluateAll((elements) =>
    elements.map((element) => {
      const canvas = element as HTMLCanvasElement;
      const context = canvas.getContext("2d") as CanvasRenderingContext2D;
      return [...context.getImageData(0, 0, canvas.width, canvas.height).data];
    }),
  );
  const pictures = bytes.map((data) =>
    Array.from({ length: data.length / 4 }, (_, at) => data.slice(4 * at, 4 * at + 3)),
  ) as unknown as Picture[];
  return pictures.flatMap((before, at) =>
    at % 2 === 0 ? [{ before, after: pictures[at + 1] as Picture }] : [],
  );
}

const grey = ([red, green, blue]: readonly [number, number, number]) =>
  0.2989 * red + 0.587 * green + 0.114 * blue;

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

const distance = (a: Picture, b: Picture) =>
  mean(
    a.map((pixel, at) =>
      mean(pixel.map((value, channel) => Math.abs(value - (b[at]?.[channel] as number)))),
    ),
  );

const mirrored = (picture: Picture): Picture =>
  picture.map((_, at) => picture[at - (at % side) + side - 1 - (at % side)] as Picture[number]);

const isBlack = (pixel: readonly number[] | undefined) => pixel?.every((value) => value === 0);

/** The content moved by so much, black where nothing is known. */
const moved = (picture: Picture, right: number, down: number): Picture =>
  picture.map((_, at) => {
    const [x, y] = [(at % side) - right, Math.floor(at / side) - down];
    const inside = x >= 0 && x < side && y >= 0 && y < side;
    return inside ? (picture[y * side + x] as Picture[number]) : [0, 0, 0];
  });

/** Largest move in pixels, from 0, that explains a picture; NaN where none up to `reach` does. */
function moveOf({ before, after }: Pair, reach: number): number {
  for (let down = -reach; down <= reach; down++) {
    for (let right = -reach; right <= reach; right++) {
      if (distance(moved(before, right, down), after) < 1) {
        return Math.max(Math.abs(right), Math.abs(down));
      }
    }
  }
  return Number.NaN;
}

/** Values that no clipping at 0 or 255 has touched, as [before, after]. */
function untouched({ before, after }: Pair): readonly (readonly [number, number])[] {
  return before.flatMap((pixel, at) =>
    pixel
      .map((value, channel) => [value, after[at]?.[channel] as number] as const)
      .filter(([from, to]) => from > 40 && to > 5 && to < 250),
  );
}

test("crop, flip, brightness, contrast, saturation and erasing change pictures as they say", async ({
  page,
}) => {
  const playground = new Playground(page);
  const tab = playground.tab("augmented");
  const settled = (check: (held: Pair[]) => void) =>
    expect(async () => {
      const held = await pairs(page);
      expect(held.length).toBeGreaterThan(5);
      check(held);
    }).toPass({ timeout: 20_000 });
  await playground.open(shapes);
  await expect(tab).toHaveCount(0);

  await playground.set("augmentation.crop", "3");
  await tab.click();
  await settled((held) => {
    const moves = held.map((pair) => moveOf(pair, 3));
    expect(Math.max(...moves)).toBe(3);
  });
  await playground.set("augmentation.crop", "0");

  await page.locator('[id="setting-augmentation.flip"] [value=horizontal]').check({ force: true });
  await settled((held) => {
    const kinds = held.map(({ before, after }) =>
      distance(before, after) < 1 ? "same" : distance(mirrored(before), after) < 1 ? "flip" : "?",
    );
    expect(new Set(kinds)).toEqual(new Set(["same", "flip"]));
  });
  await page.locator('[id="setting-augmentation.flip"] [value=none]').check({ force: true });

  await playground.set("augmentation.brightness", "0.5");
  await settled((held) => {
    const factors = held.map((pair) => {
      const ratios = untouched(pair).map(([from, to]) => to / from);
      const factor = mean(ratios);
      expect(Math.max(...ratios.map((ratio) => Math.abs(ratio - factor)))).toBeLessThan(0.05);
      return factor;
    });
    expect(Math.max(...factors) - Math.min(...factors)).toBeGreaterThan(0.2);
    for (const factor of factors) expect(Math.abs(factor - 1)).toBeLessThan(0.53);
  });
  await playground.set("augmentation.brightness", "0");

  await playground.set("augmentation.contrast", "0.5");
  await settled((held) => {
    // All values of a picture move away from its mean grey, or towards it, by one factor.
    for (const pair of held) {
      const middle = mean(pair.before.map(grey));
      const factors = untouched(pair)
        .filter(([from]) => Math.abs(from - middle) > 25)
        .map(([from, to]) => (to - middle) / (from - middle));
      const factor = mean(factors);
      expect(Math.max(...factors.map((each) => Math.abs(each - factor)))).toBeLessThan(0.08);
      expect(Math.abs(factor - 1)).toBeLessThan(0.55);
    }
    expect(mean(held.map(({ before, after }) => distance(before, after)))).toBeGreaterThan(3);
  });
  await playground.set("augmentation.contrast", "0");

  await playground.set("augmentation.saturation", "1");
  await settled((held) => {
    const inside = held.flatMap(({ before, after }) =>
      before.flatMap((pixel, at) =>
        after[at]?.every((value) => value > 5 && value < 250)
          ? [Math.abs(grey(pixel) - grey(after[at] as Picture[number]))]
          : [],
      ),
    );
    expect(Math.max(...inside)).toBeLessThan(2);
    expect(mean(held.map(({ before, after }) => distance(before, after)))).toBeGreaterThan(3);
  });
  await playground.set("augmentation.saturation", "0");

  await playground.set("augmentation.erasing", "1");
  await settled((held) => {
    for (const { before, after } of held) {
      const places = after.flatMap((pixel, at) =>
        isBlack(pixel) && !isBlack(before[at]) ? [at] : [],
      );
      const [xs, ys] = [places.map((at) => at % side), places.map((at) => Math.floor(at / side))];
      const [width, height] = [
        Math.max(...xs) - Math.min(...xs) + 1,
        Math.max(...ys) - Math.min(...ys) + 1,
      ];
      expect(places.length).toBeGreaterThan(0.9 * width * height);
      expect(places.length / side ** 2).toBeLessThan(0.36);
      const kept = after.filter((_, at) => !places.includes(at));
      const were = before.filter((_, at) => !places.includes(at));
      expect(distance(were, kept)).toBeLessThan(1);
    }
  });
  playground.expectNoErrors();
});

test("mixup, input noise and input dropout show on the pictures too", async ({ page }) => {
  const playground = new Playground(page);
  await playground.open(`${shapes};mixup=1`);
  await playground.tab("augmented").click();
  const list = page.getByTestId("augmented");
  await expect(list.locator("li").first()).toHaveText(/\d+ % \S.*, \d+ % \S/);
  await playground.set("augmentation.mixup", "0");
  await playground.set("regularization.dropoutInput", "0.5");
  const changed = async () => {
    const held = await pairs(page);
    return mean(
      held.map(({ before, after }) =>
        mean(before.map((pixel, at) => (isBlack(after[at]) && !isBlack(pixel) ? 1 : 0))),
      ),
    );
  };
  // All three colours of a pixel are silenced together in an eighth of the cases.
  await expect.poll(changed).toBeGreaterThan(0.08);
  expect(await changed()).toBeLessThan(0.18);
  await expect(list.locator("li").first()).not.toHaveText(/%/);
  await playground.set("regularization.dropoutInput", "0");
  await page.getByText(/^More: .*noise on inputs/).click();
  await playground.set("regularization.inputNoise", "0.2");
  await expect
    .poll(async () => {
      const held = await pairs(page);
      return mean(held.map(({ before, after }) => distance(before, after)));
    })
    .toBeGreaterThan(20);
  await playground.set("regularization.inputNoise", "0");
  await expect(playground.tab("augmented")).toHaveCount(0);
  playground.expectNoErrors();
});
