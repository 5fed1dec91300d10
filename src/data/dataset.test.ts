// Every generated set must keep the promises of makeDataset: sizes, independence of parts, repeatability, noise.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { describeTask } from "../experiment/tasks";
import { curveValue, invertScaling, makeDataset, sampleForThumbnail, scaledInputs } from "./index";
import { correlatedPairs, relevantFeatures, ruleValue, tabularSize } from "./tabular";
import { histogram, settings, sum } from "./testing";
import type { Dataset, PartName, RawExamples } from "./types";

const planes = ["moons", "circle", "xor", "clusters", "spiral"] as const;
const kinds = [...planes, "curve", "tabular", "strokeDigits", "shapes"] as const;

/** Inputs of a part as they were before scaling. */
function rawInputs(dataset: Dataset, part: PartName): Float32Array {
  const examples = dataset[part];
  const scaled = scaledInputs(examples, dataset, 0, examples.count);
  return invertScaling(scaled, dataset.scaling, dataset.inputSize);
}

/** Row by row, for finding the same example in two parts. */
function rows(examples: RawExamples): string[] {
  const width = examples.inputs.length / examples.count;
  return Array.from({ length: examples.count }, (_, i) =>
    examples.inputs.slice(i * width, (i + 1) * width).join(),
  );
}

describe.each(kinds)("%s", (kind) => {
  const data = settings({
    kind,
    trainSize: 41,
    validationSize: 30,
    testSize: 20,
    mislabelled: 0.2,
  });
  const { inputSize, outputs, type } = describeTask(data);

  test("has parts of the sizes and shapes asked for", async () => {
    const dataset = await makeDataset(data, 1, null);
    const counts = { train: 41, validation: 30, test: 20 } as const;
    for (const part of ["train", "validation", "test"] as const) {
      const examples = dataset[part];
      expect(examples.count).toBe(counts[part]);
      expect(examples.inputs).toHaveLength(counts[part] * inputSize);
      expect(examples.labels).toHaveLength(type === "classification" ? counts[part] : 0);
      expect(examples.targets).toHaveLength(type === "regression" ? counts[part] * outputs : 0);
      expect(examples.mislabelled).toHaveLength(counts[part]);
      expect(examples.inputs.every(Number.isFinite)).toBe(true);
    }
    expect(dataset.classNames).toHaveLength(type === "classification" ? outputs : 0);
  });

  test("mislabels training only, and only classes", async () => {
    const dataset = await makeDataset(data, 1, null);
    expect(sum(dataset.train.mislabelled)).toBe(type === "classification" ? 8 : 0);
    expect(sum(dataset.validation.mislabelled) + sum(dataset.test.mislabelled)).toBe(0);
  });

  test("same seed, same bytes; another seed, other bytes", async () => {
    const first = await makeDataset(data, 9, null);
    expect(await makeDataset(data, 9, null)).toEqual(first);
    const other = await makeDataset(data, 10, null);
    expect(other.train.inputs).not.toEqual(first.train.inputs);
    expect(other.test.inputs).not.toEqual(first.test.inputs);
  });

  test("parts share no example, and a larger part begins with the smaller", () => {
    const clean = settings({ kind, mislabelled: 0 });
    const parts = ["train", "validation", "test"] as const;
    const all = parts.flatMap((part) => rows(sampleForThumbnail(clean, 3, part, 60)));
    expect(new Set(all).size).toBe(180);
    const small = sampleForThumbnail(clean, 3, "train", 17);
    const large = sampleForThumbnail(clean, 3, "train", 60);
    expect(rows(large).slice(0, 17)).toEqual(rows(small));
    expect(large.labels.slice(0, 17)).toEqual(small.labels);
    expect(large.targets.slice(0, 17)).toEqual(small.targets);
  });

  test("the training size changes neither validation nor test", async () => {
    // Fixed figures, so that scaling cannot differ: compared raw.
    const larger = await makeDataset({ ...data, trainSize: 80 }, 1, null);
    const smaller = await makeDataset(data, 1, null);
    for (const part of ["validation", "test"] as const) {
      const a = rawInputs(larger, part);
      const b = rawInputs(smaller, part);
      a.forEach((value, i) => {
        expect(Math.abs(value - (b[i] as number))).toBeLessThan(1e-3);
      });
      expect(larger[part].labels).toEqual(smaller[part].labels);
    }
  });

  test("a thumbnail shows the examples that training uses, raw", async () => {
    const dataset = await makeDataset(data, 1, null);
    const raw = sampleForThumbnail(data, 1, "train", 41);
    const back = rawInputs(dataset, "train");
    raw.inputs.forEach((value, i) => {
      expect(Math.abs(value - (back[i] as number))).toBeLessThan(1e-3);
    });
    expect(raw.labels).toEqual(dataset.train.labels);
    expect(raw.mislabelled).toEqual(dataset.train.mislabelled);
  });

  test("scales by the training part only", async () => {
    const wide = await makeDataset({ ...data, validationSize: 99, testSize: 99 }, 1, null);
    const narrow = await makeDataset(data, 1, null);
    expect(wide.scaling).toEqual(narrow.scaling);
    expect(wide.train.inputs).toEqual(narrow.train.inputs);
  });
});

