// A learner's own pictures: enough or not, held out by the seed, the same after a way through a file, brought to the size asked for.
import { array, assert, asyncProperty, integer, property } from "fast-check";
import { expect, test } from "vitest";
import { DataMissingError, DataPicturesError, DataSizeError } from "../errors";
import { makeDataset } from "../index";
import { gzip, histogram, memorySource, settings, sum, watchedFile } from "../testing";
import {
  type Album,
  albumFingerprint,
  albumLacking,
  freshName,
  isAlbumOf,
  keepPicture,
  keptBytes,
  mostClasses,
  nameProblem,
} from "./album";
import { readAlbum } from "./container";
import { imageGroups } from "./equal";
import { albumParts, inPart } from "./parts";
import { greyOf, resample } from "./resample";
import { seenPixels } from "./seen";
import { albumBytes, albumSource, formerAlbum, madeAlbum, madePicture } from "./testing";

const both = madeAlbum(6, 11);
const data = (album: Album, changes: Partial<Parameters<typeof settings>[0]> = {}) =>
  settings({
    kind: "ownPictures",
    album: albumFingerprint(album),
    albumClasses: album.length,
    mislabelled: 0,
    ...changes,
  });
const read = (bytes: Uint8Array) => readAlbum(watchedFile("ours.album", bytes, 5000));

test("a file gives the same classes and pictures back, packed or not, whatever there are of each", async () => {
  const counts = array(integer({ min: 0, max: 4 }), { minLength: 1, maxLength: mostClasses });
  await assert(
    asyncProperty(counts, async (held) => {
      const album = madeAlbum(...held);
      const bytes = albumBytes(album);
      for (const file of [bytes, gzip(bytes)]) {
        const back = await read(file);
        expect(Buffer.compare(albumBytes(back), bytes)).toBe(0);
        expect(back.map(({ name, pictures }) => [name, pictures.length])).toEqual(
          held.map((count, kind) => [`kind ${kind + 1}`, count]),
        );
      }
    }),
    { numRuns: 12 },
  );
});

test("the check sum is that of the pictures in their classes: a name does not change it, all else does", () => {
  const sums = [
    both,
    madeAlbum(11, 6),
    madeAlbum(6, 10),
    [both[1], both[0]] as Album,
    [{ name: "all", pictures: both.flatMap(({ pictures }) => pictures) }],
    [...both, { name: "empty", pictures: [] }],
  ].map(albumFingerprint);
  expect(new Set(sums).size).toBe(sums.length);
  for (const value of sums) {
    expect(value).toBeGreaterThan(0);
    expect(value).toBeLessThan(2 ** 31);
  }
  const renamed = both.map((held, kind) => ({ ...held, name: `x${kind}` }));
  expect(albumFingerprint(renamed)).toBe(sums[0]);
  expect(albumFingerprint(madeAlbum(0, 0))).toBe(0);
  expect(() => keepPicture(new Uint8Array(5))).toThrow(RangeError);
});

test("what is missing: no pictures, one class, an empty class, too few", () => {
  expect(albumLacking(both)).toBeNull();
  expect(albumLacking(madeAlbum(0, 0))).toBe(
    "No images yet. Every class needs at least 5 different images (3 train, 1 validates, 1 tests).",
  );
  expect(albumLacking(madeAlbum(5))).toMatch(/: there is one class: add another, .* least 2/);
  expect(albumLacking(madeAlbum(5, 0, 4, 1))).toBe(
    'Every class needs at least 5 different images (3 train, 1 validates, 1 tests): "kind 2" is empty: add 5 or remove the class; "kind 3" has 4 images: add 1 more; "kind 4" has 1 image: add 4 more.',
  );
  const [one] = madeAlbum(1);
  const copies = { name: "copies", pictures: new Array(9).fill(one?.pictures[0]) };
  expect(albumLacking([...both, copies])).toMatch(
    /: "copies" has 9 images, but only 1 different: add 4 others\.$/,
  );
});

test("names: tidied, not empty, not too long, not twice; a fresh one is free", () => {
  expect(nameProblem("  big   cats ", ["dogs"])).toBeNull();
  expect(nameProblem(" ", [])).toMatch(/1 to 24 characters/);
  expect(nameProblem("x".repeat(25), [])).toMatch(/has 25 characters: at most 24.*Shorten/);
  expect(nameProblem("Dogs ", ["dogs"])).toMatch(/a class "dogs" already/);
  expect(freshName([])).toBe("class 1");
  expect(freshName([{ name: "class 2", pictures: [] }])).toBe("class 3");
});

