// Which image files are taken and which refused, by their bytes alone: cut, damaged, empty, foreign, too small, too large.
import { assert, constantFrom, integer, property, uint8Array } from "fast-check";
import { expect, test } from "vitest";
import { decodePng } from "./decodePng";
import { orientationOf, upright, withoutOrientation } from "./exif";
import { formatOf } from "./format";
import { hasAllBlocks } from "./jpegScan";
import { judgeFile, judgeHeader, pixelsRefusal, refusalText } from "./judge";
import {
  heic,
  hollowJpeg,
  joinBytes,
  jpeg,
  makeGif,
  makePng,
  squarePng,
  svg,
  turnedJpeg,
  words,
} from "./madeImages";
import { imageSize } from "./size";
import { damageOf, isAnimated } from "./whole";

const png = squarePng([200, 30, 30], 3);
const gif = makeGif(12, [0, [1, 2]]);
const bmp = joinBytes(
  words("BM"),
  Uint8Array.of(
    0x36,
    3,
    0,
    0,
    0,
    0,
    0,
    0,
    54,
    0,
    0,
    0,
    40,
    0,
    0,
    0,
    16,
    0,
    0,
    0,
    16,
    0,
    0,
    0,
    1,
    0,
    24,
    0,
  ),
  new Uint8Array(24 + 768),
);
const webp = joinBytes(
  words("RIFF"),
  Uint8Array.of(30, 0, 0, 0),
  words("WEBPVP8 "),
  new Uint8Array(10).fill(7),
  Uint8Array.of(16, 0, 16, 0),
  new Uint8Array(8),
);
const refusal = (bytes: Uint8Array, name = "") => {
  const judged = judgeFile(bytes, name);
  return judged.refusal ? refusalText(judged.refusal) : null;
};

test.each([
  ["PNG", png],
  ["JPEG", jpeg],
  ["GIF", gif],
  ["GIF without its end mark", gif.subarray(0, -1)],
  ["BMP", bmp],
  ["WebP", webp],
  ["SVG", svg],
  ["JPEG with data behind its end", joinBytes(jpeg, new Uint8Array(3000).fill(65))],
  ["PNG with data behind its end", joinBytes(png, words("more"))],
])("%s is taken", (_, bytes) => {
  expect(refusal(bytes)).toBeNull();
  expect(pixelsRefusal(bytes, formatOf(bytes))).toBeNull();
});

test("every beginning of an image is named as cut off, or as no image at all", () => {
  const whole = { png, jpeg, gif: makeGif(12, [1]), bmp, webp, svg } as const;
  assert(
    property(constantFrom(...Object.keys(whole)), integer({ min: 1, max: 10_000 }), (name, at) => {
      const bytes = whole[name as keyof typeof whole];
      const cut = bytes.subarray(0, at % (bytes.length - 1));
      expect(refusal(cut)).toMatch(
        /is cut off|is empty|is no image|is a text file|holds no|is damaged/,
      );
    }),
    { numRuns: 400 },
  );
  expect(refusal(jpeg.subarray(0, 300))).toMatch(
    /^is cut off: its 300 bytes end before.*grey area/,
  );
});

test("pixels that break off before an end mark are found by counting", () => {
  const hollow = hollowJpeg();
  expect(refusal(hollow)).toBeNull();
  expect(hasAllBlocks(jpeg)).toBe(true);
  expect(pixelsRefusal(hollow, "jpeg")?.why).toMatch(/lacks part of its pixels/);
  const short = makePng({ width: 20, height: 20, share: 0.6 }, (x, y) => [x, y, 9]);
  expect(refusal(short)).toBeNull();
  expect(pixelsRefusal(short, "png")?.why).toMatch(/lacks part of its pixels/);
  expect(decodePng(short)).toBeNull();
});

