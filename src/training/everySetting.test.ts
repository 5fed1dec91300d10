// No control that changes nothing: every setting of the schema, turned where it applies, changes what training gives.
import { beforeAll, describe, expect, it } from "vitest";
import { albumFingerprint } from "../data/album/album";
import { albumSource, madeAlbum } from "../data/album/testing";
import { placePoint, pointsFingerprint, printPoints } from "../data/points/points";
import { Crc32 } from "../data/readers/crc32";
import { idxFile, memorySource } from "../data/testing";
import { applies } from "../experiment/applies";
import type { Field, FieldValue } from "../experiment/fields";
import {
  type Experiment,
  type FieldPath,
  fieldEntries,
  getValue,
  withValue,
} from "../experiment/schema";
import { tableFields } from "../experiment/sections/table";
import { experimentWith, makeTrainer, switchBackend } from "./testing";

type Settings = readonly (readonly [FieldPath, FieldValue])[];

const base: Settings = [
  ["model.hiddenWidths", [8, 6]],
  ["optimizer.epochs", 4],
  ["data.validationSize", 40],
  ["data.testSize", 40],
];

const pictures: Settings = [
  ["data.kind", "strokeDigits"],
  ["data.trainSize", 20],
  ["optimizer.epochs", 2],
];
const convolutional: Settings = [...pictures, ["model.family", "cnn"], ["model.filters", [3, 4]]];

/** A small MNIST in memory, for settings of data that are read from files. */
const digits = memorySource({
  "train-labels-idx1-ubyte": idxFile(
    [60],
    Uint8Array.from({ length: 60 }, (_, i) => (i * i) % 10),
  ),
  "train-images-idx3-ubyte": idxFile(
    [60, 28, 28],
    Uint8Array.from({ length: 60 * 784 }, (_, i) => (i * 31) % 256),
  ),
  "t10k-labels-idx1-ubyte": idxFile([9], new Uint8Array(9)),
  "t10k-images-idx3-ubyte": idxFile([9, 28, 28], new Uint8Array(9 * 784)),
});

/** A table with a gap, spellings, a counter, thousands that may be decimals, words among numbers, for the settings of tables. Its fingerprint is that of the text. */
const rows = Array.from(
  { length: 40 },
  (_, i) =>
    `${i % 7},${i === 5 ? "" : i % 5},${i % 3 ? "a" : "b"},${["Oak", "elm", "oak"][i % 3]},${i},` +
    `"${i % 4 ? `${1 + (i % 9)},${100 + i}` : i}",${i % 5 < 3 ? i % 3 : "big"}`,
);
const csv = new TextEncoder().encode(`x,y,kind,tree,row,amount,size\n${rows.join("\n")}\n`);
const tableSource = memorySource({ "own.csv": csv });
const sum = new Crc32();
sum.add(csv);
const ownTable: Settings = [
  ["data.kind", "ownTable"],
  ["data.fingerprint", sum.value % 2 ** 31],
  ["data.target", 3],
  ["data.columns", 9],
  ["data.answers", 2],
  ["data.trainSize", 20],
  ["optimizer.epochs", 2],
];

/** Clicked points of two classes. */
const clicked = Array.from({ length: 12 }, (_, i) => placePoint(i / 9 - 0.6, (i % 5) / 4, i % 2));
const pointSource = memorySource({ "points.csv": new TextEncoder().encode(printPoints(clicked)) });
const ownPoints: Settings = [
  ["data.kind", "ownPoints"],
  ["data.points", pointsFingerprint(clicked)],
  ["data.classes", 2],
  ["optimizer.epochs", 2],
];

/** Pictures of two classes, seen small. */
const sorted = madeAlbum(10, 10);
const pictureSource = albumSource(sorted);
const ownPictures: Settings = [
  ["data.kind", "ownPictures"],
  ["data.album", albumFingerprint(sorted)],
  ["data.albumClasses", 2],
  ["data.albumSide", "16"],
  ["optimizer.epochs", 2],
];

