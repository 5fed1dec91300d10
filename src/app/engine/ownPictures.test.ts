// @vitest-environment happy-dom
// From pictures to a run: kept, taken back, given to the engine with their check sum, named at will, never in place of another's.
import { beforeEach, expect, test, vi } from "vitest";
import { albumFingerprint, keepPicture, keptBytes } from "../../data/album/album";
import { readAlbum } from "../../data/album/container";
import type { ByteFile } from "../../data/album/files";
import type { RefusedFile } from "../../data/album/judge";
import { albumBytes, madeAlbum } from "../../data/album/testing";
import { defaultExperiment, withValue } from "../../experiment/schema";
import { emptyAlbum, usePictures } from "../store/pictures";
import { untouchedRun, useRun } from "../store/run";
import { useSettings } from "../store/settings";
import { chosenFiles, entriesOf, placedFiles } from "./droppedEntries";
import type { Engine } from "./engine";
import {
  addClass,
  changeAlbum,
  forgetPictures,
  learnFromPictures,
  openPictures,
  redoPictures,
  removeClass,
  removePicture,
  renameClass,
  undoPictures,
} from "./ownPictures";
import { cancelReading, takeDropped, takePictures } from "./takePictures";

/** What the browser keeps; null to keep nothing. */
let stored: Blob | null = null;
let storage = true;
vi.mock("../store/albumStore", () => ({
  keepAlbum: async (file: Blob | null) => {
    if (storage) stored = file;
    return storage;
  },
  keptAlbum: async () => stored,
}));
let canvas: "exact" | "noisy" | "useless" = "exact";
const kind = { one: "text", many: "texts" };
/** A file's text is the shade of its picture; other words are no picture. */
vi.mock("./pictureFiles", () => ({
  readPictureFiles: async (
    files: readonly { readonly name: string; readonly file: ByteFile }[],
    onDone: (done: number) => void,
    signal: AbortSignal,
  ) => {
    const pictures = [];
    const refused: RefusedFile[] = [];
    for (const { name, file } of files) {
      const shade = Number(new TextDecoder().decode(await file.bytes()));
      const fine = !signal.aborted && !Number.isNaN(shade);
      pictures.push(fine ? keepPicture(new Uint8Array(keptBytes).fill(shade)) : null);
      if (Number.isNaN(shade)) refused.push({ file: name, kind, why: "is text", advice: "" });
      onDone(pictures.length);
    }
    return { pictures, refused, read: [], canvas };
  },
}));

const restart = vi.fn();
const give = vi.fn<(files: readonly File[]) => void>();
const engine = { restart, give } as unknown as Engine;
const held = () => usePictures.getState().album;
const refusedNames = () => usePictures.getState().refused.map((one) => one.file);
const counts = () => held().map(({ name, pictures }) => `${name}: ${pictures.length}`);
const data = () => useSettings.getState().experiment.data;
const both = madeAlbum(6, 5);
const file = (name: string, content: string | number) => new File([`${content}`], name);
const files = (...names: readonly string[]) => chosenFiles(names.map((name, at) => file(name, at)));
const given = async () => {
  const [last] = give.mock.lastCall?.[0] ?? [];
  return last ? readAlbum({ name: last.name, stream: last.stream() }) : null;
};

beforeEach(() => {
  vi.clearAllMocks();
  [stored, storage, canvas] = [null, true, "exact"];
  forgetPictures();
  useRun.setState(untouchedRun, true);
  useSettings.getState().open(withValue(defaultExperiment, "data.kind", "ownPictures"), []);
});

test("files go into the class they were dropped on; engine and settings get pictures and check sum", async () => {
  await takePictures(engine, files("b.png", "a.png"), 1);
  expect(counts()).toEqual(["class 1: 0", "class 2: 2"]);
  expect(held()[1]?.pictures.map(({ pixels }) => pixels[0])).toEqual([1, 0]);
  expect(data()).toMatchObject({ album: albumFingerprint(held()), albumClasses: 2 });
  expect((await given())?.map(({ name }) => name)).toEqual(["class 1", "class 2"]);
  expect(restart).not.toHaveBeenCalled();
  await vi.waitFor(async () => expect(stored?.size).toBe(albumBytes(held()).length));
  await takePictures(engine, [...files("c.png"), ...chosenFiles([file("x.txt", "x")])], 0);
  expect(counts()).toEqual(["class 1: 1", "class 2: 2"]);
  expect(refusedNames()).toEqual(["x.txt"]);
});

