// Every set must come out of every form of its files the same, from the first source that has a whole form.
import { createReadStream, existsSync, readdirSync, statSync } from "node:fs";
import { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { DataFileError, DataMissingError, DataSizeError, DataUnreachableError } from "../errors";
import { makeDataset, scaledInputs } from "../index";
import { cifarArchive, cifarRecords, oneHot, pngFile } from "../readers/testing";
import { gzip, histogram, idxFile, memorySource, settings, sum } from "../testing";
import type { FileSource } from "../types";
import { readPictureSet, readPictures } from "./read";
import { pictureSets } from "./sets";
import { officialFiles } from "./write";

const labels = Array.from({ length: 60 }, (_, i) => (i * 7) % 10);
const trainLabels = labels.slice(0, 50);
const testLabels = labels.slice(50);

/** Grey pictures that carry their number. */
function digits(first: number, count: number): Uint8Array {
  const pixels = new Uint8Array(count * 784);
  for (let i = 0; i < count; i++) pixels.fill(first + i, i * 784, i * 784 + 400);
  return pixels;
}

const idxFiles = {
  "train-labels-idx1-ubyte": idxFile([50], Uint8Array.from(trainLabels)),
  "t10k-labels-idx1-ubyte.gz": gzip(idxFile([10], Uint8Array.from(testLabels))),
  "train-images-idx3-ubyte.gz": gzip(idxFile([50, 28, 28], digits(0, 50))),
  "t10k-images-idx3-ubyte": idxFile([10, 28, 28], digits(50, 10)),
};

const spriteFiles = (base: string) => ({
  [`${base}_labels_uint8`]: oneHot(labels),
  [`${base}_images.png`]: pngFile(digits(0, 60), 784, 1),
});

test.each(["mnist", "fashionMnist"] as const)(
  "%s: idx files and sprites give the same",
  async (kind) => {
    const base = kind === "mnist" ? "mnist" : "fashion_mnist";
    const fromIdx = await readPictureSet(kind, [memorySource(idxFiles)]);
    const fromSprites = await readPictureSet(kind, [memorySource(spriteFiles(base))]);
    expect(fromIdx).toEqual(fromSprites);
    expect([...fromIdx.test.labels]).toEqual(testLabels);
    expect(fromIdx.test.pictures[784 * 9]).toBe(59);
  },
);

const records = { train: [3, 1, 4, 1, 5], more: [9, 2, 6], test: [5, 3] };
const cifarForms = {
  archive: {
    "cifar-10-binary.tar.gz": gzip(cifarArchive([records.train, records.more], records.test)),
  },
  "unpacked archive": {
    "cifar-10-binary.tar": cifarArchive([records.train, records.more], records.test),
  },
  batches: {
    "data_batch_1.bin": cifarRecords(records.train),
    "data_batch_2.bin.gz": gzip(cifarRecords(records.more, 5)),
    "test_batch.bin": cifarRecords(records.test, 1000),
  },
  "parts with other names": {
    "train_small.bin": cifarRecords([...records.train, ...records.more]),
    "test_official.bin": cifarRecords([0]),
    "heldout_balanced.bin": cifarRecords(records.test, 1000),
  },
};

test.each(Object.entries(cifarForms))("CIFAR-10 from its %s", async (_, files) => {
  const expected = await readPictureSet("cifar10", [memorySource(cifarForms.archive)]);
  const found = await readPictureSet("cifar10", [
    memorySource(files as Record<string, Uint8Array>),
  ]);
  expect(found).toEqual(expected);
  expect([...found.train.labels]).toEqual([3, 1, 4, 1, 5, 9, 2, 6]);
  expect([...found.test.labels]).toEqual([5, 3]);
});

test("a server lists nothing: batches are asked for one by one, up to the first that is not there", async () => {
  const { list: _, ...server } = memorySource(cifarForms.batches);
  const found = await readPictureSet("cifar10", [server]);
  expect([...found.train.labels]).toEqual([3, 1, 4, 1, 5, 9, 2, 6]);
});

test("a colour sprite", async () => {
  const pixels = Uint8Array.from({ length: 12 * 3072 }, (_, i) => (i * 13) % 251);
  const source = memorySource({
    cifar10_labels_uint8: oneHot(labels.slice(0, 12)),
    "cifar10_images.png": pngFile(pixels, 1024, 3),
  });
  const { train, test: held } = await readPictureSet("cifar10", [source]);
  expect([train.count, held.count]).toEqual([10, 2]);
  expect(train.pictures).toEqual(pixels.subarray(0, 10 * 3072));
});

test("sources are asked in order, and one that lacks a file gives way to the next", async () => {
  const { "t10k-images-idx3-ubyte": _, ...incomplete } = idxFiles;
  const first = memorySource(incomplete);
  const second = memorySource(spriteFiles("mnist"));
  const found = await readPictureSet("mnist", [first, second]);
  expect(found.train.count).toBe(50);
  expect(first.opened.every((file) => file.watch.cancelled)).toBe(true);
  await expect(readPictureSet("mnist", [first])).rejects.toThrow(
    /MNIST needs files that are not here: t10k-images-idx3-ubyte\.gz \(.*or instead mnist_images\.png and mnist_labels_uint8\. .*datasets\/mnist/,
  );
});

test("a source that does not answer is named, with the ways that are left", async () => {
  const blocked: FileSource = {
    description: "the public address",
    open: () => Promise.reject(new DataUnreachableError("The public address does not answer.")),
  };
  const found = readPictureSet("cifar10", [blocked]);
  await expect(found).rejects.toThrow(DataMissingError);
  await expect(found).rejects.toThrow(
    /CIFAR-10 .*cifar-10-binary\.tar\.gz.*The public address does not answer\. Drop them.*datasets\/cifar10.*--data/,
  );
  const other = await readPictureSet("cifar10", [blocked, memorySource(cifarForms.batches)]);
  expect(other.test.count).toBe(2);
});

test("a damaged stored copy is forgotten", async () => {
  const files = { ...spriteFiles("mnist"), mnist_labels_uint8: oneHot(labels).fill(1, 10, 12) };
  const memory = memorySource(files);
  const forgotten: string[] = [];
  const source: FileSource = {
    description: "the cache",
    async open(name) {
      const file = await memory.open(name);
      return file && { ...file, discard: async () => void forgotten.push(name) };
    },
  };
  await expect(readPictureSet("mnist", [source])).rejects.toThrow(DataFileError);
  expect(forgotten).toEqual(["mnist_labels_uint8", "mnist_images.png"]);
});

test("balanced: every class as often, to within one; validation and test stay as they come", async () => {
  const data = settings({ kind: "mnist", trainSize: 25, validationSize: 10, mislabelled: 0 });
  const read = (drawing: "balanced" | "asTheyCome") =>
    readPictures("mnist", { ...data, drawing }, 3, [memorySource(idxFiles)]);
  const balanced = await read("balanced");
  const counts = histogram(balanced.train.labels, 10);
  expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
  const plain = await read("asTheyCome");
  const plainCounts = histogram(plain.train.labels, 10);
  expect(Math.max(...plainCounts) - Math.min(...plainCounts)).toBeGreaterThan(1);
  expect(balanced.validation).toEqual(plain.validation);
  expect(balanced.test).toEqual(plain.test);
});

test("a data set of a CIFAR-10 experiment: shape, names, scaling by the training part", async () => {
  const data = settings({
    kind: "cifar10",
    trainSize: 5,
    validationSize: 3,
    mislabelled: 0,
    scaling: "unit",
  });
  const dataset = await makeDataset(data, 1, [memorySource(cifarForms.batches)]);
  expect(dataset.inputShape).toEqual([32, 32, 3]);
  expect(dataset.classNames[6]).toBe("frog");
  expect([dataset.train.count, dataset.validation.count, dataset.test.count]).toEqual([5, 3, 2]);
  expect(dataset.train.inputs[2]).toBe(7);
  const scaled = scaledInputs(dataset.train, dataset, 0, 5);
  expect(scaled[2]).toBe(Math.fround(7 * Math.fround(1 / 255)));
  const tooMany = makeDataset({ ...data, trainSize: 6 }, 1, [memorySource(cifarForms.batches)]);
  await expect(tooMany).rejects.toThrow(DataSizeError);
  await expect(tooMany).rejects.toThrow(/The CIFAR-10 training files hold 8 pictures/);
});

test.each([
  ["mnist", idxFiles],
  ["cifar10", cifarForms.batches],
] as const)("%s: what is written is read back the same", async (kind, files) => {
  const pools = await readPictureSet(kind, [memorySource(files)]);
  const written = [...officialFiles(pools, pictureSets[kind].format)];
  const entries = written.map(({ name, content }) => [name, content] as const);
  expect(await readPictureSet(kind, [memorySource(Object.fromEntries(entries))])).toEqual(pools);
});

const shared = fileURLToPath(new URL("../../../../shared/data/", import.meta.url));
const present = existsSync(`${shared}cifar10`);
if (!present)
  console.warn(`Skipped: tests of the real CIFAR-10 files; there is no ${shared}cifar10.`);

const realFiles: FileSource = {
  description: "the shared folder",
  list: async () => readdirSync(`${shared}cifar10`),
  async open(name) {
    const path = `${shared}cifar10/${name}`;
    if (!existsSync(path)) return null;
    const stream = Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array>;
    return { name, stream, size: statSync(path).size };
  },
};

describe.skipIf(!present)("the real CIFAR-10 records", () => {
  test("10,000 and 2,000, balanced, pixel for pixel", async () => {
    const { train, test: held } = await readPictureSet("cifar10", [realFiles]);
    expect([train.count, held.count]).toEqual([10_000, 2000]);
    expect(histogram(train.labels, 10)).toEqual(new Array(10).fill(1000));
    expect(histogram(held.labels, 10)).toEqual(new Array(10).fill(200));
    // The official training set begins with frog, truck, truck, deer, automobile; figures from Python.
    expect([...train.labels.subarray(0, 5)]).toEqual([6, 9, 9, 4, 1]);
    expect([...train.pictures.subarray(0, 6)]).toEqual([59, 62, 63, 43, 46, 45]);
    expect(sum(train.pictures.subarray(0, 3072))).toBe(317_790);
    expect(sum(held.pictures.subarray(1999 * 3072))).toBe(405_136);
    expect(train.pictures.reduce((total, pixel) => total + pixel, 0)).toBe(3_717_808_359);
  });
});