/** What must be set beside a setting for it to apply, or to show within four epochs. */
const context: { readonly [P in FieldPath]?: Settings } = {
  "data.classes": [["data.kind", "clusters"]],
  "data.points": ownPoints,
  "data.album": ownPictures,
  "data.albumClasses": ownPictures,
  "data.albumSide": ownPictures,
  "data.albumColours": ownPictures,
  "data.fingerprint": ownTable,
  "data.target": ownTable,
  "data.columns": ownTable,
  "data.answers": ownTable,
  "data.missing": ownTable,
  ...Object.fromEntries(Object.keys(tableFields).map((name) => [`data.${name}`, ownTable])),
  "data.drawing": [
    ["data.kind", "mnist"],
    ["data.trainSize", 20],
    ["optimizer.epochs", 2],
  ],
  "model.normalizationGroups": [["model.normalization", "group"]],
  "model.normalizationMomentum": [["model.normalization", "batch"]],
  "model.normalizationEpsilon": [["model.normalization", "layer"]],
  "model.initialDeviation": [["model.initialization", "normal"]],
  "regularization.scope": [["regularization.l2", 1]],
  "regularization.l1ProximalForm": [["regularization.l1Proximal", 0.1]],
  "regularization.groupL1Scale": [["regularization.groupL1", 1]],
  "regularization.schedule": [["regularization.l2", 1]],
  "model.family": pictures,
  "model.filters": convolutional,
  "model.pooling": convolutional,
  "model.head": convolutional,
  "regularization.dropoutSpatial": convolutional,
  "regularization.dropoutHead": convolutional,
  "loss.classWeights": [["data.imbalance", 0.8]],
  "optimizer.momentum": [["optimizer.kind", "momentum"]],
  "optimizer.squareDecay": [["optimizer.kind", "rmsprop"]],
  "stopping.patience": [
    ["optimizer.learningRate", 0.1],
    ["optimizer.epochs", 30],
  ],
  "stopping.metric": [
    ["stopping.patience", 2],
    ["optimizer.learningRate", 0.1],
    ["optimizer.epochs", 30],
  ],
  "model.evaluationMode": [["regularization.dropoutHidden", 0.5]],
  "regularization.layerMultipliers": [["regularization.l2", 1]],
  "augmentation.crop": pictures,
  "augmentation.flip": pictures,
  "augmentation.brightness": pictures,
  "augmentation.contrast": pictures,
  "augmentation.saturation": [...pictures, ["data.kind", "shapes"]],
  "augmentation.erasing": pictures,
  "averaging.decay": [["averaging.kind", "ema"]],
  "averaging.start": [["averaging.kind", "swa"]],
  "optimizer.rateFloor": [["optimizer.schedule", "cosine"]],
};

/** Values that act strongly enough for four epochs. */
const turned: { readonly [P in FieldPath]?: FieldValue } = {
  "data.kind": "circle",
  "data.encoding": "utf-16le",
  "data.separator": "tab",
  "data.header": "values",
  "data.decimal": "comma",
  "data.leftOut": [1],
  "data.asCategories": [1],
  "data.asNumbers": [7],
  "model.family": "cnn",
  "optimizer.epsilon": 1,
  "regularization.maxNorm": 0.5,
  "optimizer.clipNorm": 0.001,
  "model.normalizationEpsilon": 0.1,
  "optimizer.beta2": 0.5,
  "averaging.kind": "ema",
  "stopping.patience": 2,
  "averaging.start": 0,
};

function anotherValue(path: FieldPath, field: Field, value: FieldValue): FieldValue {
  const given = turned[path];
  if (given !== undefined) return given;
  switch (field.type) {
    case "choice":
      return field.choices.find((entry) => entry.value !== value)?.value as string;
    case "widths":
      return [5];
    case "multipliers":
      return [0];
    default:
      return field.snaps.findLast((snap) => snap !== value && snap <= 100) ?? field.maximum;
  }
}

/** Everything that a run measures, and its final weights. */
async function outcome(experiment: Experiment): Promise<unknown> {
  const sources = [digits, tableSource, pointSource, pictureSource];
  const made = await makeTrainer(experiment, {}, "cpu", sources).catch(
    (error: unknown) => `${error}`,
  );
  // A table that does not fit the settings is refused: that is a change too.
  if (typeof made === "string") return made;
  const { trainer, points } = made;
  trainer.train();
  await trainer.finished();
  const weights = [...(await trainer.readWeights())];
  const { test } = await trainer.reveal();
  await trainer.dispose();
  // A rate that is only reported changes nothing.
  const measured = points.map(({ learningRate: _, clippedNorm: __, ...point }) => point);
  return { points: measured, weights, test };
}

describe("every setting changes the run", () => {
  beforeAll(() => switchBackend("cpu"));

  it.each(fieldEntries.map(({ path, field }) => [path, field] as const))(
    "%s",
    async (path, field) => {
      const before = experimentWith(...base, ...(context[path] ?? []));
      expect(applies(before, path), `${path} applies`).toBe(true);
      const value = anotherValue(path, field, getValue(before, path));
      const after = withValue(before, path, value);
      expect(await outcome(after)).not.toEqual(await outcome(before));
    },
  );
});
