// Damaged, cut-off and hostile album files: each is refused in words of its own, before anything is allocated for its claims.
import { assert, asyncProperty, integer } from "fast-check";
import { expect, test } from "vitest";
import { DataFileError } from "../errors";
import { changed, cut, refusesAll, text } from "../readers/damaged";
import { concatenate, gzip, watchedFile } from "../testing";
import { keptBytes } from "./album";
import { readAlbum } from "./container";
import { albumBytes, madeAlbum } from "./testing";

const sound = albumBytes(madeAlbum(2, 1));

/** An album whose header says what it is told to, with nothing behind it. */
function claiming(header: unknown): Uint8Array {
  const words = text(typeof header === "string" ? header : JSON.stringify(header));
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, words.length);
  return concatenate(text("RPALBUM1"), length, words);
}
const classes = (...list: unknown[]) => claiming({ side: 64, classes: list });
const headerEnd = sound.length - 3 * (4 + keptBytes) - 4;

refusesAll(
  "ours.album",
  [
    ["is empty", () => new Uint8Array(0), /byte 0: expected the beginning of an album .12 more/],
    ["is something else", () => text("PK\u0003\u0004 and so on"), /expected the letters RPALBUM2/],
    ["ends in the header", () => cut(sound, 20), /expected the header .* found the end/],
    [
      "claims a long header",
      () => changed(sound, 8, 0xff),
      /a header of 2 to 10000 bytes, found 4/,
    ],
    ["has no header in JSON", () => claiming("{side: 64"), /a header in JSON, found something/],
    [
      "has no header at all",
      () => claiming("null"),
      /expected pictures of side 64, found side und/,
    ],
    ["claims larger pictures", () => claiming({ side: 999 }), /side 64, found side 999/],
    ["has no classes", () => claiming({ side: 64 }), /1 to 10 classes, found no list/],
    ["has no class", () => classes(), /1 to 10 classes, found 0/],
    [
      "has eleven classes",
      () => classes(...Array.from({ length: 11 }, (_, i) => ({ name: `${i}`, pictures: 0 }))),
      /1 to 10 classes, found 11/,
    ],
    ["has a nameless class", () => classes({ pictures: 1 }), /a name of its own .* found none/],
    ["has null for a class", () => classes({ name: " a", pictures: 1 }), /found " a"/],
    [
      "has a name twice",
      () => classes({ name: "a", pictures: 1 }, { name: "A", pictures: 1 }),
      /for every class, found "A"/,
    ],
    [
      "claims 1e9 pictures",
      () => classes({ name: "a", pictures: 1e9 }),
      /at most 2000 .* 1000000000/,
    ],
    ["has half a picture", () => classes({ name: "a", pictures: 0.5 }), /found 0.5 in class "a"/],
    [
      "claims too many in all",
      () => classes({ name: "a", pictures: 2000 }, { name: "b", pictures: 1 }),
      /found 1 in class "b"/,
    ],
    [
      "ends in a picture",
      () => cut(sound, headerEnd + 4 + keptBytes + 4 + 9),
      /expected picture 2 of class "kind 1" .12279 more bytes/,
    ],
    ["ends before the check sum", () => cut(sound, sound.length - 4), /expected the check sum .4/],
    ["has another pixel", () => changed(sound, headerEnd + 77), /expected the check sum \d+ of/],
    ["has another check sum", () => changed(sound, -1), /what stands before, found/],
    ["goes on", () => concatenate(sound, text("!")), /the end of the file, found more bytes/],
    [
      "is damaged gzip",
      () => changed(gzip(sound), 40),
      /(damaged or cut-off gzip data|check sum|letters|header|found)/,
    ],
  ],
  (file) => readAlbum(file),
);

test("no byte can be changed without being noticed", async () => {
  await assert(
    asyncProperty(
      integer({ min: 0, max: sound.length - 1 }),
      integer({ min: 1, max: 255 }),
      async (at, by) => {
        const bytes = changed(sound, at, (sound[at] as number) ^ by);
        await expect(readAlbum(watchedFile("ours.album", bytes))).rejects.toThrow(DataFileError);
      },
    ),
    { numRuns: 60 },
  );
});