test.each([
  ["", new Uint8Array(0), /^is empty \(0 bytes\)/],
  ["14.png", words("not a picture\n"), /^is a text file, not an image/],
  [
    "page.jpg",
    words("<!doctype html><html>"),
    /^is a web page, not an image.*save the image itself/,
  ],
  ["IMG_1.jpg", heic, /^is a HEIC image\. iPhones .*Most Compatible.*export/],
  [
    "scan.tif",
    joinBytes(words("II*\0"), new Uint8Array(60)),
    /^is a TIFF image\. Export it as JPEG/,
  ],
  ["a.nef", joinBytes(words("II*\0"), new Uint8Array(60)), /^is a camera raw file, not an image/],
  [
    "a.psd",
    joinBytes(words("8BPS"), new Uint8Array(60)),
    /^is a Photoshop file.*Export it as JPEG/,
  ],
  ["a.pdf", words("%PDF-1.4 ……"), /^is a PDF file.*Export its pages/],
  [
    "a.mov",
    joinBytes(Uint8Array.of(0, 0, 0, 20), words("ftypqt  "), new Uint8Array(20)),
    /^is a video/,
  ],
  ["a.dat", Uint8Array.of(1, 2, 3, 0, 250, 250, 0), /^is no image of a known kind/],
  ["one.png", makePng({ width: 1, height: 1 }, () => [1, 2, 3]), /^is 1×1 pixels: at least 8×8/],
  [
    "thin.png",
    makePng({ width: 2, height: 300 }, () => [1, 2, 3]),
    /^is 2×300 pixels: at least 8×8/,
  ],
  ["long.png", makePng({ width: 900, height: 20 }, () => [1, 2, 3]), /keep only 2 % of it/],
  [
    "bomb.png",
    makePng({ width: 9, height: 9, claims: [60000, 50000] }, () => [1, 2, 3]),
    /3,000 megapixels\): at most 67 megapixels/,
  ],
  ["none.png", makePng({ width: 9, height: 9, claims: [0, 9] }, () => [1, 2, 3]), /^is damaged/],
])("%s is refused with its reason and what to do", (name, bytes, message) => {
  expect(refusal(bytes, name)).toMatch(message);
});

test("a file too heavy is refused by its length; a changed byte of the pixels by its check sum", () => {
  expect(judgeHeader(png, 30_000_001).refusal?.why).toBe("has 30.0 MB: at most 30 MB are read");
  const changed = png.slice();
  changed[50] = (changed[50] as number) ^ 4;
  expect(refusal(changed)).toMatch(/^is damaged/);
});

test("animations are told from single images", () => {
  expect([gif, makeGif(12, [1]), png].map((bytes) => isAnimated(bytes, formatOf(bytes)))).toEqual([
    true,
    false,
    false,
  ]);
});

test("EXIF orientation is read from either byte order, taken out, and undone on the pixels", () => {
  for (const little of [false, true]) {
    for (let value = 1; value <= 8; value++) {
      const bytes = turnedJpeg(value, little);
      expect(orientationOf(bytes, "jpeg")?.value).toBe(value);
      const plain = withoutOrientation(bytes, "jpeg");
      expect(orientationOf(plain, "jpeg")?.value).toBe(1);
      expect(refusal(plain)).toBeNull();
    }
  }
  expect(orientationOf(jpeg, "jpeg")).toBeNull();
  // What a stored square looks like, by row, where the upright one is 1 2 / 3 4.
  const stored = ["12 34", "21 43", "43 21", "34 12", "13 24", "24 13", "42 31", "31 42"];
  const turned = stored.map((text, place) => {
    const values = [...text.replace(" ", "")].flatMap((digit) => [Number(digit), 0, 0]);
    return [...upright(Uint8Array.from(values), 2, place + 1)]
      .filter((value) => value > 0)
      .join("");
  });
  expect(turned).toEqual(new Array(8).fill("1234"));
});

test("whatever bytes come, nothing fails or hangs", () => {
  const starts = [png, jpeg, gif, bmp, webp, svg, heic, turnedJpeg(6)];
  assert(
    property(
      constantFrom(...starts),
      uint8Array({ maxLength: 300 }),
      integer({ min: 0, max: 400 }),
      (start, noise, at) => {
        const bytes = start.slice(0, at + noise.length);
        bytes.set(noise.subarray(0, Math.max(0, bytes.length - at)), Math.min(at, bytes.length));
        for (const content of [bytes, noise, joinBytes(start.subarray(0, at), noise)]) {
          const { refusal: refused, format } = judgeFile(content, "x");
          imageSize(content, format);
          damageOf(content, format);
          orientationOf(content, format);
          withoutOrientation(content, format);
          if (!refused) pixelsRefusal(content, format);
          if (!refused && format === "png") decodePng(content);
        }
      },
    ),
    { numRuns: 500 },
  );
});
