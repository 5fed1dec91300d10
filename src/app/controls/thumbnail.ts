// Draws a data set small, from its own generator: the same code that makes the examples to learn from.
import { generateExamples } from "../../data/generate";
import type { RawExamples } from "../../data/types";
import type { Experiment } from "../../experiment/schema";
import { describeTask } from "../../experiment/tasks";
import type { Palette } from "../ui/colours";
import type { Size } from "../ui/hooks";

type DataSettings = Experiment["data"];

const pointCount = 60;
const rowsOfTable = 12;
/** The class on the picture: a 3 shows at a glance that it is handwriting, and 3 among the shapes is the star. */
const classShown = 3;

/** Makes what `paintThumbnail` draws. Takes a few milliseconds. */
export function sampleThumbnail(data: DataSettings, seed: number): RawExamples {
  const clean = { ...data, mislabelled: 0, imbalance: 0 };
  const { view } = describeTask(data);
  if (view === "pictures") return generateExamples(clean, seed, "train", 10);
  return generateExamples(clean, seed, "train", view === "table" ? rowsOfTable : pointCount);
}

export function paintThumbnail(
  context: CanvasRenderingContext2D,
  size: Size,
  data: DataSettings,
  examples: RawExamples,
  palette: Palette,
): void {
  const { view } = describeTask(data);
  if (view === "plane") paintPlane(context, size, examples, palette);
  else if (view === "curve") paintCurve(context, size, examples, palette);
  else if (view === "table") paintTable(context, size, examples, palette);
  else paintPicture(context, size, describeTask(data).inputShape, examples, palette);
}

interface Range {
  readonly low: number;
  readonly span: number;
}

function rangeOf(values: ArrayLike<number>, offset: number, stride: number): Range {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let at = offset; at < values.length; at += stride) {
    low = Math.min(low, values[at] as number);
    high = Math.max(high, values[at] as number);
  }
  return { low, span: high - low || 1 };
}

function dot(context: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fill();
}

function paintPlane(
  context: CanvasRenderingContext2D,
  { width, height }: Size,
  { inputs, labels, count }: RawExamples,
  palette: Palette,
): void {
  const across = rangeOf(inputs, 0, 2);
  const up = rangeOf(inputs, 1, 2);
  const span = Math.max(across.span, up.span) * 1.16;
  const centre = [across.low + across.span / 2, up.low + up.span / 2] as const;
  for (let index = 0; index < count; index++) {
    const x = ((inputs[2 * index] as number) - centre[0]) / span + 0.5;
    const y = 0.5 - ((inputs[2 * index + 1] as number) - centre[1]) / span;
    context.fillStyle = palette.css(`--class-${labels[index]}`);
    dot(context, x * width, y * height, width / 26);
  }
}

function paintCurve(
  context: CanvasRenderingContext2D,
  { width, height }: Size,
  { inputs, targets, count }: RawExamples,
  palette: Palette,
): void {
  const across = rangeOf(inputs, 0, 1);
  const up = rangeOf(targets, 0, 1);
  context.fillStyle = palette.css("--pos");
  for (let index = 0; index < count; index++) {
    const x = 0.1 + (0.8 * ((inputs[index] as number) - across.low)) / across.span;
    const y = 0.88 - (0.76 * ((targets[index] as number) - up.low)) / up.span;
    dot(context, x * width, y * height, width / 26);
  }
}

/** A few rows of the table, a few of its columns, as signed cells. */
function paintTable(
  context: CanvasRenderingContext2D,
  { width, height }: Size,
  { inputs, count }: RawExamples,
  palette: Palette,
): void {
  const features = inputs.length / count;
  const shown = 10;
  const cell = Math.min(width / (shown + 2), height / (count + 2));
  const left = (width - shown * cell) / 2;
  const top = (height - count * cell) / 2;
  for (let row = 0; row < count; row++) {
    for (let column = 0; column < shown; column++) {
      const value = inputs[row * features + column * Math.floor(features / shown)] as number;
      context.fillStyle = palette.css(value > 0 ? "--pos" : "--neg");
      context.globalAlpha = Math.min(1, Math.abs(value) / 2);
      context.fillRect(left + column * cell, top + row * cell, cell * 0.86, cell * 0.86);
    }
  }
  context.globalAlpha = 1;
}

/** A grey picture as ink on the page, a colour picture as it is. */
function paintPicture(
  context: CanvasRenderingContext2D,
  { width, height }: Size,
  inputShape: readonly number[],
  { inputs, labels, count }: RawExamples,
  palette: Palette,
): void {
  const [rows, columns, channels] = inputShape as [number, number, number];
  const chosen = Math.max(0, labels.subarray(0, count).indexOf(classShown));
  const first = chosen * rows * columns * channels;
  const cell = Math.min(width / columns, height / rows);
  context.fillStyle = palette.css("--ink");
  for (let pixel = 0; pixel < rows * columns; pixel++) {
    const [red, green, blue] = inputs.subarray(first + channels * pixel);
    if (channels === 3) context.fillStyle = `rgb(${red} ${green} ${blue})`;
    else context.globalAlpha = (red as number) / 255;
    const x = (pixel % columns) * cell;
    const y = Math.floor(pixel / columns) * cell;
    context.fillRect(x, y, cell + 0.3, cell + 0.3);
  }
  context.globalAlpha = 1;
}
