// Whatever comes in, what comes out keeps every bound; what is right stays as it is; the cause gives way.
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { actingExperiment } from "./acting";
import { maximumBytes, maximumParameters } from "./bounds";
import type { Field } from "./fields";
import { decodeLink, encodeLink } from "./link";
import { estimateBytes } from "./memory";
import { presets } from "./presets";
import { type Experiment, type FieldPath, fieldEntries, getValue } from "./schema";
import { checkExperiment, checkValue, correctValues } from "./validate";

const extremes = [
  0,
  -0,
  1,
  -1,
  2,
  0.5,
  1e-300,
  1e300,
  -1e300,
  2 ** 31,
  2 ** 53,
  999_999,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  Number.MIN_VALUE,
];

/** Allowed values of a field, its ends more often than what lies between. */
function allowed(field: Field): fc.Arbitrary<unknown> {
  if (field.type === "choice") return fc.constantFrom(...field.choices.map(({ value }) => value));
  const { minimum, maximum } = field;
  const whole = field.type === "integer" || field.type === "widths";
  const between = whole
    ? fc.integer({ min: minimum, max: maximum })
    : fc.double({ min: minimum, max: maximum, noNaN: true });
  const one = fc.oneof(fc.constantFrom(minimum, maximum), between);
  return "maximumLayers" in field
    ? fc.array(one, { maxLength: field.maximumLayers, size: "max" })
    : one;
}

/** Anything that JSON or a caller may bring. */
const anything = fc.oneof(
  fc.constantFrom<unknown>(...extremes, "", "none", "__proto__", "constructor", null, undefined),
  fc.jsonValue(),
  fc.array(fc.constantFrom(...extremes), { maxLength: 40 }),
  fc.string(),
);

/** Some or all settings, each allowed or not. */
const given = (wrong: boolean) =>
  fc
    .record(
      Object.fromEntries(
        fieldEntries.map(({ path, field }) => [
          path,
          wrong
            ? fc.oneof({ weight: 3, arbitrary: allowed(field) }, { weight: 1, arbitrary: anything })
            : allowed(field),
        ]),
      ),
      { requiredKeys: [] },
    )
    .map((record) => new Map(Object.entries(record) as [FieldPath, unknown][]));

/** A value as it might be written in a link. */
const textOf = (value: unknown): string =>
  Array.isArray(value)
    ? value.map(textOf).join("-")
    : typeof value === "string"
      ? value
      : `${JSON.stringify(value)}`;

const valuesOf = (experiment: Experiment) =>
  new Map(fieldEntries.map(({ path }) => [path, getValue(experiment, path)] as const));

function expectValid(experiment: Experiment): void {
  for (const entry of fieldEntries) {
    expect(checkValue(entry, getValue(experiment, entry.path)), entry.path).toBeNull();
  }
  expect(checkExperiment(experiment)).toEqual([]);
}

/** Settings that are large together: where totals are exceeded. */
const large = fc
  .record({
    "data.kind": fc.constantFrom(
      "shapes",
      "cifar10",
      "mnist",
      "strokeDigits",
      "ownPictures",
      "ownTable",
      "moons",
    ),
    "data.trainSize": fc.integer({ min: 4, max: 60_000 }),
    "data.validationSize": fc.integer({ min: 10, max: 10_000 }),
    "data.testSize": fc.integer({ min: 10, max: 10_000 }),
    "data.columns": fc.integer({ min: 1, max: 500 }),
    "model.family": fc.constantFrom("cnn", "mlp"),
    "model.filters": fc.array(fc.integer({ min: 1, max: 256 }), { maxLength: 6 }),
    "model.hiddenWidths": fc.array(fc.integer({ min: 1, max: 1024 }), { maxLength: 6 }),
    "model.head": fc.constantFrom("flatten", "mean"),
    "model.activation": fc.constantFrom("gelu", "relu"),
    "model.normalization": fc.constantFrom("none", "batch", "layer"),
    "model.evaluationMode": fc.constantFrom("evaluation", "training"),
    "optimizer.batchSize": fc.integer({ min: 1, max: 1024 }),
    "optimizer.epochs": fc.integer({ min: 1, max: 10_000 }),
  })
  .map((record) => new Map(Object.entries(record) as [FieldPath, unknown][]));

