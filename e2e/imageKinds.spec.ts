// Image files of all kinds on their way into classes: upright, on the right ground, told apart, or refused with a reason; and browsers that falsify canvases.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import type { Album } from "../src/data/album/album";
import { readAlbum } from "../src/data/album/container";
import { upright } from "../src/data/album/exif";
import {
  heic,
  hollowJpeg,
  jpeg,
  makeGif,
  makePng,
  makeZip,
  squarePng,
  svg,
  turnedJpeg,
  words,
} from "../src/data/album/madeImages";
import { Playground } from "./playground";

const link =
  "v=1;data=ownPictures;wrong=0;side=16;family=cnn;blocks=4;head=mean;hidden=none;batch=8;epochs=2";
const shared = join(import.meta.dirname, "../../shared/cases/pictures");

const upload = (name: string, bytes: Uint8Array) => ({
  name,
  mimeType: "",
  buffer: Buffer.from(bytes),
});

async function begin(page: Page): Promise<Playground> {
  const playground = new Playground(page);
  await page.addInitScript(() => {
    localStorage.setItem("regularization-playground.backend", "wasm");
    localStorage.setItem("regularization-playground.speed", "full");
  });
  await page.goto(`./#${link}`);
  await expect(page.getByTestId("pictures-message")).toContainText("No images yet.");
  return playground;
}

const add = (page: Page, files: ReturnType<typeof upload>[], kind = 1) =>
  page.getByLabel(`Image files for class ${kind}`).setInputFiles(files);

/** What the page keeps, through the file that it saves. */
async function kept(page: Page): Promise<Album> {
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  const bytes = readFileSync(await (await saved).path());
  const stream = new Blob([bytes]).stream();
  return readAlbum({ name: "pictures.album.gz", stream, size: bytes.length });
}

/** Mean colour of a square part of a kept image. */
function colourAt(pixels: Uint8Array, left: number, top: number, side = 4): number[] {
  return [0, 1, 2].map((channel) => {
    let sum = 0;
    for (let y = top; y < top + side; y++)
      for (let x = left; x < left + side; x++) sum += pixels[3 * (64 * y + x) + channel] as number;
    return Math.round(sum / side ** 2);
  });
}

const ring = (values: readonly number[], none: readonly number[]) => (x: number, y: number) =>
  (x - 10) ** 2 + (y - 10) ** 2 < 40 ? values : none;