/** What the version before wrote into links for `both`. */
const formerSum = 119_325_152;
const seeds = integer({ min: 0, max: 2 ** 31 - 1 });
const count = (parts: readonly string[], part: string) =>
  parts.filter((found) => found === part).length;

test("a fifth of each class validates and a fifth tests; one image more moves at most one other into and out of each", () => {
  assert(
    property(seeds, integer({ min: 5, max: 30 }), (seed, size) => {
      const parts = albumParts(madeAlbum(size, 5), seed);
      for (const [label, held] of [size, 5].entries()) {
        const fifth = Math.floor(held / 5);
        expect(count(parts[label] as string[], "validation")).toBe(fifth);
        expect(count(parts[label] as string[], "test")).toBe(fifth);
      }
      const more = albumParts(madeAlbum(size + 1, 7), seed);
      const moved = parts[0]?.filter((part, at) => more[0]?.[at] !== part);
      expect(moved?.length).toBeLessThanOrEqual(2);
    }),
    { numRuns: 30 },
  );
  const album = madeAlbum(20, 20);
  expect(albumParts(album, 1)).toEqual(albumParts(album, 1));
  expect(albumParts(album, 2)).not.toEqual(albumParts(album, 1));
});

test("the order of loading changes neither check sum nor data set", async () => {
  const turned = both.map((held) => ({ ...held, pictures: [...held.pictures].reverse() }));
  expect(albumFingerprint(turned)).toBe(albumFingerprint(both));
  const [one, other] = await Promise.all(
    [both, turned].map((album) => makeDataset(data(album), 3, [albumSource(album)])),
  );
  expect(other).toEqual(one);
});

test("equal images stay in one part, by their files as by their pixels, also across classes", () => {
  const [a, b] = [madePicture(0, 1), madePicture(0, 2)];
  // The same file, drawn with other last bits; and another file with the same pixels.
  const noisy = keepPicture(
    Uint8Array.from(a.pixels, (value, at) => value ^ Number(at % 50 === 0)),
    a.file,
  );
  const saved = keepPicture(b.pixels, 77);
  const pictures = [a, ...(madeAlbum(9)[0]?.pictures.slice(3) ?? []), b, noisy, saved];
  const album: Album = [
    { name: "x", pictures },
    { name: "y", pictures: [...(madeAlbum(0, 8)[1]?.pictures ?? []), a] },
  ];
  const groups = imageGroups(album);
  expect(groups[0]?.at(-2)).toBe(groups[0]?.[0]);
  expect(groups[0]?.at(-1)).toBe(groups[0]?.at(-3));
  expect(groups[1]?.at(-1)).toBe(groups[0]?.[0]);
  assert(
    property(seeds, (seed) => {
      const parts = albumParts(album, seed);
      const found = new Map<number, string>();
      parts.forEach((list, label) => {
        list.forEach((part, at) => {
          const group = groups[label]?.[at] as number;
          expect(found.get(group) ?? part).toBe(part);
          found.set(group, part);
        });
      });
      for (const list of parts)
        for (const part of ["train", "validation", "test"]) expect(list).toContain(part);
    }),
    { numRuns: 50 },
  );
});

test("the check sum is that of the files; links with the former one, and albums of the first form, still open", async () => {
  const filed = both.map((held, label) => ({
    ...held,
    pictures: held.pictures.map(({ pixels }, at) => keepPicture(pixels, 100 * label + at)),
  }));
  const drawn = filed.map((held) => ({
    ...held,
    pictures: held.pictures.map(({ pixels, file }) =>
      keepPicture(
        pixels.map((value) => value ^ 1),
        file,
      ),
    ),
  }));
  expect(albumFingerprint(drawn)).toBe(albumFingerprint(filed));
  expect(albumFingerprint(filed)).not.toBe(albumFingerprint(both));
  const back = await read(albumBytes(filed));
  expect(back.map(({ pictures }) => pictures.map(({ file }) => file))).toEqual(
    filed.map(({ pictures }) => pictures.map(({ file }) => file)),
  );
  // Written by the version before: the number is that of the pixels in their order.
  const former = await read(formerAlbum(both));
  expect(isAlbumOf(former, formerSum)).toBe(true);
  expect(isAlbumOf(filed, formerSum)).toBe(true);
  expect(isAlbumOf(madeAlbum(6, 10), formerSum)).toBe(false);
  await makeDataset({ ...data(both), album: formerSum }, 1, [albumSource(filed)]);
});

