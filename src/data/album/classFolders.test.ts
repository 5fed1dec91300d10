// Folders as classes: what is dropped how belongs where, and what belongs nowhere is said.
import { expect, test } from "vitest";
import { sortByFolder } from "./classFolders";

const sort = (paths: readonly string[], target: string | null = null) => {
  const { files, refused } = sortByFolder(
    paths.map((path) => ({ file: path, path: path.split("/") })),
    target,
  );
  return {
    files: files.map(({ file, className }) => `${className}: ${file}`),
    refused: refused.map(({ file, why }) => `${file} ${why}`),
  };
};

test("subfolders are classes, at whatever depth, in the order of their names and numbers", () => {
  expect(
    sort(["pets/dogs/b.png", "pets/cats/10.png", "pets/cats/9.png", "pets/.DS_Store"]),
  ).toEqual({
    files: ["cats: pets/cats/9.png", "cats: pets/cats/10.png", "dogs: pets/dogs/b.png"],
    refused: [],
  });
  expect(
    sort(["set/train/cats/1.png", "set/test/cats/1.png", "set/train/dogs/1.png"]).files,
  ).toEqual([
    "cats: set/test/cats/1.png",
    "cats: set/train/cats/1.png",
    "dogs: set/train/dogs/1.png",
  ]);
  expect(
    sort([
      "cats/1.png",
      "dogs/1.png",
      "__MACOSX/dogs/1.png",
      "dogs/._1.png",
      "dogs/Thumbs.db",
      "dogs/desktop.ini",
      "dogs/@eaDir/1.png",
    ]).files,
  ).toEqual(["cats: cats/1.png", "dogs: dogs/1.png"]);
});

test("pictures and a single folder go to the class that they were dropped on; folders of folders keep their names", () => {
  expect(sort(["b.png", "a.png"], "cats").files).toEqual(["cats: a.png", "cats: b.png"]);
  expect(sort(["holiday/1.png", "holiday/2.png"], "cats").files).toEqual([
    "cats: holiday/1.png",
    "cats: holiday/2.png",
  ]);
  expect(sort(["holiday/1.png"]).files).toEqual(["holiday: holiday/1.png"]);
  expect(sort(["pets/cats/1.png", "pets/dogs/1.png"], "birds").files).toEqual([
    "cats: pets/cats/1.png",
    "dogs: pets/dogs/1.png",
  ]);
});

test("what belongs nowhere is left out and named", () => {
  expect(sort(["a.png", "cats/1.png"])).toEqual({
    files: ["cats: cats/1.png"],
    refused: ["a.png lies in no folder, so that its class is not known"],
  });
  expect(sort(["a.png", "b.png", "c.png"]).refused).toHaveLength(3);
  expect(sort(["pets/a.png", "pets/b.png", "pets/cats/1.png"]).refused).toEqual([
    "pets/a.png lies beside the folders of the classes",
    "pets/b.png lies beside the folders of the classes",
  ]);
  expect(sort([`${"long ".repeat(9)}/1.png`]).files[0]).toMatch(/^long long long long long: /);
});
