// Pictures as a bad camera would give them: four corruptions at three strengths, on bytes, for tests of robustness only.
import { RandomSequence, Stream } from "./random";

export type CorruptionKind = "noise" | "blur" | "rotation" | "brightness";

/** A corruption and how far it goes, in the unit of its kind. */
export interface Corruption {
  readonly kind: CorruptionKind;
  /**
   * noise: standard deviation, share of the range 0 … 255; blur: standard deviation in pixels of a picture 32 high;
   * rotation: degrees; brightness: what is added, share of the range. All ≥ 0; 0 changes nothing.
   */
  readonly amount: number;
}

/** Height and width in pixels, and 1 (grey) or 3 (red, green, blue) channels. */
export type PictureShape = readonly [height: number, width: number, channels: number];

/**
 * What weak, medium and strong mean. Noise and brightness: severities 1, 3 and 5 of ImageNet-C (Hendrycks & Dietterich
 * 2019, Benchmarking Neural Network Robustness to Common Corruptions and Perturbations). Its blurs are made for 224
 * pixels; these leave a picture of 32 pixels just about recognizable. Rotation is not part of it (Mu & Gilmer 2019,
 * MNIST-C, turns by 30 to 40 degrees).
 */
export const corruptionAmounts: Readonly<Record<CorruptionKind, readonly number[]>> = {
  noise: [0.08, 0.18, 0.38],
  blur: [0.75, 1.5, 2.5],
  rotation: [10, 20, 40],
  brightness: [0.1, 0.3, 0.5],
};

export const corruptionKinds = Object.keys(corruptionAmounts) as readonly CorruptionKind[];

/** Height for which the amounts of blur are meant, pixels. */
const blurHeight = 32;
/** A Gaussian is cut off after so many standard deviations. */
const blurReach = 3;
const largestByte = 255;

/** x + 255·amount·N(0, 1), each value by itself. @param sequence the same one makes the same grain at every amount */
function addNoise(from: Uint8Array, amount: number, sequence: RandomSequence): Float32Array {
  const noisy = new Float32Array(from.length);
  for (let at = 0; at < from.length; at++) {
    noisy[at] = (from[at] as number) + largestByte * amount * sequence.normal();
  }
  return noisy;
}

/** Weights exp(−x²/2σ²) at x = −reach … reach, of sum 1. */
function gaussian(deviation: number): Float32Array {
  const reach = Math.ceil(blurReach * deviation);
  const weights = Float32Array.from({ length: 2 * reach + 1 }, (_, at) =>
    Math.exp(-((at - reach) ** 2) / (2 * deviation ** 2)),
  );
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

/** Convolves `lines` of `length` values that stand `stride` apart; beyond an end its last value goes on. */
function blurAlong(
  from: Float32Array,
  weights: Float32Array,
  length: number,
  stride: number,
): Float32Array {
  const reach = (weights.length - 1) / 2;
  const blurred = new Float32Array(from.length);
  for (let at = 0; at < from.length; at++) {
    const place = Math.floor(at / stride) % length;
    const first = at - place * stride;
    let sum = 0;
    for (let k = -reach; k <= reach; k++) {
      const other = Math.min(length - 1, Math.max(0, place + k));
      sum += (weights[k + reach] as number) * (from[first + other * stride] as number);
    }
    blurred[at] = sum;
  }
  return blurred;
}

/** Gaussian blur with σ = amount·height/32 pixels, along the rows and then along the columns. */
function blur(
  from: Uint8Array,
  amount: number,
  [height, width, channels]: PictureShape,
): Float32Array {
  const weights = gaussian((amount * height) / blurHeight);
  const alongRows = blurAlong(new Float32Array(from), weights, width, channels);
  return blurAlong(alongRows, weights, height, width * channels);
}

/** Value between four pixels; beyond an edge its pixels go on. */
function between(
  from: Uint8Array,
  [height, width, channels]: PictureShape,
  row: number,
  column: number,
  channel: number,
): number {
  const y = Math.min(height - 1, Math.max(0, row));
  const x = Math.min(width - 1, Math.max(0, column));
  const top = Math.floor(y);
  const left = Math.floor(x);
  const bottom = Math.min(height - 1, top + 1);
  const right = Math.min(width - 1, left + 1);
  const at = (r: number, c: number) => from[(r * width + c) * channels + channel] as number;
  const upper = at(top, left) + (x - left) * (at(top, right) - at(top, left));
  const lower = at(bottom, left) + (x - left) * (at(bottom, right) - at(bottom, left));
  return upper + (y - top) * (lower - upper);
}

/** Turned about the middle: pixel p shows what stood at the middle + R(−angle)·(p − middle), bilinear. @param angle degrees */
function rotate(from: Uint8Array, angle: number, shape: PictureShape): Float32Array {
  const [height, width, channels] = shape;
  const [cosine, sine] = [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)];
  const [middleRow, middleColumn] = [(height - 1) / 2, (width - 1) / 2];
  const turned = new Float32Array(from.length);
  for (let at = 0; at < from.length; at++) {
    const pixel = Math.floor(at / channels);
    const y = Math.floor(pixel / width) - middleRow;
    const x = (pixel % width) - middleColumn;
    const row = middleRow + cosine * y + sine * x;
    const column = middleColumn + cosine * x - sine * y;
    turned[at] = between(from, shape, row, column, at % channels);
  }
  return turned;
}