test("a picture at another size is the mean of what it covers", () => {
  const flat = new Uint8Array(64 * 64 * 3).fill(137);
  for (const side of [1, 16, 28, 32, 64, 100]) {
    expect([...new Set(resample(flat, 64, 3, side))], `side ${side}`).toEqual([137]);
  }
  const four = Uint8Array.from([0, 10, 20, 9, 4, 10, 20, 9, 8, 10, 20, 9, 13, 10, 21, 9]);
  expect([...resample(four, 2, 4, 1)]).toEqual([6, 10, 20]);
  assert(
    property(
      array(integer({ min: 0, max: 255 }), { minLength: 16 * 16 * 3, maxLength: 16 * 16 * 3 }),
      (bytes) => {
        const small = Uint8Array.from(bytes);
        // Enlarged four times and brought back it is what it was; nothing gets brighter or darker on the whole.
        expect(resample(resample(small, 16, 3, 64), 64, 3, 16)).toEqual(small);
        const other = resample(small, 16, 3, 7);
        expect(Math.abs(sum(other) / other.length - sum(small) / small.length)).toBeLessThan(0.6);
      },
    ),
    { numRuns: 10 },
  );
});

test("grey is the brightness of colours", () => {
  const colours = Uint8Array.from([255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255]);
  expect([...greyOf(colours)]).toEqual([76, 150, 29, 255]);
  const { pixels } = madePicture(2, 0);
  expect(seenPixels(pixels, 28, 1)).toEqual(greyOf(seenPixels(pixels, 28, 3)));
});

test.each([
  ["16", "grey", [16, 16, 1]],
  ["28", "colour", [28, 28, 3]],
  ["32", "colour", [32, 32, 3]],
] as const)("a data set of pictures: %s, %s", async (albumSide, albumColours, shape) => {
  const experiment = data(both, { albumSide, albumColours, mislabelled: 0.3 });
  const dataset = await makeDataset(experiment, 1, [albumSource(both)]);
  expect(dataset.inputShape).toEqual(shape);
  expect(dataset.classNames).toEqual(["kind 1", "kind 2"]);
  const { train, validation, test: tests } = dataset;
  expect(train.count + validation.count + tests.count).toBe(17);
  for (const { inputs } of [train, validation, tests]) expect(inputs).toBeInstanceOf(Uint8Array);
  expect(train.inputs.length).toBe(train.count * dataset.inputSize);
  expect(sum(train.mislabelled)).toBe(Math.round(0.3 * train.count));
  const parts = albumParts(both, 1);
  const [first] = inPart(both, parts, 0, "validation");
  expect(validation.inputs.slice(0, dataset.inputSize)).toEqual(
    seenPixels(first?.pixels as Uint8Array, shape[0], shape[2]),
  );
  const held = histogram(validation.labels, 2);
  expect(held).toEqual(parts.map((list) => list.filter((part) => part === "validation").length));
});

test("other pictures, none, too few, another number of classes: each says what to do", async () => {
  const few = madeAlbum(6, 2);
  const other = memorySource({
    "theirs.album": albumBytes(few),
    "rubbish.album": new Uint8Array(50),
    "notes.txt": new Uint8Array(3),
  });
  const missing = makeDataset(data(both), 1, [other]);
  await expect(missing).rejects.toThrow(DataMissingError);
  await expect(makeDataset(data(both), 1, [other])).rejects.toThrow(
    /pictures with check sum \d+.*theirs\.album holds others.*rubbish\.album, byte 0.*--data FOLDER/,
  );
  await expect(makeDataset(data(madeAlbum(0, 0)), 1, null)).rejects.toThrow(
    /you sort into classes/,
  );
  await expect(makeDataset(data(few), 1, [albumSource(few)])).rejects.toThrow(DataPicturesError);
  const wrong = makeDataset(data(both, { albumClasses: 3 }), 1, [albumSource(both)]);
  await expect(wrong).rejects.toThrow(DataSizeError);
  expect(keptBytes).toBe(12_288);
});