test("imbalance keeps a class's examples and takes from its end", () => {
  const data = settings({ kind: "clusters", classes: 3, mislabelled: 0 });
  const balanced = sampleForThumbnail(data, 1, "train", 90);
  const skewed = sampleForThumbnail({ ...data, imbalance: 0.75 }, 1, "train", 35);
  expect(histogram(skewed.labels, 3)).toEqual([20, 10, 5]);
  const known = new Set(rows(balanced));
  expect(rows(skewed).every((row) => known.has(row))).toBe(true);
});

test("classes are balanced to within one for any number of clusters", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 5 }),
      fc.integer({ min: 4, max: 90 }),
      (classes, count) => {
        const data = settings({ kind: "clusters", classes, mislabelled: 0 });
        const counts = histogram(sampleForThumbnail(data, 2, "validation", count).labels, classes);
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
      },
    ),
    { numRuns: 30 },
  );
});

/** Share of validation points whose nearest training point has their class. */
function nearestNeighbourAccuracy(kind: (typeof planes)[number], noise: number): number {
  const data = settings({ kind, noise, mislabelled: 0 });
  const train = sampleForThumbnail(data, 4, "train", 600);
  const validation = sampleForThumbnail(data, 4, "validation", 300);
  let hits = 0;
  for (let i = 0; i < validation.count; i++) {
    let best = Number.POSITIVE_INFINITY;
    let label = -1;
    for (let j = 0; j < train.count; j++) {
      const dx = (train.inputs[2 * j] as number) - (validation.inputs[2 * i] as number);
      const dy = (train.inputs[2 * j + 1] as number) - (validation.inputs[2 * i + 1] as number);
      if (dx * dx + dy * dy >= best) continue;
      best = dx * dx + dy * dy;
      label = train.labels[j] as number;
    }
    if (label === validation.labels[i]) hits++;
  }
  return hits / validation.count;
}

test.each(planes)("%s: clean is learnable, noise hides the rule, all near −1.5 … 1.5", (kind) => {
  const clean = nearestNeighbourAccuracy(kind, 0);
  const usual = nearestNeighbourAccuracy(kind, 0.28);
  const wild = nearestNeighbourAccuracy(kind, 1);
  expect(clean).toBeGreaterThan(0.98);
  expect(usual).toBeGreaterThan(0.75);
  expect(usual).toBeLessThan(clean + 1e-9);
  expect(wild).toBeLessThan(usual - 0.1);
  const { inputs } = sampleForThumbnail(settings({ kind, noise: 0 }), 1, "train", 500);
  expect(inputs.every((value) => Math.abs(value) <= 1.5)).toBe(true);
});

