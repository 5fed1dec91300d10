// Brings raw inputs to the range that the experiment asks for, by figures of the training part only.
import type { Dataset, Examples, Scaling } from "./types";

export type ScalingMethod = "standardized" | "unit" | "symmetric";

const largestByte = 255;

/** Scale of a feature that never changes: it becomes 0 rather than a division by 0. */
const constantFactor = 1;

/**
 * A feature counts as constant when its range is below this share of its largest value (a few steps of float32),
 * or below this range altogether (its inverse would leave float32).
 */
const negligible = { share: 2 ** -20, range: 1e-30 } as const;

function isConstant(minimum: number, maximum: number): boolean {
  const largest = Math.max(Math.abs(minimum), Math.abs(maximum));
  return !(maximum - minimum > Math.max(negligible.range, negligible.share * largest));
}

interface Statistics {
  readonly minimum: number;
  readonly maximum: number;
  readonly mean: number;
  /** Square root of the population variance (divided by count). */
  readonly deviation: number;
}

/** Statistics of every `stride`-th value from `start`; two passes, so that large means cost no digits. */
function measure(raw: Float32Array | Uint8Array, start: number, stride: number): Statistics {
  let minimum = Number.POSITIVE_INFINITY;
  let maximum = Number.NEGATIVE_INFINITY;
  let sum = 0;
  let count = 0;
  for (let i = start; i < raw.length; i += stride) {
    const value = raw[i] as number;
    if (value < minimum) minimum = value;
    if (value > maximum) maximum = value;
    sum += value;
    count++;
  }
  const mean = sum / count;
  let squares = 0;
  for (let i = start; i < raw.length; i += stride) squares += ((raw[i] as number) - mean) ** 2;
  return { minimum, maximum, mean, deviation: Math.sqrt(squares / count) };
}

function fromRange(minimum: number, maximum: number, method: "unit" | "symmetric") {
  const range = maximum - minimum;
  if (isConstant(minimum, maximum)) return { offset: minimum, factor: constantFactor };
  if (method === "unit") return { offset: minimum, factor: 1 / range };
  return { offset: minimum + range / 2, factor: 2 / range };
}

function pairOf(statistics: Statistics, method: ScalingMethod) {
  const { minimum, maximum, mean, deviation } = statistics;
  if (method !== "standardized") return fromRange(minimum, maximum, method);
  const factor = isConstant(minimum, maximum) ? constantFactor : 1 / deviation;
  return { offset: mean, factor };
}

function fromPairs(pairs: readonly { offset: number; factor: number }[]): Scaling {
  return {
    offset: Float32Array.from(pairs, (pair) => pair.offset),
    factor: Float32Array.from(pairs, (pair) => pair.factor),
  };
}

/** One pair per feature, from the training part. @param raw [count, inputSize], count ≥ 1 */
export function featureScaling(
  raw: Float32Array | Uint8Array,
  inputSize: number,
  method: ScalingMethod,
): Scaling {
  const pairs = Array.from({ length: inputSize }, (_, feature) =>
    pairOf(measure(raw, feature, inputSize), method),
  );
  return fromPairs(pairs);
}

/** One pair for all pixels: fixed for bytes 0 … 255, or from mean and deviation of all training pixels. */
export function pictureScaling(raw: Float32Array | Uint8Array, method: ScalingMethod): Scaling {
  if (method === "standardized") return fromPairs([pairOf(measure(raw, 0, 1), method)]);
  return fromPairs([fromRange(0, largestByte, method)]);
}

/**
 * (raw − offset) · factor, rounded to float32.
 * @param raw [count, inputSize]
 * @returns a new array of the same shape
 */
export function applyScaling(
  raw: Float32Array | Uint8Array,
  scaling: Scaling,
  inputSize: number,
): Float32Array {
  const { offset, factor } = scaling;
  const period = pairCount(scaling, inputSize);
  const scaled = new Float32Array(raw.length);
  for (let i = 0; i < raw.length; i++) {
    const pair = period === 1 ? 0 : i % period;
    scaled[i] = ((raw[i] as number) - (offset[pair] as number)) * (factor[pair] as number);
  }
  return scaled;
}

const byteTables = new WeakMap<Scaling, Float32Array>();

/** What each byte becomes, [256]: the same bits as applyScaling gives. @throws RangeError when it is no scaling of pictures */
export function byteTable(scaling: Scaling): Float32Array {
  const known = byteTables.get(scaling);
  if (known) return known;
  const bytes = Uint8Array.from({ length: largestByte + 1 }, (_, value) => value);
  const table = applyScaling(bytes, scaling, 1);
  byteTables.set(scaling, table);
  return table;
}

type RawExamples = Pick<Examples, "inputs">;
type RawShape = Pick<Dataset, "scaling" | "inputSize">;

/**
 * What the network sees of examples start … end−1. @param room makes room for so many numbers, where bytes are scaled.
 * @returns [end − start, inputSize], to be read only
 */
export function scaledInputs(
  { inputs }: RawExamples,
  { scaling, inputSize }: RawShape,
  start: number,
  end: number,
  room: (length: number) => Float32Array = (length) => new Float32Array(length),
): Float32Array {
  const part = inputs.subarray(start * inputSize, end * inputSize);
  if (part instanceof Float32Array) return part;
  const scaled = room(part.length);
  writeBytes(part, 0, part.length, byteTable(scaling), scaled, 0);
  return scaled;
}

/**
 * What the network sees of the given examples, written into `values` [indices, inputSize]: batch after batch,
 * nothing is allocated for it.
 */
export function writeScaled(
  { inputs }: RawExamples,
  { scaling, inputSize }: RawShape,
  indices: Int32Array,
  values: Float32Array,
): void {
  const table = inputs instanceof Uint8Array ? byteTable(scaling) : null;
  for (let to = 0; to < indices.length; to++) {
    const start = (indices[to] as number) * inputSize;
    if (table) writeBytes(inputs, start, inputSize, table, values, to * inputSize);
    else values.set(inputs.subarray(start, start + inputSize) as Float32Array, to * inputSize);
  }
}

function writeBytes(
  bytes: ArrayLike<number>,
  start: number,
  count: number,
  table: Float32Array,
  values: Float32Array,
  at: number,
): void {
  for (let i = 0; i < count; i++) values[at + i] = table[bytes[start + i] as number] as number;
}

/** The inverse of applyScaling: scaled / factor + offset. @param scaled [count, inputSize] */
export function invertScaling(
  scaled: Float32Array,
  scaling: Scaling,
  inputSize: number,
): Float32Array {
  const { offset, factor } = scaling;
  const period = pairCount(scaling, inputSize);
  const raw = new Float32Array(scaled.length);
  for (let i = 0; i < scaled.length; i++) {
    const pair = period === 1 ? 0 : i % period;
    raw[i] = (scaled[i] as number) / (factor[pair] as number) + (offset[pair] as number);
  }
  return raw;
}

/** @throws RangeError when the scaling has neither one pair nor one per input. */
function pairCount(scaling: Scaling, inputSize: number): number {
  const pairs = scaling.offset.length;
  if (pairs !== scaling.factor.length || (pairs !== 1 && pairs !== inputSize)) {
    throw new RangeError(`A scaling of ${pairs} pairs does not fit inputs of ${inputSize} values.`);
  }
  return pairs;
}
