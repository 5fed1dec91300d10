// Classes must come in exactly the counts that the experiment says, and mistakes exactly where flagged.
import fc from "fast-check";
import { expect, test } from "vitest";
import { classCounts, makeLabels, mislabel, trueLabels } from "./labels";
import { histogram, sum } from "./testing";

const sizes = fc.integer({ min: 0, max: 400 });
const classNumbers = fc.integer({ min: 2, max: 10 });
const seeds = fc.nat({ max: 4_294_967_295 });

test("imbalance falls off geometrically to 1 − imbalance", () => {
  expect([...classCounts(1110, 3, 0.99)]).toEqual([1000, 100, 10]);
  expect([...classCounts(110, 2, 0.9)]).toEqual([100, 10]);
  expect([...classCounts(10, 3, 0)]).toEqual([4, 3, 3]);
});

test("counts sum up, never rise, and stray from their share by less than one", () => {
  const imbalances = fc.double({ min: 0, max: 0.95, noNaN: true });
  fc.assert(
    fc.property(sizes, classNumbers, imbalances, (count, classes, imbalance) => {
      const counts = [...classCounts(count, classes, imbalance)];
      expect(sum(counts)).toBe(count);
      const weights = counts.map((_, i) => (1 - imbalance) ** (i / (classes - 1)));
      counts.forEach((value, i) => {
        const share = (count * (weights[i] as number)) / sum(weights);
        expect(Math.abs(value - share)).toBeLessThan(1);
      });
    }),
  );
});

test("every beginning of balanced labels is balanced, and shorter ones begin longer ones", () => {
  fc.assert(
    fc.property(sizes, sizes, classNumbers, seeds, (a, b, classes, seed) => {
      const [shorter, longer] = a < b ? [a, b] : [b, a];
      const labels = makeLabels(longer, classes, 0, seed, "train");
      expect([...makeLabels(shorter, classes, 0, seed, "train")]).toEqual([
        ...labels.subarray(0, shorter),
      ]);
      const counts = histogram(labels.subarray(0, shorter), classes);
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
    }),
  );
});

test("imbalance shapes training only, in a shuffled order", () => {
  const train = makeLabels(200, 4, 0.9, 7, "train");
  expect(histogram(train, 4)).toEqual([...classCounts(200, 4, 0.9)]);
  expect([...train]).not.toEqual([...train].sort());
  expect(histogram(makeLabels(200, 4, 0.9, 7, "validation"), 4)).toEqual([50, 50, 50, 50]);
  expect(histogram(makeLabels(200, 4, 0.9, 7, "test"), 4)).toEqual([50, 50, 50, 50]);
});

test("parts and seeds have orders of their own", () => {
  const order = (seed: number, part: "train" | "validation" | "test") =>
    makeLabels(100, 10, 0, seed, part).join();
  const orders = [order(1, "train"), order(1, "validation"), order(1, "test"), order(2, "train")];
  expect(new Set(orders).size).toBe(4);
});

test("mislabelling changes exactly round(share · count) labels, all flagged", () => {
  const shares = fc.double({ min: 0, max: 0.5, noNaN: true });
  fc.assert(
    fc.property(sizes, classNumbers, shares, seeds, (count, classes, share, seed) => {
      const before = makeLabels(count, classes, 0, seed, "train");
      const after = before.slice();
      const flags = mislabel(after, classes, share, seed);
      expect(sum(flags)).toBe(Math.round(share * count));
      after.forEach((label, i) => {
        expect(label !== before[i]).toBe(flags[i] === 1);
        expect(label >= 0 && label < classes).toBe(true);
      });
    }),
  );
});

test("a larger share keeps the mistakes of a smaller one", () => {
  const small = new Int32Array(500);
  const large = new Int32Array(500);
  mislabel(small, 10, 0.1, 3);
  mislabel(large, 10, 0.4, 3);
  expect(sum(small.map((label, i) => (label !== 0 && label !== large[i] ? 1 : 0)))).toBe(0);
});

test("all other classes are equally likely", () => {
  const labels = new Int32Array(10_000).fill(2);
  mislabel(labels, 5, 0.5, 11);
  const counts = histogram(labels, 5);
  expect(counts[2]).toBe(5000);
  // 5000 draws over 4 classes: 1250 each, deviation 31.
  for (const label of [0, 1, 3, 4])
    expect(Math.abs((counts[label] as number) - 1250)).toBeLessThan(150);
});

test("what labels were before they were replaced can be told from them, the flags and the seed", () => {
  fc.assert(
    fc.property(sizes, classNumbers, seeds, (count, classes, seed) => {
      const before = Int32Array.from({ length: count }, (_, index) => (index * 7) % classes);
      const after = before.slice();
      const flags = mislabel(after, classes, 0.4, seed);
      expect(trueLabels(after, flags, classes, seed)).toEqual(before);
    }),
  );
});
