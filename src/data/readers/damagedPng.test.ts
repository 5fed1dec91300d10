// Damaged sprites: each is refused before a pixel too many is unpacked.
import { deflateSync } from "node:zlib";
import { concatenate, gzip } from "../testing";
import { type Case, changed, cut, noise, refusesAll, zeros } from "./damaged";
import { readPng } from "./png";
import { type PngChanges, pngChunk, pngFile, pngHeader, pngSignature } from "./testing";

/** Two rows of three colour pixels. */
const colours: Uint8Array = Uint8Array.from({ length: 18 }, (_, i) => i * 9);
const png = (changes: PngChanges = {}, pixels = colours, values = 3) =>
  pngFile(pixels, 3, values, changes);
const packedRows = (rows: number) => new Uint8Array(deflateSync(zeros(rows * 10)));
const endMark = pngChunk("IEND", zeros(0));

const sprites: readonly Case[] = [
  ["is empty", () => zeros(0), /byte 0: expected the signature of a PNG file/],
  [
    "is a JPEG",
    () => concatenate(Uint8Array.of(0xff, 0xd8, 0xff, 0xe0), zeros(20)),
    /byte 0: expected 89 of the signature.*found ff/,
  ],
  [
    "was changed by a transfer in text mode",
    () => changed(png(), 4, 0x0a),
    /byte 4: expected 0d .*found 0a/,
  ],
  [
    "begins with another chunk",
    () => concatenate(pngSignature, pngChunk("tEXt", zeros(13))),
    /byte 8: expected chunk IHDR of 13 bytes, found tEXt of 13/,
  ],
  ["has another width", () => png({ width: 4 }), /byte 16: expected a width of 3, found 4/],
  [
    "has another height",
    () => png({ height: 70_000 }),
    /byte 20: expected a height \(one row per label\) of 2, found 70000/,
  ],
  ["claims 2 GB", () => png({ height: 2 ** 31 - 1 }), /byte 20: .*found 2147483647/],
  ["has 16 bits", () => png({ bits: 16 }), /byte 24: expected bits per value: 8, found 16/],
  [
    "has an unknown colour type",
    () => png({ type: 5 }),
    /byte 25: expected colour type 0, 2, 3, 4 or 6, found 5/,
  ],
  [
    "is grey",
    () => png({}, colours.subarray(0, 6), 1),
    /byte 25: expected a colour picture .*found grey/,
  ],
  ["is interlaced", () => png({ interlace: 1 }), /byte 28: .*interlace method 0, found 1/],
  [
    "has a damaged header",
    () => changed(png(), 30),
    /byte 29: expected check sum [0-9a-f]{8} of chunk IHDR/,
  ],
  [
    "has a chunk of 2 GB",
    () =>
      concatenate(
        pngSignature,
        pngHeader(3, 2, { type: 2 }),
        pngChunk("IDAT", zeros(9), 2 ** 31 - 1),
      ),
    /byte 33: expected the length of chunk IDAT within the file, found 2147483647/,
  ],
  [
    "has a chunk without a name",
    () => concatenate(pngSignature, pngHeader(3, 2, { type: 2 }), zeros(40)),
    /byte 37: expected four letters that name a chunk/,
  ],
  [
    "has no pixels",
    () => concatenate(pngSignature, pngHeader(3, 2, { type: 2 }), endMark),
    /byte 33: expected chunk IDAT with pixels, found chunk IEND/,
  ],
  [
    "has a row too few",
    () => png({ packed: packedRows(1) }),
    /expected 2 rows of pixels, found an end in row 1/,
  ],
  [
    "has a row too many",
    () => png({ packed: packedRows(3) }),
    /expected the end of the pixels after 2 rows, found more/,
  ],
  [
    "is a zlib bomb",
    () => png({ packed: packedRows(4e6) }),
    /expected the end of the pixels after 2 rows/,
  ],
  [
    "has an unknown filter",
    () => png({ packed: new Uint8Array(deflateSync(changed(zeros(20), 10, 9))) }),
    /expected a filter from 0 to 4 for row 1, found 9/,
  ],
  [
    "has damaged pixels",
    () => png({ packed: noise }),
    /expected sound pixels in row 0, found damaged/,
  ],
  [
    "has a wrong zlib check sum",
    () => png({ packed: changed(packedRows(2), -1) }),
    /damaged or cut-off zlib data/,
  ],
  [
    "has pixels with a wrong chunk check sum",
    () => changed(png(), -15),
    /expected check sum [0-9a-f]{8} of chunk IDAT/,
  ],
  [
    "ends in its pixels",
    () => cut(png(), 45),
    /byte 33: expected the length of chunk IDAT within the file/,
  ],
  [
    "ends in its pixels, packed",
    () => gzip(cut(png(), 45)),
    /byte 45 of the unpacked content: expected chunk IDAT/,
  ],
  [
    "ends behind its pixels",
    () => png({ after: [] }),
    /expected length and type of the next chunk/,
  ],
  [
    "has something behind its end",
    () => concatenate(png(), zeros(3)),
    /expected the end of the file after IEND, found more/,
  ],
  [
    "is transparent",
    () => png({}, changed(zeros(24).fill(255), 19, 128), 4),
    /expected an opaque pixel \(alpha 255\) 1 in row 1, found alpha 128/,
  ],
  ["has no palette", () => png({ type: 3 }, zeros(6), 1), /expected a palette .* found none/],
  [
    "names a colour that the palette lacks",
    () =>
      png({ type: 3, before: [pngChunk("PLTE", zeros(6))] }, Uint8Array.of(0, 1, 0, 0, 0, 2), 1),
    /expected a colour of the palette below 2 in row 1, found 2/,
  ],
  [
    "has a palette that is too long",
    () => png({ type: 3, before: [pngChunk("PLTE", zeros(3000))] }, zeros(6), 1),
    /at most 1024 bytes in chunk PLTE, found 3000/,
  ],
];

refusesAll(
  "large.png",
  [
    [
      "claims 70,000 rows in 80 bytes",
      () =>
        concatenate(
          pngSignature,
          pngHeader(3072, 70_000),
          pngChunk("IDAT", noise.subarray(0, 20)),
          endMark,
        ),
      /byte 41: expected 70000 rows of 3072 pixels, found a file too short for them/,
    ],
  ],
  (file) => readPng(file, { width: 3072, height: 70_000, channels: 1 }),
);
refusesAll("images.png", sprites, (file) => readPng(file, { width: 3, height: 2, channels: 3 }));
