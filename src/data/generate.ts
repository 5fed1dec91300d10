// Makes one part of a generated data set, in raw coordinates and at once: for training and for thumbnails alike.
import type { Experiment } from "../experiment/schema";
import { describeTask } from "../experiment/tasks";
import { generateCurvePoint } from "./curve";
import { makeLabels, mislabel } from "./labels";
import { exampleSequence, exampleStep, ranksWithinClass } from "./parts";
import { type PlaneKind, planeGenerators } from "./plane";
import { Stream } from "./random";
import { drawShape } from "./shapes";
import { drawStrokeDigit } from "./strokeDigits";
import { generateTabularRow, tabularSize } from "./tabular";
import type { PartName, RawExamples } from "./types";

type DataSettings = Experiment["data"];

function planeInputs(
  kind: PlaneKind,
  data: DataSettings,
  seed: number,
  part: PartName,
  labels: Int32Array,
): Float32Array {
  const classes = describeTask(data).outputs;
  const ranks = ranksWithinClass(labels);
  const inputs = new Float32Array(2 * labels.length);
  labels.forEach((label, i) => {
    const sequence = exampleSequence(seed, Stream.examples, part, label, ranks[i] as number);
    inputs.set(planeGenerators[kind](label, classes, data.noise, sequence), 2 * i);
  });
  return inputs;
}

function tabularInputs(
  data: DataSettings,
  seed: number,
  part: PartName,
  labels: Int32Array,
): Float32Array {
  const ranks = ranksWithinClass(labels);
  const inputs = new Float32Array(tabularSize * labels.length);
  labels.forEach((label, i) => {
    const sequence = exampleSequence(seed, Stream.examples, part, label, ranks[i] as number);
    const row = inputs.subarray(tabularSize * i, tabularSize * (i + 1));
    generateTabularRow(label, data.noise, sequence, row);
  });
  return inputs;
}

/** How one picture of a class is drawn; see drawStrokeDigit and drawShape. */
type PictureDrawer = typeof drawStrokeDigit;

function pictureInputs(
  draw: PictureDrawer,
  data: DataSettings,
  seed: number,
  part: PartName,
  labels: Int32Array,
): Uint8Array {
  const ranks = ranksWithinClass(labels);
  const { inputSize } = describeTask(data);
  const inputs = new Uint8Array(inputSize * labels.length);
  labels.forEach((label, i) => {
    const pixels = inputs.subarray(inputSize * i, inputSize * (i + 1));
    const step = exampleStep(part, label, ranks[i] as number);
    draw(label, data.noise, seed, step, pixels);
  });
  return inputs;
}

/** Regression has no classes, so it ignores mislabelling and imbalance. */
function generateCurve(
  data: DataSettings,
  seed: number,
  part: PartName,
  count: number,
): RawExamples {
  const inputs = new Float32Array(count);
  const targets = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    const sequence = exampleSequence(seed, Stream.examples, part, 0, i);
    const { x, y } = generateCurvePoint(data.noise, sequence);
    inputs[i] = x;
    targets[i] = y;
  }
  const none = { labels: new Int32Array(0), mislabelled: new Uint8Array(count) };
  return { count, inputs, targets, ...none };
}

function inputsFor(
  data: DataSettings,
  seed: number,
  part: PartName,
  labels: Int32Array,
): Float32Array | Uint8Array {
  switch (data.kind) {
    case "moons":
    case "circle":
    case "xor":
    case "clusters":
    case "spiral":
      return planeInputs(data.kind, data, seed, part, labels);
    case "tabular":
      return tabularInputs(data, seed, part, labels);
    case "strokeDigits":
      return pictureInputs(drawStrokeDigit, data, seed, part, labels);
    case "shapes":
      return pictureInputs(drawShape, data, seed, part, labels);
    case "curve":
    case "mnist":
    case "fashionMnist":
    case "cifar10":
    case "ownTable":
    case "ownPoints":
    case "ownPictures":
      throw new RangeError(`"${data.kind}" is not a generated classification set.`);
  }
}

/**
 * The first `count` examples of a part, raw: coordinates, features, or bytes of pixels.
 * Parts are independent. A larger count has the smaller one's examples first, except in a training part with class
 * imbalance, where it has them too but in another order. Only the training part is imbalanced and mislabelled.
 * @throws RangeError for sets whose examples are read from files
 */
export function generateExamples(
  data: DataSettings,
  seed: number,
  part: PartName,
  count: number,
): RawExamples {
  if (data.kind === "curve") return generateCurve(data, seed, part, count);
  const classes = describeTask(data).outputs;
  const labels = makeLabels(count, classes, data.imbalance, seed, part);
  const inputs = inputsFor(data, seed, part, labels);
  const share = part === "train" ? data.mislabelled : 0;
  const mislabelled = mislabel(labels, classes, share, seed);
  return { count, inputs, labels, targets: new Float32Array(0), mislabelled };
}
