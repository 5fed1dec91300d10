// Sizes of pictures by their first bytes: five formats, several kinds of each, and files that end or lie.
import { assert, property, uint8Array } from "fast-check";
import { expect, test } from "vitest";
import { pictureHeader } from "./header";

const bytes = (...parts: readonly (string | readonly number[])[]) => {
  const all = parts.flatMap((part) =>
    typeof part === "string" ? [...part].map((letter) => letter.charCodeAt(0)) : [...part],
  );
  return Uint8Array.from([...all, ...new Array(40).fill(0)]);
};
const segment = (marker: number, length: number) => [
  0xff,
  marker,
  length >> 8,
  length & 255,
  ...new Array(length - 2).fill(0x55),
];
const frame = (marker: number) => [0xff, marker, 0, 17, 8, 0x20, 0x01, 0x03, 0x05];

test.each([
  [
    "PNG",
    bytes("\u0089PNG\r\n\u001a\n", [0, 0, 0, 13], "IHDR", [0, 1, 0, 2, 0, 0, 3, 4]),
    65538,
    772,
  ],
  ["GIF", bytes("GIF89a", [0x02, 0x01, 0x03, 0x00]), 258, 3],
  ["BMP", bytes("BM", new Array(16).fill(1), [9, 1, 0, 0, 0xfe, 0xff, 0xff, 0xff]), 265, 2],
  ["JPEG", bytes([0xff, 0xd8], segment(0xe0, 16), segment(0xe1, 5000), frame(0xc0)), 773, 8193],
  ["JPEG", bytes([0xff, 0xd8], segment(0xc4, 9), [0xff], frame(0xc2)), 773, 8193],
  ["WebP", bytes("RIFF", [0, 0, 0, 0], "WEBPVP8 ", new Array(10).fill(7), [4, 0x41, 5, 0]), 260, 5],
  ["WebP", bytes("RIFF", [0, 0, 0, 0], "WEBPVP8L", [0, 0, 0, 0, 0x2f, 0xff, 0x41, 2, 0]), 512, 10],
  [
    "WebP",
    bytes("RIFF", [0, 0, 0, 0], "WEBPVP8X", new Array(8).fill(0), [1, 0, 1, 2, 0, 0]),
    65538,
    3,
  ],
] as const)("%s", (format, content, width, height) => {
  expect(pictureHeader(content)).toEqual({ format, width, height });
});

test("what is no picture, or ends before its size, has none", () => {
  for (const content of [
    new Uint8Array(0),
    bytes("hello"),
    bytes("\u0089PNG\r\n\u001a\n", [0, 0, 0, 13], "JUNK"),
    bytes([0xff, 0xd8], segment(0xe0, 16), [0xff, 0xda]),
    bytes([0xff, 0xd8], [0xff, 0xe1, 0xff, 0xff]),
    bytes("RIFF", [0, 0, 0, 0], "WEBPJUNK"),
  ]) {
    expect(pictureHeader(content)).toBeNull();
  }
  assert(
    property(uint8Array({ maxLength: 200 }), (content) => {
      pictureHeader(Uint8Array.from([0xff, 0xd8, ...content]));
      pictureHeader(content);
    }),
  );
});
