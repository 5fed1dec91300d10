// Holds the generator to known values: every saved link and reference curve hangs on them.
import fc from "fast-check";
import { expect, test } from "vitest";
import { pcg4d, permutation, RandomSequence, random, randomInteger, Stream } from "./random";

// From the paper's formula in Python with unbounded integers reduced modulo 2³².
const known: readonly (readonly [readonly number[], readonly number[]])[] = [
  [
    [0, 0, 0, 0],
    [251852841, 760645481, 850445371, 3542436074],
  ],
  [
    [1, 2, 3, 4],
    [908250390, 4044648920, 3775961919, 45698095],
  ],
  [
    [4294967295, 17, 0, 1000000],
    [4066601965, 1882058038, 3793075880, 796102706],
  ],
  [
    [1, 64, 2147483648, 5],
    [4279482264, 689301377, 2652566818, 1887657229],
  ],
];

test.each(known)("pcg4d of %j", (words, hashed) => {
  const out = new Uint32Array(4);
  const [a = 0, b = 0, c = 0, d = 0] = words;
  pcg4d(a, b, c, d, out);
  expect([...out]).toEqual(hashed);
});

test("four neighbouring indices are the four words of one hash", () => {
  const words = [16, 17, 18, 19].map((index) => randomInteger(1, 2, 3, index));
  expect(words).toEqual([908250390, 4044648920, 3775961919, 45698095]);
});

test("streams have numbers of their own", () => {
  const numbers = Object.values(Stream);
  expect(new Set(numbers).size).toBe(numbers.length);
});

test("random() is even: mean, variance, and a chi-square over 64 cells", () => {
  const count = 65_536;
  const cells = new Array<number>(64).fill(0);
  let total = 0;
  let squares = 0;
  for (let i = 0; i < count; i++) {
    const value = random(5, Stream.examples, 0, i);
    cells[Math.floor(value * 64)] = (cells[Math.floor(value * 64)] as number) + 1;
    total += value;
    squares += value * value;
  }
  const mean = total / count;
  expect(Math.abs(mean - 1 / 2)).toBeLessThan(0.005);
  expect(Math.abs(squares / count - mean * mean - 1 / 12)).toBeLessThan(0.002);
  const expected = count / 64;
  const chiSquare = cells.reduce((sum, cell) => sum + (cell - expected) ** 2 / expected, 0);
  // 63 degrees of freedom: mean 63, deviation 11.2; between −4 and +5 deviations.
  expect(chiSquare).toBeGreaterThan(18);
  expect(chiSquare).toBeLessThan(119);
});

test("neighbouring seeds, streams and steps are uncorrelated", () => {
  const draws = (seed: number, stream: number, step: number) =>
    Array.from({ length: 4096 }, (_, i) => random(seed, stream, step, i) - 0.5);
  const start = draws(1, 1, 0);
  for (const other of [draws(2, 1, 0), draws(1, 2, 0), draws(1, 1, 1)]) {
    const product = start.reduce((sum, value, i) => sum + value * (other[i] as number), 0);
    // Divided by the variance 1/12 this is a correlation; its deviation is 1/64.
    expect(Math.abs((12 * product) / 4096)).toBeLessThan(5 / 64);
  }
});

test("normal draws have mean 0, variance 1 and normal tails", () => {
  const sequence = new RandomSequence(3, Stream.noise);
  const values = Array.from({ length: 40_000 }, () => sequence.normal());
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const square = values.reduce((sum, value) => sum + value * value, 0) / values.length;
  const beyondTwo = values.filter((value) => Math.abs(value) > 2).length / values.length;
  expect(Math.abs(mean)).toBeLessThan(0.025);
  expect(Math.abs(square - 1)).toBeLessThan(0.035);
  expect(Math.abs(beyondTwo - 0.0455)).toBeLessThan(0.006);
});

test("a permutation holds every index once and depends on the seed", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 300 }), fc.nat(), (count, seed) => {
      const order = permutation(count, seed, Stream.split, 0);
      expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, i) => i));
    }),
  );
  expect([...permutation(50, 1, Stream.split, 0)]).not.toEqual([
    ...permutation(50, 2, Stream.split, 0),
  ]);
});