test("every kind of image is read as it is meant, or named with its reason", async ({ page }) => {
  const playground = await begin(page);
  const turned = [1, 2, 3, 4, 5, 6, 7, 8].map((value) =>
    upload(`${value}.jpg`, turnedJpeg(value, value % 2 === 0)),
  );
  const form = { width: 20, height: 20 };
  const read = [
    upload("a-white.png", makePng({ ...form, type: 6 }, ring([255, 255, 255, 255], [0, 0, 0, 0]))),
    upload("b-black.png", makePng({ ...form, type: 6 }, ring([0, 0, 0, 255], [0, 0, 0, 0]))),
    upload("c-16bit.png", makePng({ ...form, depth: 16 }, ring([50000, 0, 0], [257, 257, 257]))),
    upload("d-1bit.png", makePng({ ...form, type: 0, depth: 1 }, ring([1], [0]))),
    upload(
      "e-palette.jpg",
      makePng({ ...form, type: 3, depth: 4, palette: [0, 0, 0, 0, 0, 200] }, ring([1], [0])),
    ),
    upload(
      "f-interlaced.png",
      makePng({ ...form, interlaced: true }, ring([0, 200, 0], [0, 0, 0])),
    ),
    upload("g-blank-first.gif", makeGif(20, [0, [2, 3]])),
    upload("h.svg", svg),
  ];
  const refused = [
    upload("cut.jpg", jpeg.subarray(0, 300)),
    upload("hollow.jpg", hollowJpeg()),
    upload("empty.jpg", new Uint8Array(0)),
    upload("text.png", words("not a picture\n")),
    upload("IMG_1.jpg", heic),
    upload("IMG_2.heic", heic),
    upload(
      "one.png",
      makePng({ width: 1, height: 1 }, () => [1, 2, 3]),
    ),
    upload(
      "bomb.png",
      makePng({ width: 9, height: 9, claims: [60000, 60000] }, () => [1, 2, 3]),
    ),
    upload(
      "clear.png",
      makePng({ ...form, type: 6 }, () => [9, 9, 9, 0]),
    ),
    upload("blank.gif", makeGif(20, [0, 0])),
  ];
  await add(page, [...turned, ...read, ...refused]);
  await expect(page.getByText("10 files were left out, 16 taken")).toBeVisible();
  const list = page.getByTestId("refused");
  await expect(list.getByText(/^cut\.jpg is cut off/)).toBeVisible();
  await expect(list.getByText(/^hollow\.jpg lacks part of its pixels/)).toBeVisible();
  await expect(list.getByText(/^empty\.jpg is empty/)).toBeVisible();
  await expect(list.getByText(/^text\.png is a text file, not an image/)).toBeVisible();
  await expect(list.getByText(/^2 HEIC images *\. .*Most Compatible/)).toBeVisible();
  await expect(list.getByText("IMG_1.jpg, IMG_2.heic")).toBeVisible();
  await expect(list.getByText(/^one\.png is 1×1 pixels/)).toBeVisible();
  await expect(list.getByText(/^bomb\.png is 60000×60000 pixels/)).toBeVisible();
  await expect(list.getByText(/^clear\.png is fully transparent/)).toBeVisible();
  await expect(list.getByText(/^blank\.gif is an animation whose first frame/)).toBeVisible();
  const remarks = page.getByTestId("image-remarks");
  await expect(remarks).toContainText(
    "a-white.png: a light drawing on a transparent background, laid on black",
  );
  await expect(remarks).toContainText(
    "b-black.png and h.svg: transparent background, laid on white",
  );
  await expect(remarks).toContainText("g-blank-first.gif: the first frame is blank");
  await expect(remarks).toContainText("e-palette.jpg: PNG by its content");
  await expect(remarks).toContainText("scaled to 16×16; yours are 10×10 to 24×40");

  const images = (await kept(page))[0]?.pictures.map(({ pixels }) => pixels) ?? [];
  const stored = images[0] as Uint8Array;
  for (let value = 2; value <= 8; value++) {
    expect(images[value - 1], `orientation ${value}`).toEqual(upright(stored, 64, value));
  }
  const colours = images
    .slice(8)
    .map((pixels) => [colourAt(pixels, 30, 30), colourAt(pixels, 0, 0)]);
  expect(colours.slice(0, 6)).toEqual([
    [
      [255, 255, 255],
      [0, 0, 0],
    ],
    [
      [0, 0, 0],
      [255, 255, 255],
    ],
    [
      [195, 0, 0],
      [1, 1, 1],
    ],
    [
      [255, 255, 255],
      [0, 0, 0],
    ],
    [
      [0, 0, 200],
      [0, 0, 0],
    ],
    [
      [0, 200, 0],
      [0, 0, 0],
    ],
  ]);
  expect(colourAt(images[14] as Uint8Array, 20, 4)).toEqual([200, 0, 0]);
  expect(colourAt(images[15] as Uint8Array, 30, 30)).toEqual([0, 128, 128]);
  playground.expectNoErrors();
});

