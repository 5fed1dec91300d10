// Corruptions do what their formulas say, leave a picture alone at strength 0, and are the same for the same seed.
import { describe, expect, it } from "vitest";
import {
  type CorruptionKind,
  corruptionAmounts,
  corruptionKinds,
  corruptPicture,
  type PictureShape,
} from "./corruptions";
import { random } from "./random";
import { sum } from "./testing";

const shape: PictureShape = [24, 20, 3];
const size = shape[0] * shape[1] * shape[2];
const picture = Uint8Array.from({ length: size }, (_, at) => 256 * random(7, 1, 0, at));
const flat = (value: number, of: PictureShape = [32, 32, 1]) =>
  new Uint8Array(of[0] * of[1] * of[2]).fill(value);
const grey: PictureShape = [32, 32, 1];

function variance(values: Uint8Array): number {
  const mean = sum(values) / values.length;
  return (
    Array.from(values).reduce((total, value) => total + (value - mean) ** 2, 0) / values.length
  );
}

describe.each(corruptionKinds)("%s", (kind: CorruptionKind) => {
  it("changes nothing at amount 0, and hands out a copy", () => {
    const copy = corruptPicture(picture, { kind, amount: 0 }, shape, 1, 0);
    expect(copy).toEqual(picture);
    expect(copy).not.toBe(picture);
  });

  it("changes more the stronger it is, and never the picture it was given", () => {
    const before = picture.slice();
    const distances = (corruptionAmounts[kind] as number[]).map((amount) => {
      const after = corruptPicture(picture, { kind, amount }, shape, 1, 0);
      expect(after).toHaveLength(size);
      return Array.from(after, (value, at) => Math.abs(value - (picture[at] as number))).reduce(
        (a, b) => a + b,
      );
    });
    expect(distances).toHaveLength(3);
    expect(distances[0]).toBeGreaterThan(0);
    if (kind !== "rotation") expect(distances).toEqual([...distances].sort((a, b) => a - b));
    expect(picture).toEqual(before);
  });

  it("is the same for the same seed and picture", () => {
    const corruption = { kind, amount: corruptionAmounts[kind][1] as number };
    const first = corruptPicture(picture, corruption, shape, 5, 3);
    expect(corruptPicture(picture, corruption, shape, 5, 3)).toEqual(first);
    const others = Array.from({ length: 20 }, (_, index) =>
      corruptPicture(picture, corruption, shape, 6, index).join(),
    );
    const chance = kind === "noise" ? 20 : kind === "rotation" ? 2 : 1;
    expect(new Set(others).size).toBe(chance);
  });

  it("refuses what is no picture and no amount", () => {
    expect(() => corruptPicture(picture, { kind, amount: 0.1 }, [24, 20, 1], 1, 0)).toThrow(
      /1440 values: expected 24 × 20 × 1/,
    );
    for (const amount of [-0.1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => corruptPicture(picture, { kind, amount }, shape, 1, 0)).toThrow(RangeError);
    }
  });
});

it("noise has the mean and the deviation that it says, and one grain at all strengths", () => {
  const noisy = (amount: number) =>
    corruptPicture(flat(128), { kind: "noise", amount }, grey, 2, 0);
  const weak = noisy(0.08);
  expect(Math.abs(sum(weak) / weak.length - 128)).toBeLessThan(2);
  expect(Math.sqrt(variance(weak)) / 255).toBeCloseTo(0.08, 2);
  const double = noisy(0.04);
  weak.forEach((value, at) => {
    expect(Math.abs(value - 128 - 2 * ((double[at] as number) - 128))).toBeLessThanOrEqual(2);
  });
});

it("blur keeps an even picture and the sum of a spot, and spreads it by its standard deviation", () => {
  const blurred = (from: Uint8Array, amount: number) =>
    corruptPicture(from, { kind: "blur", amount }, grey, 1, 0);
  expect(blurred(flat(90), 2.5)).toEqual(flat(90));
  const spot = flat(0);
  for (const row of [15, 16]) for (const column of [15, 16]) spot[row * 32 + column] = 255;
  const spread = blurred(spot, 1.5);
  expect(sum(spread) / sum(spot)).toBeCloseTo(1, 1);
  const moment = (of: Uint8Array) =>
    of.reduce((total, value, at) => total + value * (Math.floor(at / 32) - 15.5) ** 2, 0) / sum(of);
  expect(Math.abs(Math.sqrt(moment(spread) - moment(spot)) - 1.5)).toBeLessThan(0.1);
  expect(variance(blurred(spread, 1.5))).toBeLessThan(variance(spread));
});

it("blur is a matter of the picture's height, and leaves channels apart", () => {
  const line = Uint8Array.from({ length: 64 }, (_, at) => (at === 32 ? 255 : 0));
  const twice = corruptPicture(line, { kind: "blur", amount: 1.5 }, [64, 1, 1], 1, 0);
  const peak = 255 / (Math.sqrt(2 * Math.PI) * 3);
  expect(Math.abs((twice[32] as number) - peak)).toBeLessThan(1);
  const red = flat(0, [8, 8, 3]).map((_, at) => (at % 3 === 0 ? 10 * Math.floor(at / 24) : 0));
  const after = corruptPicture(red, { kind: "blur", amount: 2.5 }, [8, 8, 3], 1, 0);
  expect(after.every((value, at) => (at % 3 === 0 ? true : value === 0))).toBe(true);
});

it("a quarter turn moves every pixel to its place, to one side or the other", () => {
  const side = 5;
  const from = Uint8Array.from({ length: side * side }, (_, at) => 10 * at);
  const turned = Array.from({ length: side * side }, (_, at) => {
    const [row, column] = [Math.floor(at / side), at % side];
    return 10 * ((side - 1 - column) * side + row);
  });
  const other = [...turned].reverse();
  for (let index = 0; index < 8; index++) {
    const after = corruptPicture(from, { kind: "rotation", amount: 90 }, [side, side, 1], 3, index);
    expect([turned.join(), other.join()]).toContain(after.join());
  }
  const full = corruptPicture(from, { kind: "rotation", amount: 360 }, [side, side, 1], 3, 0);
  expect(full).toEqual(from);
});

it("a turned picture has no black corners: its edge goes on", () => {
  const corruption = { kind: "rotation", amount: 40 } as const;
  expect(corruptPicture(flat(200), corruption, grey, 1, 0)).toEqual(flat(200));
});

it("brightness adds to grey, keeps the ratios of a colour, and ends at white", () => {
  const brightness = (from: number[], amount: number, channels: number) => [
    ...corruptPicture(
      Uint8Array.from(from),
      { kind: "brightness", amount },
      [1, from.length / channels, channels],
      1,
      0,
    ),
  ];
  expect(brightness([0, 100, 250], 0.2, 1)).toEqual([51, 151, 255]);
  expect(brightness([100, 50, 0, 0, 0, 0], 0.2, 3)).toEqual([151, 76, 0, 51, 51, 51]);
  expect(brightness([200, 100, 20], 0.5, 3)).toEqual([255, 128, 26]);
});
