// Fashion-MNIST must be read right from the real files and from small made ones, and every defect must be named.
import { createReadStream, existsSync, statSync } from "node:fs";
import { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { DataFileError, DataMissingError, DataSizeError } from "../errors";
import { makeDataset } from "../index";
import { classCounts } from "../labels";
import { readIdx } from "../readers/idx";
import { gzip, histogram, idxFile, memorySource, settings, sum } from "../testing";
import type { FileSource, OpenedFile, RawExamples } from "../types";
import { fitSizes } from "./parts";
import { readPictures } from "./read";

const pixels = 784;
const trainCount = 400;
const testCount = 30;

/** Pictures that carry their own number in the first two pixels. */
function numberedPictures(count: number): Uint8Array {
  const values = new Uint8Array(count * pixels);
  for (let i = 0; i < count; i++) values.set([i >> 8, i & 255], i * pixels);
  return values;
}

function madeFiles(): Record<string, Uint8Array> {
  const labels = (count: number) => Uint8Array.from({ length: count }, (_, i) => (i * 7) % 10);
  return {
    "train-images-idx3-ubyte.gz": gzip(idxFile([trainCount, 28, 28], numberedPictures(trainCount))),
    "train-labels-idx1-ubyte": idxFile([trainCount], labels(trainCount)),
    "t10k-images-idx3-ubyte": idxFile([testCount, 28, 28], numberedPictures(testCount)),
    "t10k-labels-idx1-ubyte.gz": gzip(idxFile([testCount], labels(testCount))),
  };
}

function numbersOf(examples: RawExamples): number[] {
  return Array.from({ length: examples.count }, (_, i) => {
    const high = examples.inputs[i * pixels] as number;
    return high * 256 + (examples.inputs[i * pixels + 1] as number);
  });
}

const data = settings({
  kind: "fashionMnist",
  trainSize: 100,
  validationSize: 50,
  testSize: 20,
  mislabelled: 0,
});

test("parts are disjoint, carry their labels, and test keeps the official order", async () => {
  const parts = await readPictures("fashionMnist", data, 1, [memorySource(madeFiles())]);
  const train = numbersOf(parts.train);
  const validation = numbersOf(parts.validation);
  expect(train).toHaveLength(100);
  expect(validation).toHaveLength(50);
  expect(new Set([...train, ...validation]).size).toBe(150);
  expect(numbersOf(parts.test)).toEqual(Array.from({ length: 20 }, (_, i) => i));
  for (const part of [parts.train, parts.validation, parts.test]) {
    expect([...part.labels]).toEqual(numbersOf(part).map((number) => (number * 7) % 10));
  }
});

test("the order depends on the seed; a larger training part begins with the smaller", async () => {
  const read = (changes: Partial<typeof data>, seed = 1) =>
    readPictures("fashionMnist", { ...data, ...changes }, seed, [memorySource(madeFiles())]);
  const small = await read({});
  const large = await read({ trainSize: 300 });
  const other = await read({}, 2);
  expect(numbersOf(large.train).slice(0, 100)).toEqual(numbersOf(small.train));
  expect(numbersOf(large.validation)).toEqual(numbersOf(small.validation));
  expect(numbersOf(other.train)).not.toEqual(numbersOf(small.train));
});

test("mislabelling and imbalance act on training only, exactly", async () => {
  const changes = { mislabelled: 0.3, imbalance: 0.9 };
  const parts = await readPictures("fashionMnist", { ...data, ...changes }, 1, [
    memorySource(madeFiles()),
  ]);
  const truth = numbersOf(parts.train).map((number) => (number * 7) % 10);
  expect(histogram(truth, 10)).toEqual([...classCounts(100, 10, 0.9)]);
  expect(sum(parts.train.mislabelled)).toBe(30);
  parts.train.labels.forEach((label, i) => {
    expect(label !== truth[i]).toBe(parts.train.mislabelled[i] === 1);
  });
  expect(sum(parts.validation.mislabelled)).toBe(0);
});

test("where a class runs out the imbalanced part shrinks and keeps its shape", async () => {
  const changes = { trainSize: 340, imbalance: 0.9 };
  const { train } = await readPictures("fashionMnist", { ...data, ...changes }, 1, [
    memorySource(madeFiles()),
  ]);
  expect(train.count).toBeLessThan(340);
  expect(histogram(train.labels, 10)).toEqual([...classCounts(train.count, 10, 0.9)]);
});

test("validation gives way down to 10, then an error names the numbers", async () => {
  const read = (trainSize: number) =>
    readPictures("fashionMnist", { ...data, trainSize }, 1, [memorySource(madeFiles())]);
  expect((await read(370)).validation.count).toBe(30);
  const tight = await read(390);
  expect(tight.validation.count).toBe(10);
  expect(new Set([...numbersOf(tight.train), ...numbersOf(tight.validation)]).size).toBe(400);
  await expect(read(391)).rejects.toThrow(DataSizeError);
  await expect(read(391)).rejects.toThrow(/hold 400 .* 391 .* 10 .* 401: .* 390 or fewer/);
  expect(fitSizes("Fashion-MNIST", 60_000, 55_000, 500)).toEqual({
    train: 55_000,
    validation: 500,
  });
});

test("missing files: one message names them all and what to do", async () => {
  const files = madeFiles();
  delete files["train-images-idx3-ubyte.gz"];
  delete files["t10k-labels-idx1-ubyte.gz"];
  const source = memorySource(files);
  const reading = makeDataset(data, 1, [source]);
  await expect(reading).rejects.toThrow(DataMissingError);
  await expect(reading).rejects.toThrow(
    /t10k-labels-idx1-ubyte\.gz, train-images-idx3-ubyte\.gz .*Drop them .*datasets\/fashion-mnist.*--data/,
  );
  expect(source.opened.every((file) => file.watch.cancelled)).toBe(true);
  const nowhere = makeDataset(data, 1, null).catch((error: DataMissingError) => error.missing);
  expect(await nowhere).toHaveLength(4);
});

test.each([
  ["a label of 10", "train-labels-idx1-ubyte", idxFile([2], Uint8Array.of(3, 10)), 9],
  [
    "fewer pictures than labels",
    "t10k-images-idx3-ubyte",
    idxFile([29, 28, 28], numberedPictures(29)),
    4,
  ],
  ["swapped files", "t10k-images-idx3-ubyte", idxFile([30], new Uint8Array(30)), 3],
  ["other sides", "t10k-images-idx3-ubyte", idxFile([30, 32, 32], new Uint8Array(30 * 1024)), 8],
  ["too many labels", "train-labels-idx1-ubyte", idxFile([60_001], new Uint8Array(60_001)), 4],
] as const)("%s: the message names file and byte", async (_, name, bytes, offset) => {
  const source = memorySource({ ...madeFiles(), [name]: bytes });
  const error: unknown = await readPictures("fashionMnist", data, 1, [source]).catch(
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(DataFileError);
  expect((error as DataFileError).file).toBe(name);
  expect((error as DataFileError).offset).toBe(offset);
  expect(source.opened.every((file) => file.watch.cancelled || file.stream.locked)).toBe(true);
});

function sumOf(bytes: Uint8Array | Float32Array): number {
  let total = 0;
  for (let i = 0; i < bytes.length; i++) total += bytes[i] as number;
  return total;
}

const folder = fileURLToPath(new URL("../../../../shared/data/fashion-mnist/", import.meta.url));
const present = existsSync(folder);
if (!present)
  console.warn(`Skipped: tests of the real Fashion-MNIST files; there is no ${folder}.`);

const folderSource: FileSource = {
  description: folder,
  open(name) {
    const path = `${folder}${name}.gz`;
    if (!existsSync(path)) return Promise.resolve(null);
    const stream = Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array>;
    return Promise.resolve({ name: `${name}.gz`, stream, size: statSync(path).size });
  },
};

describe.skipIf(!present)("the real files", () => {
  const all = settings({
    kind: "fashionMnist",
    trainSize: 59_990,
    validationSize: 500,
    testSize: 10_000,
    mislabelled: 0,
    scaling: "unit",
  });

  test("begin with the official labels and pixels", async () => {
    const opened = await folderSource.open("train-labels-idx1-ubyte");
    const labelFile = { itemShape: [], maximumCount: 60_000, items: "labels" };
    const labels = await readIdx(opened as OpenedFile, labelFile);
    expect(labels.count).toBe(60_000);
    expect([...labels.values.subarray(0, 5)]).toEqual([9, 0, 0, 3, 0]);
    const pictureFile = { itemShape: [28, 28], maximumCount: 60_000, items: "pictures" };
    const images = await folderSource.open("train-images-idx3-ubyte");
    const pictures = await readIdx(images as OpenedFile, pictureFile);
    expect(pictures.values).toHaveLength(60_000 * pixels);
    expect(sumOf(pictures.values.subarray(0, pixels))).toBe(76_247);
    expect(sumOf(pictures.values.subarray(59_999 * pixels))).toBe(16_684);
    expect([...pictures.values.subarray(14 * 28 + 12, 14 * 28 + 16)]).toEqual([237, 226, 217, 223]);
  });

  test("hold 60,000 and 10,000 pictures, classes balanced", async () => {
    const parts = await readPictures("fashionMnist", all, 1, [folderSource]);
    expect(parts.train.count).toBe(59_990);
    expect(parts.validation.count).toBe(10);
    const official = [...parts.train.labels, ...parts.validation.labels];
    expect(histogram(official, 10)).toEqual(new Array(10).fill(6000));
    expect(histogram(parts.test.labels, 10)).toEqual(new Array(10).fill(1000));
    expect([...parts.test.labels.slice(0, 5)]).toEqual([9, 2, 1, 1, 6]);
    // Mean of all official training pixels, and sums of whole pictures, from Python.
    const total = sumOf(parts.train.inputs) + sumOf(parts.validation.inputs);
    expect(total / (60_000 * pixels)).toBeCloseTo(72.94035223, 6);
    expect(sumOf(parts.test.inputs.subarray(0, pixels))).toBe(33_456);
    expect(sumOf(parts.test.inputs.subarray(9999 * pixels))).toBe(24_390);
    const row = parts.test.inputs.subarray(14 * 28 + 12, 14 * 28 + 17);
    expect([...row]).toEqual([98, 136, 110, 109, 110]);
  });
});