// The given files lie beside the repository, or are not there.
if (existsSync(shared)) {
  test("the given files: a turned photograph stands upright, CMYK has the colours of RGB", async ({
    page,
  }) => {
    await begin(page);
    const names = [
      "base.jpg",
      "01-exif-orientation-6.jpg",
      "02-cmyk.jpg",
      "08b-progressive.jpg",
      "15-data-behind-the-end.jpg",
    ];
    const files = names.filter((name) => existsSync(join(shared, name)));
    await add(
      page,
      files.map((name) =>
        upload(`${files.indexOf(name)} ${name}`, readFileSync(join(shared, name))),
      ),
    );
    await expect(page.getByTestId("pictures-message")).toContainText(
      `"class 1" has ${files.length} image`,
    );
    const images = (await kept(page))[0]?.pictures.map(({ pixels }) => pixels) ?? [];
    const base = images[0] as Uint8Array;
    images.forEach((pixels, at) => {
      const off = pixels.reduce((sum, value, k) => sum + Math.abs(value - (base[k] as number)), 0);
      // Another decoding of the same photograph; a turned one shows another middle square of the same scene.
      if (files[at] !== "01-exif-orientation-6.jpg")
        expect(off / pixels.length, files[at]).toBeLessThan(14);
    });
    for (const name of readdirSync(shared).filter((found) =>
      /^(08-|08c|09|13|14|12-|12b|12c)/.test(found),
    )) {
      await add(page, [upload(name, readFileSync(join(shared, name)))]);
      await expect(page.getByTestId("refused")).toContainText(name);
    }
  });
}

const folder = (names: readonly string[]) =>
  Object.fromEntries(
    names.flatMap((name, kind) =>
      [1, 2, 3, 4, 5, 6].map((place) => [
        `pets/${name}/${place}.png`,
        squarePng(kind === 0 ? [200, 0, 0] : [0, 0, 200], place),
      ]),
    ),
  );

/** What protection against fingerprinting does to canvases; see the probes of such browsers. */
const falsify = (strong: boolean) => {
  const read = CanvasRenderingContext2D.prototype.getImageData;
  CanvasRenderingContext2D.prototype.getImageData = function (...place) {
    const image = read.apply(this, place);
    for (let at = 0; at < image.data.length; at++) {
      if (strong) image.data[at] = 255;
      else if (Math.random() < 0.02 && at % 4 !== 3)
        image.data[at] = (image.data[at] as number) ^ 1;
    }
    return image;
  };
};

test("a zip archive brings its classes; the check sum is that of the files, also where canvases are falsified", async ({
  browser,
}) => {
  const archive = makeZip({
    ...folder(["cats", "dogs"]),
    "pets/cats/copy.png": squarePng([200, 0, 0], 1),
    "pets/.DS_Store": words("x"),
    "__MACOSX/pets/cats/._1.png": words("x"),
    "pets/dogs/notes.txt": words("about dogs"),
  });
  const addresses: string[] = [];
  for (const noisy of [false, true]) {
    const page = await browser.newPage();
    if (noisy) await page.addInitScript(falsify, false);
    const playground = await begin(page);
    const load = page.getByLabel("Zip archive or saved .album file");
    await load.setInputFiles([upload("pets.zip", archive)]);
    await expect(page.getByTestId("pictures-message")).toContainText("13 images: ");
    await expect(page.getByLabel("Name of class 1")).toHaveValue("cats");
    await expect(page.getByTestId("refused")).toHaveText(
      /^pets\/pets\/dogs\/notes\.txt is a text file.*Leave it out\.$/,
    );
    const remarks = page.getByTestId("image-remarks");
    await expect(remarks).toContainText("1 image of 13 is a copy of another (12 different)");
    if (noisy) await expect(remarks).toContainText("This browser changes a few pixels");
    await expect(page).toHaveURL(/album=/);
    await playground.ready();
    await playground.trainToEnd();
    addresses.push(/album=[^;]+/.exec(page.url())?.[0] ?? "");
    playground.expectNoErrors();
    await page.close();
  }
  expect(addresses[0]).toMatch(/album=\d/);
  expect(addresses[1]).toBe(addresses[0]);

  const page = await browser.newPage();
  await page.addInitScript(falsify, true);
  await begin(page);
  await add(page, [upload("1.png", squarePng([200, 0, 0], 1))]);
  await expect(page.getByRole("alert").first()).toContainText("does not let the page see images");
  await expect(page.getByTestId("pictures-message")).toContainText("No images yet.");
  await page.close();
});
