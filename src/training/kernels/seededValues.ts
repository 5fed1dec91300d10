// Random values as one operation, made from (seed, step, stream, index) where they are used: the same on every backend, nothing uploaded.
import { pcg4d } from "../../data/random";
import { type Tensor, tf } from "../tensors";

export const seededValuesKernel = "RegularizationSeededValues";

/**
 * "mask": 0 with probability p, else 1/(1 − p); the same bits everywhere.
 * "normal": Gaussian with mean 0 and standard deviation p; equal to about 1e-5, since logarithms differ in their last digits.
 */
export type Distribution = "mask" | "normal";

export interface SeededValuesAttributes {
  readonly shape: readonly number[];
  readonly stream: number;
  readonly distribution: Distribution;
}

/** Words of the counter tensor: seed in two halves, because WebGL keeps integers as float32, and the step. */
export const counterLength = 3;

/** The counter of a step as values for a tensor [counterLength]. */
export function counterValues(seed: number, step: number): Int32Array<ArrayBuffer> {
  return Int32Array.of(seed & 0xffff, seed >>> 16, step);
}

function seededValues(
  counter: Tensor,
  parameter: Tensor,
  attributes: SeededValuesAttributes,
): Tensor {
  return tf
    .engine()
    .runKernel(
      seededValuesKernel,
      { counter, parameter } as never,
      attributes as never,
    ) as unknown as Tensor;
}

type Place = Omit<SeededValuesAttributes, "distribution">;

/**
 * Mask of the given shape: 0 with probability `rate`, else 1/(1 − rate).
 * @param counter int32 [3]; @param rate float32 scalar in [0, 1).
 */
export function dropoutMask(counter: Tensor, rate: Tensor, place: Place): Tensor {
  return seededValues(counter, rate, { ...place, distribution: "mask" });
}

/**
 * Gaussian noise of the given shape with mean 0.
 * @param counter int32 [3]; @param deviation float32 scalar ≥ 0.
 */
export function normalNoise(counter: Tensor, deviation: Tensor, place: Place): Tensor {
  return seededValues(counter, deviation, { ...place, distribution: "normal" });
}

/**
 * Coefficients of the inverse error function in single precision, highest power first: of w − 2.5 for w < 5,
 * else of √w − 3, with w = −ln(1 − x²) (Giles 2012, Approximating the erfinv function, GPU Computing Gems, table 5).
 */
export const centreCoefficients = [
  2.81022636e-8, 3.43273939e-7, -3.5233877e-6, -4.39150654e-6, 0.00021858087, -0.00125372503,
  -0.00417768164, 0.246640727, 1.50140941,
];
export const tailCoefficients = [
  -0.000200214257, 0.000100950558, 0.00134934322, -0.00367342844, 0.00573950773, -0.0076224613,
  0.00943887047, 1.00167406, 2.83297682,
];

/** A polynomial by Horner's rule, as text for shaders. */
export function printPolynomial(coefficients: readonly number[], variable: string): string {
  const [first, ...rest] = coefficients.map((value) =>
    Number.isInteger(value) ? `${value}.0` : value.toString(),
  );
  return rest.reduce((inner, next) => `(${inner}) * ${variable} + (${next})`, first as string);
}

const polynomial = (coefficients: readonly number[], x: number) =>
  coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0);

/** The normal quantile of u in (0, 1): √2 · erfinv(2u − 1). */
export function normalQuantile(u: number): number {
  const w = -Math.log(4 * u * (1 - u));
  const p =
    w < 5
      ? polynomial(centreCoefficients, w - 2.5)
      : polynomial(tailCoefficients, Math.sqrt(w) - 3);
  return Math.SQRT2 * p * (2 * u - 1);
}

const words = new Uint32Array(4);

/** Calls `use` with each index below `size` and its 32-bit word. */
function forEachWord(
  size: number,
  counter: ArrayLike<number>,
  stream: number,
  use: (index: number, word: number) => void,
): void {
  const seed = ((counter[1] as number) << 16) | (counter[0] as number);
  const step = counter[2] as number;
  for (let i = 0; i < size; i += 4) {
    pcg4d(seed, stream, step, i >>> 2, words);
    const end = Math.min(4, size - i);
    for (let lane = 0; lane < end; lane++) use(i + lane, words[lane] as number);
  }
}

/** The plain loop, for backends on the processor and as the oracle of all others. Writes into `values`. */
export function fillSeededValues(
  values: Float32Array,
  counter: ArrayLike<number>,
  parameter: number,
  { stream, distribution }: Pick<SeededValuesAttributes, "stream" | "distribution">,
): void {
  if (distribution === "normal") {
    forEachWord(values.length, counter, stream, (i, word) => {
      // 23 bits and a half: exact in float32, never 0 or 1.
      values[i] = parameter * normalQuantile(((word >>> 9) + 0.5) / 8_388_608);
    });
    return;
  }
  const kept = Math.fround(1 / Math.fround(1 - parameter));
  forEachWord(values.length, counter, stream, (i, word) => {
    values[i] = (word >>> 8) / 16_777_216 < parameter ? 0 : kept;
  });
}