test("folders bring their classes; what lies beside them is said; a drop without folders needs a class", async () => {
  const placed = ["cats/1.png", "dogs/1.png", "fish/1.png"].map((path, at) => ({
    file: file("1.png", at),
    path: path.split("/"),
  }));
  await takePictures(engine, placed, null);
  expect(counts()).toEqual(["cats: 1", "dogs: 1", "fish: 1"]);
  expect(data().albumClasses).toBe(3);
  await takePictures(engine, files("loose.png"), null);
  expect(counts()).toEqual(["cats: 1", "dogs: 1", "fish: 1"]);
  expect(refusedNames()).toEqual(["loose.png"]);
  expect(usePictures.getState().refused[0]?.why).toMatch(/in no folder/);
});

test("every change can be taken back and made again; classes are never fewer than two", () => {
  changeAlbum(engine, both);
  removePicture(engine, 0, 2);
  expect(held()[0]?.pictures).toEqual(both[0]?.pictures.filter((_, at) => at !== 2));
  addClass(engine);
  expect(counts()).toEqual(["kind 1: 5", "kind 2: 5", "class 3: 0"]);
  removeClass(engine, 0);
  removeClass(engine, 0);
  expect(counts()).toEqual(["kind 2: 5", "class 3: 0"]);
  for (let i = 0; i < 3; i++) undoPictures(engine);
  expect(held()).toBe(both);
  redoPictures(engine);
  expect(counts()).toEqual(["kind 1: 5", "kind 2: 5"]);
  changeAlbum(engine, emptyAlbum);
  expect(give).toHaveBeenLastCalledWith([]);
  expect(data().album).toBe(0);
  undoPictures(engine);
  expect(counts()).toEqual(["kind 1: 5", "kind 2: 5"]);
});

test("another name changes neither check sum nor run, only what the classes are called", async () => {
  changeAlbum(engine, both);
  const before = data();
  const dataset = { classNames: ["kind 1", "kind 2"], featureNames: [], points: null };
  useRun.setState({
    experiment: useSettings.getState().experiment,
    dataset: { ...dataset, counts: { train: 7, validation: 2, test: 2 } },
  });
  expect(renameClass(engine, 1, " cool  cats ")).toBeNull();
  expect(data()).toBe(before);
  expect(useRun.getState().dataset?.classNames).toEqual(["kind 1", "cool cats"]);
  expect((await given())?.map(({ name }) => name)).toEqual(["kind 1", "cool cats"]);
  expect(renameClass(engine, 0, "Cool cats")).toMatch(/a class "cool cats" already/);
  expect(renameClass(engine, 0, "")).toMatch(/needs a name/);
  undoPictures(engine);
  expect(counts()).toEqual(["kind 1: 6", "kind 2: 5"]);
});

test("what the browser kept begins a run once, unless the link means other pictures", async () => {
  stored = new Blob([albumBytes(both) as Uint8Array<ArrayBuffer>]);
  useSettings.getState().change([["data.album", albumFingerprint(both)]]);
  await openPictures(engine);
  expect(albumFingerprint(held())).toBe(albumFingerprint(both));
  expect(restart).toHaveBeenCalledOnce();
  await openPictures(engine);
  expect(restart).toHaveBeenCalledOnce();
  // Files of another data set may have come between.
  expect((await given())?.length).toBe(2);
  give.mockClear();
  forgetPictures();
  useSettings.getState().change([["data.album", 5]]);
  await openPictures(engine);
  expect(give).not.toHaveBeenCalled();
  expect(data().album).toBe(5);
  learnFromPictures(engine);
  expect(data().album).toBe(albumFingerprint(both));
});

test("what the browser kept and cannot be read counts for nothing; one that keeps nothing is told of", async () => {
  stored = new Blob(["rubbish"]);
  await openPictures(engine);
  expect(held()).toBe(emptyAlbum);
  expect(give).not.toHaveBeenCalled();
  storage = false;
  changeAlbum(engine, both);
  await vi.waitFor(() => expect(usePictures.getState().kept).toBe(false));
});