describe("correcting", () => {
  test.each([
    ["allowed values", given(false)],
    ["any values", given(true)],
    ["large values", large],
  ])("%s gives an experiment that keeps every bound, once and for all", (_, arbitrary) => {
    fc.assert(
      fc.property(arbitrary, (values) => {
        const { experiment } = correctValues(values);
        expectValid(experiment);
        expect(correctValues(valuesOf(experiment))).toEqual({ experiment, corrections: [] });
      }),
      { numRuns: 400 },
    );
  });

  test("links of any values give the same", () => {
    fc.assert(
      fc.property(given(true), (values) => {
        const pairs = fieldEntries
          .filter(({ path }) => values.has(path))
          .map(({ path, field }) => `${field.key}=${textOf(values.get(path))}`);
        const { experiment } = decodeLink(`v=1;${pairs.join(";")}`);
        expectValid(experiment);
        expect(decodeLink(encodeLink(experiment))).toMatchObject({ experiment, corrections: [] });
      }),
      { numRuns: 200 },
    );
  });

  it("leaves every preset as it acts", () => {
    for (const { name, experiment } of presets) {
      const acting = actingExperiment(experiment);
      expect(correctValues(valuesOf(acting)), name).toEqual({
        experiment: acting,
        corrections: [],
      });
    }
  });

  test("every change is told, and nothing else", () => {
    fc.assert(
      fc.property(large, (values) => {
        const { experiment, corrections } = correctValues(values);
        for (const { path, field } of fieldEntries) {
          if (!values.has(path)) continue;
          const told = corrections.some((correction) => correction.path === path);
          const same =
            JSON.stringify(values.get(path)) === JSON.stringify(getValue(experiment, path));
          expect(told, field.label).toBe(!same);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe("the cause gives way", () => {
  const corrected = (link: string) => {
    const { experiment, corrections } = decodeLink(`v=1;${link}`);
    expectValid(experiment);
    return { experiment, paths: corrections.map(({ path }) => path), corrections };
  };

  it.each([
    ["data=shapes;family=cnn;blocks=64-128;batch=1024;train=1000", "optimizer.batchSize"],
    [
      "data=shapes;family=cnn;blocks=256;batch=512;train=1000;hidden=none;head=mean",
      "optimizer.batchSize",
    ],
    [
      "data=shapes;family=cnn;blocks=256-256;act=gelu;batch=200;train=1000;hidden=none;head=mean",
      "optimizer.batchSize",
    ],
    ["hidden=1024-1024-1024", "model.hiddenWidths"],
    ["data=shapes;family=cnn;blocks=256;hidden=1024", "model.hiddenWidths"],
    [
      "data=shapes;family=cnn;blocks=256-256-256-256-256;hidden=none;head=mean;batch=8",
      "model.filters",
    ],
    ["data=mnist;train=59990;epochs=10000", "optimizer.epochs"],
    ["train=60000", "data.trainSize"],
    ["norm=batch;batch=1", "optimizer.batchSize"],
    ["data=strokeDigits;family=cnn;blocks=4-4-4-4-4", "model.filters"],
  ])("%s changes only %s", (link, path) => {
    expect(corrected(link).paths).toEqual([path]);
  });

  it("says which setting, from what, to what and why", () => {
    const { experiment, corrections } = corrected(
      "data=shapes;family=cnn;blocks=64-128;batch=1024;train=1000",
    );
    const { batchSize } = experiment.optimizer;
    expect(corrections[0]?.message).toMatch(
      new RegExp(
        `^Batch size is 1024: the experiment would need about [\\d,]+ MB of memory, at most 1,000 MB are allowed. ${batchSize} would fit. Now ${batchSize}.$`,
      ),
    );
    expect(experiment.data.trainSize).toBe(1000);
    expect(batchSize).toBeGreaterThan(200);
    // The largest that fits.
    const more = {
      ...experiment,
      optimizer: { ...experiment.optimizer, batchSize: batchSize + 1 },
    };
    expect(estimateBytes(experiment)).toBeLessThanOrEqual(maximumBytes);
    expect(checkExperiment(more)).toHaveLength(1);
  });

  it("narrows one layer where that is the least, and all alike where it is not", () => {
    expect(corrected("data=shapes;family=cnn;blocks=256;hidden=40").experiment.model).toMatchObject(
      {
        filters: [256],
        hiddenWidths: [30],
      },
    );
    const [first, ...rest] = corrected("hidden=1024-1024-1024").experiment.model.hiddenWidths;
    expect(first).toBeGreaterThan(970);
    expect(rest).toEqual([first, first]);
    expect(maximumParameters).toBe(2_000_000);
  });
});
