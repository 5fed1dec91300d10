// What `inspect` says of images: folders, zip archives, albums and single files, by the functions that the page uses too.
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { makeDataset } from "../../data";
import { albumFingerprint } from "../../data/album/album";
import { heic, jpeg, makePng, makeZip, squarePng, words } from "../../data/album/madeImages";
import { albumBytes, madeAlbum } from "../../data/album/testing";
import { defaultExperiment, withValue } from "../../experiment/schema";
import { filesFromFolder } from "../folderSource";
import { withImages } from "../images";
import { inspector } from "./pictures";

const root = mkdtempSync(join(tmpdir(), "images-"));
afterAll(() => rmSync(root, { recursive: true }));

function write(files: Readonly<Record<string, Uint8Array>>): string {
  const folder = mkdtempSync(join(root, "case-"));
  for (const [name, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
  return folder;
}

const red = (place: number) => squarePng([200, 0, 0], place, 40);
const blue = (place: number) => squarePng([0, 0, 200], place, 40);
const five = [1, 2, 3, 4, 5];
const pets = Object.fromEntries(
  five.flatMap((place) => [
    [`cats/${place}.png`, red(place)],
    [`dogs/${place}.png`, blue(place)],
  ]),
);
const classes = [
  { name: "cats", count: 5 },
  { name: "dogs", count: 5 },
];

test("a folder of class folders and a zip archive of it are the same images, by count and check sum", async () => {
  const folder = write({ ...pets, "cats/.DS_Store": words("x"), "cats/._1.png": words("x") });
  const zip = join(root, "pets.zip");
  writeFileSync(zip, makeZip(pets));
  const [one, other] = [await inspector.inspect(folder), await inspector.inspect(zip)];
  expect(one).toMatchObject({ kind: "pictures", classes, refused: [] });
  expect(other).toEqual(one);
  expect(one.remarks).toContainEqual(expect.stringMatching(/^Check sum of the images: \d+/));
  expect(one.remarks[0]).toBe(
    "The middle square of every image is scaled to 32×32; yours are 40×40.",
  );
});

test("what is refused is named with its reason, whichever class it lies in; copies, uneven classes and odd files are said", async () => {
  const folder = write({
    ...pets,
    "cats/6.png": red(1),
    "cats/7.png": red(7),
    "dogs/1.png": blue(2),
    "dogs/cut.jpg": jpeg.subarray(0, 300),
    "dogs/IMG.jpg": heic,
    "dogs/photo.jpg": jpeg,
    "dogs/png.jpg": blue(9),
    "dogs/empty.png": new Uint8Array(0),
    "fish/flat.png": makePng({ width: 20, height: 20 }, () => [255, 255, 255]),
    "loose.png": red(8),
    "notes.txt": words("about pets"),
  });
  const found = await inspector.inspect(folder);
  expect(found.classes).toEqual([
    { name: "cats", count: 7 },
    { name: "dogs", count: 7 },
    { name: "fish", count: 1 },
  ]);
  const why = Object.fromEntries(found.refused.map((one) => [one.file.split("/").at(-1), one.why]));
  expect(why["cut.jpg"]).toMatch(/is cut off/);
  expect(why["IMG.jpg"]).toMatch(/is a HEIC image.*Most Compatible/);
  expect(why["empty.png"]).toMatch(/is empty/);
  expect(why["notes.txt"]).toMatch(/is a text file/);
  expect(why["loose.png"]).toMatch(/beside the folders of the classes/);
  expect(found.refused).toHaveLength(5);
  const said = found.remarks.join("\n");
  expect(said).toMatch(/2 images of 15 are copies of another \(13 different\)/);
  expect(said).toMatch(/classes are uneven: "cats" has 7 images, "fish" 1/);
  expect(said).toMatch(/flat\.png \(white\): one colour all over/);
  expect(said).toMatch(/png\.jpg: PNG by its content/);
  expect(said).toMatch(/1 JPEG: judged by the bytes/);
  expect(said).toMatch(/"fish" has 1 image: add 4 more/);
  expect(inspector.unreadable?.(found)).toBeNull();
});

test("a single image and an album can be inspected; where nothing is taken the reasons are the message", async () => {
  const folder = write({
    "a.png": red(1),
    "b.jpg": heic,
    "ours.album": albumBytes(madeAlbum(6, 5)),
  });
  expect(await inspector.inspect(join(folder, "a.png"))).toMatchObject({
    classes: [{ name: "class 1", count: 1 }],
    refused: [],
  });
  const refused = await inspector.inspect(join(folder, "b.jpg"));
  expect(refused.classes).toEqual([]);
  expect(inspector.unreadable?.(refused)).toMatch(/^b\.jpg is a HEIC image/);
  expect((await inspector.inspect(join(folder, "ours.album"))).classes).toEqual([
    { name: "kind 1", count: 6 },
    { name: "kind 2", count: 5 },
  ]);
  await expect(inspector.inspect(write({}))).rejects.toThrow(/there is no image in it/);
});

test("a folder of PNG files trains without a check sum in the experiment; one with others says what to do", async () => {
  const folder = write(pets);
  const plain = withValue(defaultExperiment, "data.kind", "ownPictures");
  const experiment = await withImages(plain, folder);
  expect(experiment.data.albumClasses).toBe(2);
  expect(experiment.data.album).toBeGreaterThan(0);
  const dataset = await makeDataset(experiment.data, 1, filesFromFolder(folder, "ownPictures"));
  expect(dataset.classNames).toEqual(["cats", "dogs"]);
  expect([dataset.train.count, dataset.validation.count, dataset.test.count]).toEqual([6, 2, 2]);
  const album = madeAlbum(6, 5);
  const saved = write({ "ours.album": albumBytes(album) });
  expect((await withImages(plain, saved)).data.album).toBe(albumFingerprint(album));
  const photos = write({ ...pets, "dogs/photo.jpg": jpeg });
  await expect(withImages(plain, photos)).rejects.toThrow(
    /holds images that only a browser decodes \(1 JPEG\).*Save/,
  );
});

const shared = join(import.meta.dirname, "../../../../shared/cases/pictures");
const given: readonly (readonly [file: string, taken: boolean, said: RegExp])[] = [
  ["base.jpg", true, /320×240/],
  ["01-exif-orientation-6.jpg", true, /240×320/],
  ["02-cmyk.jpg", true, /320×240/],
  ["03-16bit-grey.png", true, /64×64/],
  ["04-palette.png", true, /64×48/],
  ["04b-1bit.png", true, /64×64/],
  ["05-interlaced.png", true, /320×240/],
  ["06-white-on-transparent.png", true, /light drawing .* laid on black/],
  ["07-animated-first-frame-blank.gif", true, /64×64/],
  ["08-cut-off-at-40-percent.jpg", false, /is cut off/],
  ["08b-progressive.jpg", true, /320×240/],
  ["09-heic-named-jpg.jpg", false, /HEIC.*Most Compatible/],
  ["10-png-named-jpg.jpg", true, /PNG by its content/],
  ["11-drawing.svg", true, /64×64/],
  ["12-1x1.png", false, /1×1/],
  ["12c-9000x20.png", false, /0\.2 %/],
  ["13-empty.jpg", false, /0 bytes/],
  ["14-text-named.png", false, /text file/],
  ["15-data-behind-the-end.jpg", true, /320×240/],
  ["duplicates", true, /18 images of 20 are copies/],
  ["folder", true, /48×48/],
];

test.skipIf(!existsSync(shared))(
  "the given cases are taken or refused as they should be",
  async () => {
    for (const [name, taken, said] of given) {
      const found = await inspector.inspect(join(shared, name));
      expect(found.classes.length > 0, name).toBe(taken);
      const text = taken
        ? found.remarks.join("\n")
        : found.refused.map(({ why }) => why).join("\n");
      expect(text, name).toMatch(said);
      expect(taken ? found.refused : found.classes, name).toEqual([]);
    }
  },
);
