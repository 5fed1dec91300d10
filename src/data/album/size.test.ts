// Kinds and sizes of images by their bytes: many formats, several kinds of each, and files that end or lie.
import { expect, test } from "vitest";
import { type FormatName, formatOf } from "./format";
import { imageSize } from "./size";

const bytes = (...parts: readonly (string | readonly number[])[]) => {
  const all = parts.flatMap((part) =>
    typeof part === "string" ? [...part].map((letter) => letter.charCodeAt(0)) : [...part],
  );
  return Uint8Array.from([...all, ...new Array(40).fill(0)]);
};
const text = (content: string) => new TextEncoder().encode(content);
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
    "png",
    bytes("\u0089PNG\r\n\u001a\n", [0, 0, 0, 13], "IHDR", [0, 1, 0, 2, 0, 0, 3, 4]),
    65538,
    772,
  ],
  ["gif", bytes("GIF89a", [0x02, 0x01, 0x03, 0x00]), 258, 3],
  [
    "bmp",
    bytes("BM", new Array(12).fill(1), [40, 0, 0, 0], [9, 1, 0, 0, 0xfe, 0xff, 0xff, 0xff]),
    265,
    2,
  ],
  ["jpeg", bytes([0xff, 0xd8], segment(0xe0, 16), segment(0xe1, 5000), frame(0xc0)), 773, 8193],
  ["jpeg", bytes([0xff, 0xd8], segment(0xc4, 9), [0xff], frame(0xc2)), 773, 8193],
  ["webp", bytes("RIFF", [0, 0, 0, 0], "WEBPVP8 ", new Array(10).fill(7), [4, 0x41, 5, 0]), 260, 5],
  ["webp", bytes("RIFF", [0, 0, 0, 0], "WEBPVP8L", [0, 0, 0, 0, 0x2f, 0xff, 0x41, 2, 0]), 512, 10],
  [
    "webp",
    bytes("RIFF", [0, 0, 0, 0], "WEBPVP8X", new Array(8).fill(0), [1, 0, 1, 2, 0, 0]),
    65538,
    3,
  ],
  [
    "avif",
    bytes(
      [0, 0, 0, 24],
      "ftypavif",
      [0, 0, 0, 0],
      "mif1avif",
      new Array(20).fill(0),
      "ispe",
      [0, 0, 0, 0],
      [0, 0, 1, 0],
      [0, 0, 0, 5],
    ),
    256,
    5,
  ],
  [
    "heic",
    bytes(
      [0, 0, 0, 24],
      "ftypheic",
      [0, 0, 0, 0],
      "mif1heic",
      "ispe",
      [0, 0, 0, 0],
      [0, 0, 15, 192, 0, 0, 11, 208],
    ),
    4032,
    3024,
  ],
  [
    "tiff",
    bytes(
      "II*\0",
      [8, 0, 0, 0, 2, 0, 0, 1, 3, 0, 1, 0, 0, 0, 7, 1, 0, 0, 1, 1, 4, 0, 1, 0, 0, 0, 9, 0, 0, 0],
    ),
    263,
    9,
  ],
  ["ico", bytes([0, 0, 1, 0, 2, 0, 16, 16], new Array(14).fill(0), [0, 0]), 256, 256],
  ["svg", text("<?xml version='1.0'?><!-- a --><svg width='30px' height=\"20\">"), 30, 20],
  ["svg", text('<svg:svg viewBox="0 0 40,80" width="20">'), 20, 40],
  ["svg", text('<!DOCTYPE svg PUBLIC "a" "b">\n<svg width="100%" viewBox="1 1 8 9"/>'), 8, 9],
] as const)("%s", (format, content, width, height) => {
  expect(formatOf(content)).toBe(format);
  expect(imageSize(content, format)).toEqual({ width, height });
});

test.each<[FormatName, Uint8Array, string?]>([
  ["heic", bytes([0, 0, 0, 16], "ftypmif1", [0, 0, 0, 0])],
  ["avif", bytes([0, 0, 0, 24], "ftypmif1", [0, 0, 0, 0], "mif1avif")],
  ["video", bytes([0, 0, 0, 16], "ftypqt  ", [0, 0, 0, 0])],
  ["raw", bytes([0, 0, 0, 16], "ftypcrx ", [0, 0, 0, 0])],
  ["raw", bytes("II*\0", [16, 0, 0, 0], "CR\u0002")],
  ["raw", bytes("MM\0*"), "photo.NEF"],
  ["tiff", bytes("MM\0*"), "scan.tif"],
  ["psd", bytes("8BPS")],
  ["pdf", bytes("%PDF-1.7")],
  ["jxl", bytes([0xff, 0x0a])],
  ["zip", bytes("PK\u0003\u0004")],
  ["gzip", bytes([0x1f, 0x8b])],
  ["archive", bytes("Rar!\u001a\u0007")],
  ["html", text("<!DOCTYPE html><html>")],
  ["html", text("\n<html lang='en'><svg>")],
  ["text", text("not a picture")],
  ["text", text("BMI,age\n22,40\n")],
  ["text", text("grüße\n")],
  ["text", Uint8Array.from([0xff, 0xfe, 0x61, 0, 0x62, 0])],
  ["unknown", Uint8Array.from([1, 2, 3, 0, 0, 200])],
])("%s is told by its bytes", (format, content, name) => {
  expect(formatOf(content, name)).toBe(format);
});

test("a header that ends before its size has none", () => {
  for (const content of [
    bytes("\u0089PNG\r\n\u001a\n", [0, 0, 0, 13], "JUNK"),
    bytes([0xff, 0xd8], segment(0xe0, 16), [0xff, 0xda]),
    bytes([0xff, 0xd8], [0xff, 0xe1, 0xff, 0xff]),
    bytes("RIFF", [0, 0, 0, 0], "WEBPJUNK"),
    Uint8Array.from([0x47, 0x49, 0x46, 0x38, 0x39, 0x61, 1]),
  ]) {
    expect(imageSize(content, formatOf(content))).toBeNull();
  }
});