test("a saved file replaces all, which undo brings back; a damaged one changes nothing", async () => {
  await takePictures(engine, files("a.png"), 0);
  const bytes = albumBytes(both) as Uint8Array<ArrayBuffer>;
  await takePictures(engine, chosenFiles([new File([bytes], "theirs.album")]), null);
  expect(albumFingerprint(held())).toBe(albumFingerprint(both));
  expect(usePictures.getState().problems).toEqual([]);
  await takePictures(engine, chosenFiles([new File([bytes.slice(0, 99)], "cut.album")]), null);
  expect(usePictures.getState().problems[0]).toMatch(/^cut\.album, byte 99: expected picture 1/);
  expect(albumFingerprint(held())).toBe(albumFingerprint(both));
  undoPictures(engine);
  expect(counts()).toEqual(["class 1: 1", "class 2: 0"]);
  useSettings.getState().change([["data.album", 5]]);
  await takePictures(engine, chosenFiles([new File([bytes], "theirs.album")]), null);
  expect(usePictures.getState().problems[0]).toMatch(
    /^theirs\.album holds other images \(check sum \d+\) than the link means \(5\)/,
  );
});

test("reading that is cancelled keeps what is there, and undo takes it away; another drop waits", async () => {
  const unsubscribe = usePictures.subscribe((now) => {
    if (now.reading?.done === 1) cancelReading();
  });
  const reading = takePictures(engine, files("a.png", "b.png", "c.png"), 0);
  const other = takePictures(engine, files("d.png"), 1);
  expect(usePictures.getState().problems[0]).toMatch(/still being read/);
  await Promise.all([reading, other]);
  unsubscribe();
  expect(usePictures.getState().reading).toBeNull();
  const [said] = usePictures.getState().problems;
  expect(said).toMatch(/^Reading was cancelled: 1 of 3 images are here/);
  undoPictures(engine);
  expect(held()).toBe(emptyAlbum);
});

/** Folders as browsers hand them out, a few entries at a time. */
function folder(name: string, inside: readonly unknown[], isDirectory = true) {
  const left = [...inside];
  const readEntries = (done: (some: unknown[]) => void) => done(left.splice(0, 2));
  return { name, isDirectory, createReader: () => ({ readEntries }) };
}
const entry = (name: string) => ({
  name,
  isDirectory: false,
  file: (done: (found: File) => void) => done(file(name, 7)),
});

test("dropped files without a folder are taken as they are, not asked for by their entries", async () => {
  const unreachable = { name: "a.png", isDirectory: false, file: () => {} };
  const items = [{ webkitGetAsEntry: () => unreachable }];
  const files = [file("a.png", 1)];
  const dropped = entriesOf({ items, files } as unknown as DataTransfer);
  expect(await placedFiles(dropped)).toEqual([{ file: files[0], path: ["a.png"] }]);
});

test("dropped folders are looked through to the last file; one that cannot be read is said", async () => {
  const pets = folder("pets", [
    folder("cats", [entry("1.png"), entry("2.png"), entry("3.png")]),
    folder("dogs", [entry("1.png")]),
  ]);
  const items = [{ webkitGetAsEntry: () => pets }];
  const dropped = entriesOf({ items, files: [] } as unknown as DataTransfer);
  await takeDropped(engine, dropped, null);
  expect(counts()).toEqual(["cats: 3", "dogs: 1"]);
  const gone = {
    ...entry("x.png"),
    file: (_: unknown, fail: (error: Error) => void) => fail(new Error("gone")),
  };
  const broken = { entries: [gone] as unknown as FileSystemEntry[], files: [] };
  await takeDropped(engine, broken, 0);
  expect(usePictures.getState().problems[0]).toMatch(/cannot be read\. .*drop it again/);
  expect(await placedFiles({ entries: [], files: [file("a.png", 1)] })).toEqual([
    { file: expect.any(File), path: ["a.png"] },
  ]);
});

test("a canvas that gives no pixels back is said and nothing is added; one that is noisy is said too", async () => {
  canvas = "useless";
  await takePictures(engine, files("a.png"), 0);
  expect(held()).toBe(emptyAlbum);
  expect(usePictures.getState().problems[0]).toMatch(/^This browser does not let the page see/);
  canvas = "noisy";
  await takePictures(engine, files("a.png"), 0);
  expect(counts()).toEqual(["class 1: 1", "class 2: 0"]);
  expect(usePictures.getState().notes[0]).toMatch(/changes a few pixels.*Training works all the/);
});

test("what was refused stays to be read until the next load, and a load that brings nothing changes nothing", async () => {
  const wrong = chosenFiles([file("x.txt", "x")]);
  await takePictures(engine, [...files("a.png"), ...wrong], 0);
  const album = held();
  await takePictures(engine, wrong, 0);
  expect(held()).toBe(album);
  removePicture(engine, 0, 0);
  expect(refusedNames()).toEqual(["x.txt"]);
  changeAlbum(engine, emptyAlbum);
  expect(refusedNames()).toEqual([]);
});
