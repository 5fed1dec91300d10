// Pictures into classes: the right ones, no more than allowed, and nothing of what was there is lost.
import { expect, test } from "vitest";
import type { Album } from "../../data/album/album";
import { madeAlbum, madePicture } from "../../data/album/testing";
import { withEnough, withinLimits, withoutSpare, withPictures } from "./fillClasses";

const sorted = (...names: readonly string[]) =>
  names.map((className, at) => ({ file: `${at}.png`, className }));
const counts = (album: Album) => album.map(({ name, pictures }) => `${name}: ${pictures.length}`);
const empty: Album = [
  { name: "class 1", pictures: [] },
  { name: "class 2", pictures: [] },
];

test("pictures go to the class of their name, whatever its letters; new names make classes; gaps stay out", () => {
  const before = madeAlbum(2, 1);
  const pictures = [madePicture(0, 5), null, madePicture(1, 6), madePicture(2, 7)];
  const album = withPictures(before, sorted("Kind 1", "kind 2", "birds", "birds"), pictures);
  expect(counts(album)).toEqual(["kind 1: 3", "kind 2: 1", "birds: 2"]);
  expect(album[0]?.pictures.at(-1)).toBe(pictures[0]);
  expect(counts(before)).toEqual(["kind 1: 2", "kind 2: 1"]);
});

test("empty classes without a name of their own give way to folders, others stay", () => {
  expect(counts(withoutSpare(empty, sorted("cats", "dogs")))).toEqual([]);
  expect(withoutSpare(empty, sorted("class 2"))).toBe(empty);
  const named: Album = [...madeAlbum(1), { name: "cats", pictures: [] }, ...empty];
  expect(counts(withoutSpare(named, sorted("dogs", "class 1")))).toEqual([
    "kind 1: 1",
    "cats: 0",
    "class 1: 0",
  ]);
  expect(counts(withEnough([]))).toEqual(["class 1: 0", "class 2: 0"]);
  expect(counts(withEnough(madeAlbum(3)))).toEqual(["kind 1: 3", "class 2: 0"]);
});

test("an eleventh class and the 2001st picture are left out and said", () => {
  const ten = madeAlbum(...new Array(10).fill(0));
  const wanted = sorted("kind 3", "birds", "fish", "birds");
  const { files, refused } = withinLimits(ten, wanted, String);
  expect(files.map(({ file }) => file)).toEqual(["0.png"]);
  expect(refused.map(({ file }) => file)).toEqual(["1.png", "2.png", "3.png"]);
  expect(refused[1]?.why).toBe(
    'is of class "fish": there are 10 classes, and more are not allowed',
  );
  const [one] = madeAlbum(1);
  const many: Album = [
    { name: "a", pictures: new Array(1999).fill(one?.pictures[0]) },
    { name: "b", pictures: [] },
  ];
  const full = withinLimits(many, sorted("a", "b", "b"), String);
  expect(full.files.map(({ file }) => file)).toEqual(["0.png"]);
  expect(full.refused.map(({ file, why }) => `${file} ${why}`)).toEqual([
    "1.png is beyond the 2000 images that are allowed",
    "2.png is beyond the 2000 images that are allowed",
  ]);
});