/**
 * Raises V of hue, saturation and value: V = max(r, g, b) becomes V' = min(255, V + 255·amount), every channel is
 * multiplied by V'/V; black becomes the grey V'. Grey pictures: the same with one channel.
 */
function brighten(from: Uint8Array, amount: number, channels: number): Float32Array {
  const brightened = new Float32Array(from.length);
  for (let start = 0; start < from.length; start += channels) {
    let value = 0;
    for (let at = start; at < start + channels; at++) value = Math.max(value, from[at] as number);
    const raised = Math.min(largestByte, value + largestByte * amount);
    for (let at = start; at < start + channels; at++) {
      brightened[at] = value === 0 ? raised : ((from[at] as number) * raised) / value;
    }
  }
  return brightened;
}

function changed(
  from: Uint8Array,
  { kind, amount }: Corruption,
  shape: PictureShape,
  sequence: RandomSequence,
): Float32Array {
  switch (kind) {
    case "noise":
      return addNoise(from, amount, sequence);
    case "blur":
      return blur(from, amount, shape);
    case "rotation":
      return rotate(from, sequence.uniform() < 0.5 ? -amount : amount, shape);
    case "brightness":
      return brighten(from, amount, shape[2]);
  }
}

/**
 * One picture, corrupted and rounded to bytes again. Chance (the grain, the side to which it turns) follows from seed
 * and index alone: the same at every strength, in every order.
 * @param from row-major [height, width, channels], 0 … 255; left as it is
 * @param index number of the picture in its part
 * @returns a new array of the same shape
 * @throws RangeError where the bytes do not fit the shape, or the amount is negative or not finite
 */
export function corruptPicture(
  from: Uint8Array,
  corruption: Corruption,
  shape: PictureShape,
  seed: number,
  index: number,
): Uint8Array {
  const { kind, amount } = corruption;
  const [height, width, channels] = shape;
  if (from.length !== height * width * channels) {
    throw new RangeError(
      `A picture of ${from.length} values: expected ${height} × ${width} × ${channels}.`,
    );
  }
  if (!(amount >= 0 && Number.isFinite(amount))) {
    throw new RangeError(`An amount of ${kind} of ${amount}: expected a number from 0 on.`);
  }
  if (amount === 0) return from.slice();
  const values = changed(
    from,
    corruption,
    shape,
    new RandomSequence(seed, Stream.corruption, index),
  );
  // Rounds, and holds what leaves the range at its ends.
  return new Uint8Array(new Uint8ClampedArray(values).buffer);
}