test("moons are scikit-learn's: radius 1, and noise is the standard deviation", () => {
  const clean = sampleForThumbnail(settings({ noise: 0, mislabelled: 0 }), 1, "test", 400);
  const noisy = sampleForThumbnail(settings({ noise: 0.28, mislabelled: 0 }), 1, "test", 400);
  clean.labels.forEach((label, i) => {
    const x = (clean.inputs[2 * i] as number) + 0.5 - (label === 0 ? 0 : 1);
    const y = (clean.inputs[2 * i + 1] as number) + 0.25 - (label === 0 ? 0 : 0.5);
    expect(Math.hypot(x, y)).toBeCloseTo(1, 5);
  });
  const moved = noisy.inputs.map((value, i) => (value - (clean.inputs[i] as number)) ** 2);
  expect(Math.sqrt(sum(moved) / moved.length)).toBeCloseTo(0.28, 1);
});

test("the curve's errors have the deviation asked for, and its scale is about ±1", () => {
  const data = settings({ kind: "curve", noise: 0.3 });
  const { inputs, targets, count } = sampleForThumbnail(data, 1, "train", 4000);
  const errors = targets.map((y, i) => y - curveValue(inputs[i] as number));
  expect(Math.abs(Math.sqrt(sum(errors.map((e) => e * e)) / count) - 0.3)).toBeLessThan(0.015);
  const values = Array.from({ length: 201 }, (_, i) => curveValue(i / 100 - 1));
  expect(Math.max(...values.map(Math.abs))).toBeLessThan(1.3);
  expect(Math.max(...values) - Math.min(...values)).toBeGreaterThan(1.5);
  expect(inputs.every((x) => x >= -1 && x <= 1)).toBe(true);
});

test("the table: standardized inputs, two correlated pairs, five features that matter", () => {
  const data = settings({ kind: "tabular", noise: 0, mislabelled: 0 });
  const { inputs, labels, count } = sampleForThumbnail(data, 1, "train", 4000);
  const feature = (index: number) => (row: number) => inputs[row * tabularSize + index] as number;
  const mean = (of: (row: number) => number) =>
    sum(Array.from({ length: count }, (_, row) => of(row))) / count;
  for (let i = 0; i < tabularSize; i++) {
    expect(Math.abs(mean(feature(i)))).toBeLessThan(0.08);
    expect(Math.abs(mean((row) => feature(i)(row) ** 2) - 1)).toBeLessThan(0.12);
  }
  for (const [a, b] of correlatedPairs) {
    expect(Math.abs(mean((row) => feature(a)(row) * feature(b)(row)) - 0.9)).toBeLessThan(0.08);
  }
  expect(Math.abs(mean((row) => feature(2)(row) * feature(3)(row)))).toBeLessThan(0.08);
  expect(relevantFeatures).toHaveLength(5);
  const [pair] = correlatedPairs;
  expect(relevantFeatures.includes(pair?.[0] ?? -1)).toBe(true);
  expect(relevantFeatures.includes(pair?.[1] ?? -1)).toBe(false);
  labels.forEach((label, row) => {
    const rule = ruleValue(inputs.subarray(row * tabularSize, (row + 1) * tabularSize));
    expect(label).toBe(rule > 0 ? 1 : 0);
  });
});

test("the table's noise makes labels follow the rule less", () => {
  const follows = (noise: number) => {
    const data = settings({ kind: "tabular", noise, mislabelled: 0 });
    const { inputs, labels, count } = sampleForThumbnail(data, 1, "test", 2000);
    const hits = labels.filter((label, row) => {
      const rule = ruleValue(inputs.subarray(row * tabularSize, (row + 1) * tabularSize));
      return label === (rule > 0 ? 1 : 0);
    });
    return hits.length / count;
  };
  expect(Math.abs(follows(0.2) - 0.845)).toBeLessThan(0.03);
  expect(Math.abs(follows(1) - 0.61)).toBeLessThan(0.04);
});
