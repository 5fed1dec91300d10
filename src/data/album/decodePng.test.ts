// PNG of every kind without a browser: depths, palettes, interlacing, transparency; and what squares are made of them.
import { expect, test } from "vitest";
import { keptSide } from "./album";
import { decodePng } from "./decodePng";
import { makePng } from "./madeImages";
import { groundFor, middleSquare, onlyColour, squareFrom } from "./square";

const size = { width: 13, height: 9 };
const pixels = (bytes: Uint8Array) => decodePng(bytes)?.pixels ?? new Uint8Array(0);
const at = (bytes: Uint8Array, x: number, y: number) => [
  ...pixels(bytes).subarray(4 * (13 * y + x), 4 * (13 * y + x) + 4),
];

test.each([
  [1, 0, [1], [255, 255, 255, 255]],
  [2, 0, [2], [170, 170, 170, 255]],
  [4, 0, [10], [170, 170, 170, 255]],
  [8, 0, [77], [77, 77, 77, 255]],
  [16, 0, [0x4d4d], [77, 77, 77, 255]],
  [8, 2, [10, 20, 30], [10, 20, 30, 255]],
  [16, 2, [0x0a0a, 0x1414, 0x1e1e], [10, 20, 30, 255]],
  [8, 4, [50, 128], [50, 50, 50, 128]],
  [16, 4, [0x3232, 0x8080], [50, 50, 50, 128]],
  [8, 6, [1, 2, 3, 4], [1, 2, 3, 4]],
  [16, 6, [0x0101, 0x0202, 0x0303, 0x0404], [1, 2, 3, 4]],
  [4, 3, [2], [7, 8, 9, 100]],
] as const)("depth %i, colour type %i, plain and interlaced", (depth, type, values, expected) => {
  const palette = type === 3 ? [1, 1, 1, 2, 2, 2, 7, 8, 9] : undefined;
  const clear = type === 3 ? [255, 255, 100] : undefined;
  const none = values.map(() => 0);
  for (const interlaced of [false, true]) {
    const form = {
      ...size,
      depth,
      type,
      interlaced,
      ...(palette && { palette }),
      ...(clear && { clear }),
    };
    const bytes = makePng(form, (x, y) => ((x + y) % 3 === 0 ? values : none));
    expect(at(bytes, 12, 6)).toEqual(expected);
    expect(at(bytes, 0, 0)).toEqual(expected);
    expect(at(bytes, 1, 0)).not.toEqual(expected);
  }
});

test("one colour may be called transparent", () => {
  const bytes = makePng({ ...size, clear: [0, 9, 0, 9, 0, 9] }, (x) =>
    x < 4 ? [9, 9, 9] : [9, 9, 8],
  );
  expect([at(bytes, 0, 0)[3], at(bytes, 5, 0)[3]]).toEqual([0, 255]);
});

test("a drawing on a transparent background is laid where it shows; one that is nowhere is none", () => {
  const drawing = (shade: number, opacity = 255) =>
    pixels(
      makePng({ width: 16, height: 16, type: 6 }, (x, y) =>
        x > 4 && y > 4 ? [shade, shade, shade, opacity] : [0, 0, 0, 0],
      ),
    );
  const grounds = [0, 100, 200, 255].map((shade) => groundFor(drawing(shade)));
  expect(grounds).toEqual(["white", "white", "black", "black"]);
  for (const shade of [0, 100, 200, 255]) {
    expect(onlyColour(squareFrom(drawing(shade), 16, 1)?.pixels as Uint8Array)).toBeNull();
  }
  expect(groundFor(drawing(0, 0))).toBe("nothing");
  expect(squareFrom(drawing(0, 0), 16, 1)).toBeNull();
  const opaque = pixels(makePng(size, () => [1, 2, 3]));
  expect(groundFor(opaque)).toBeNull();
});

test("one colour is named, a last bit that differs counts for nothing", () => {
  const flat = (...colour: number[]) =>
    Uint8Array.from(
      { length: keptSide * keptSide * 3 },
      (_, k) => (colour[k % 3] as number) ^ Number(k % 7 === 0),
    );
  expect(onlyColour(flat(254, 254, 254))).toBe("white");
  expect(onlyColour(flat(2, 2, 2))).toBe("black");
  expect(onlyColour(flat(200, 16, 16))).toBe("#c81010");
  const other = flat(200, 16, 16);
  other[100] = 90;
  expect(onlyColour(other)).toBeNull();
});

test("the middle square", () => {
  expect(middleSquare(30, 20)).toEqual({ left: 5, top: 0, side: 20 });
  expect(middleSquare(7, 12)).toEqual({ left: 0, top: 2, side: 7 });
});
