// Links: canonical, short, readable, and harmless whatever they say.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { actingExperiment } from "./acting";
import { withoutLastOnes } from "./factors";
import type { Field, FieldValue } from "./fields";
import { decodeLink, encodeLink } from "./link";
import { presets } from "./presets";
import { defaultExperiment, type Experiment, fieldEntries, getValue, withValue } from "./schema";
import { checkExperiment, checkValue } from "./validate";

/** Any allowed value of a field. */
function anyValueOf(field: Field): fc.Arbitrary<FieldValue> {
  switch (field.type) {
    case "choice":
      return fc.constantFrom(...field.choices.map((entry) => entry.value));
    case "widths":
      return fc.array(fc.integer({ min: field.minimum, max: Math.min(64, field.maximum) }), {
        maxLength: field.maximumLayers,
      });
    case "multipliers":
      return fc
        .array(fc.double({ min: field.minimum, max: field.maximum, noNaN: true }), {
          maxLength: field.maximumLayers,
        })
        .map((factors) => withoutLastOnes(factors.map((factor) => factor || 0)));
    case "integer":
      return fc.integer({ min: field.minimum, max: field.maximum });
    case "real":
      return fc.double({ min: field.minimum, max: field.maximum, noNaN: true });
  }
}

const experiments: fc.Arbitrary<Experiment> = fc
  .tuple(
    ...fieldEntries.map(({ path, field }) =>
      anyValueOf(field).map((value) => [path, value === 0 ? 0 : value] as const),
    ),
  )
  .map((pairs) =>
    pairs.reduce(
      (experiment, [path, value]) => withValue(experiment, path, value),
      defaultExperiment,
    ),
  )
  .filter((experiment) => checkExperiment(experiment).length === 0);

describe("links", () => {
  it("leave defaults out", () => {
    expect(encodeLink(defaultExperiment)).toBe("v=1");
  });

  it("give back every setting that acts, without corrections", () => {
    fc.assert(
      fc.property(experiments, (experiment) => {
        const { experiment: read, corrections } = decodeLink(encodeLink(experiment));
        expect(corrections).toEqual([]);
        expect(read).toEqual(actingExperiment(experiment));
      }),
      { numRuns: 200 },
    );
  });

  it("hold one factor per layer at most, in the shortest form, and say what was left out", () => {
    const factors = (text: string) => {
      const { experiment, corrections } = decodeLink(`v=1;hidden=4;l2=0.1;layers=${text}`);
      return [experiment.regularization.layerMultipliers, corrections.map(({ path }) => path)];
    };
    const wrong = ["regularization.layerMultipliers"];
    expect(factors("2,1")).toEqual([[2], []]);
    expect(factors("1,1,9")).toEqual([[], wrong]);
    expect(factors("2,1,1,1,1,1,1,1,1,1,1,1,1,5")[0]).toEqual([2]);
    expect(decodeLink("v=1;hidden=4;l2=0.1;layers=1,1,9").corrections[0]?.message).toBe(
      "Strength per layer is 1, 1, 9: this network has 2 layers with weights. Now 1 for all.",
    );
  });

  it("are canonical: one experiment, one text", () => {
    fc.assert(
      fc.property(experiments, (experiment) => {
        const link = encodeLink(experiment);
        expect(encodeLink(decodeLink(link).experiment)).toBe(link);
        const [version, ...parts] = link.split(";");
        const shuffled = [version, ...parts.reverse()].join(";");
        expect(encodeLink(decodeLink(shuffled).experiment)).toBe(link);
      }),
      { numRuns: 100 },
    );
  });

  it("of presets stay under 300 characters and open without corrections", () => {
    for (const { name, experiment } of presets) {
      const link = encodeLink(experiment);
      expect(link.length, name).toBeLessThan(300);
      expect(decodeLink(link).corrections, name).toEqual([]);
      expect(checkExperiment(experiment), name).toEqual([]);
    }
  });

  it("stay readable as they are (golden links)", () => {
    const made = withValue(
      withValue(
        withValue(defaultExperiment, "data.kind", "strokeDigits"),
        "regularization.weightDecay",
        0.001,
      ),
      "model.hiddenWidths",
      [256, 10],
    );
    expect(encodeLink(made)).toBe("v=1.zbn;data=strokeDigits;hidden=256-10;decay=1e-3");
    for (const link of ["v=1", "v=1.zbn"]) {
      const { experiment, corrections } = decodeLink(
        `${link};data=strokeDigits;hidden=256-10;decay=1e-3`,
      );
      expect(experiment).toEqual(made);
      expect(corrections).toEqual([]);
    }
    const old = decodeLink(
      "v=1;data=spiral;train=100;noise=0.3;hidden=none;l1=1e-4;opt=sgd;seed=7",
    );
    expect(old.corrections).toEqual([]);
    expect(old.experiment.data).toMatchObject({ kind: "spiral", trainSize: 100, noise: 0.3 });
    expect(old.experiment.model.hiddenWidths).toEqual([]);
    expect(old.experiment.regularization.l1).toBe(1e-4);
    expect(old.experiment.optimizer.kind).toBe("sgd");
    expect(old.experiment.seed).toBe(7);
  });

  it("survive escaping by mail programs", () => {
    expect(decodeLink("v%3D1%3Btrain%3D30").experiment.data.trainSize).toBe(30);
  });

  it("use names that no unescaped HTML turns into a character", () => {
    const entities = [
      "reg",
      "copy",
      "lt",
      "gt",
      "amp",
      "quot",
      "para",
      "sect",
      "not",
      "times",
      "micro",
      "cent",
      "deg",
      "divide",
      "eth",
      "yen",
      "uml",
      "shy",
      "ord",
      "macr",
      "acute",
      "cedil",
      "curren",
      "pound",
      "middot",
      "sup",
      "frac",
      "laquo",
      "raquo",
      "iexcl",
      "iquest",
      "brvbar",
      "plusmn",
      "nbsp",
    ];
    const names = fieldEntries.map(({ field }) => field.key);
    for (const name of names) {
      expect(
        entities.filter((entity) => name.startsWith(entity)),
        name,
      ).toEqual([]);
      expect(name).toMatch(/^[a-z][a-z0-9]*$/);
    }
    expect(new Set(names).size).toBe(names.length);
  });
});

describe("hostile links", () => {
  it("with every field out of bounds are corrected, and each correction names field, value and range", () => {
    const wild = fieldEntries.map(
      ({ field }) =>
        `${field.key}=${field.type === "choice" ? "nonsense" : field.type === "widths" ? "99999-0" : "1e99"}`,
    );
    const { experiment, corrections } = decodeLink(`v=1;${wild.join(";")}`);
    for (const entry of fieldEntries) {
      expect(checkValue(entry, getValue(experiment, entry.path)), entry.path).toBeNull();
      const own = corrections.find(({ path }) => path === entry.path);
      expect(own?.message, entry.path).toContain(entry.field.label);
    }
    expect(checkExperiment(experiment)).toEqual([]);
    const noise = corrections.find(({ path }) => path === "data.noise");
    expect(noise?.message).toBe("Noise is 1e+99: it must be a number from 0 to 1. Now 1.");
  });

  it("never throw and always give a valid experiment", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 400 }), (text) => {
        const { experiment } = decodeLink(text);
        for (const entry of fieldEntries)
          expect(checkValue(entry, getValue(experiment, entry.path))).toBeNull();
        expect(checkExperiment(experiment)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it("explain unknown names, missing values, repeated names, and other versions", () => {
    const messages = (text: string) =>
      decodeLink(text)
        .corrections.map(({ message }) => message)
        .join("\n");
    expect(messages("v=1;colour=red")).toContain('Unknown setting "colour" ignored.');
    expect(messages("v=1;train")).toContain("has no value");
    expect(messages("v=1;train=20;train=30")).toContain("stands twice");
    expect(messages("v=9;train=20")).toContain("version 9");
    expect(messages("train=20")).toContain("states no version");
    expect(messages("v=1;layers=1e-3,0,2;l2=1")).toBe("");
    expect(messages("v=1;layers=1,-2;l2=1")).toContain("Strength per layer");
    expect(messages("v=1;opt=adam;decay=0.1")).toContain("AdamW");
    expect(messages(`v=1;${"x".repeat(5000)}`)).toContain("characters long");
  });

  it("say each thing once and no more than somebody reads", () => {
    const { corrections } = decodeLink(`v=1;${"train=20;".repeat(150)}${"seed;".repeat(150)}`);
    expect(corrections).toHaveLength(2);
    const junk = Array.from({ length: 900 }, (_, at) => `z${at}=`).join(";");
    const many = decodeLink(`v=1;${junk}`).corrections;
    expect(many.length).toBeLessThan(30);
    expect(many.at(-1)?.message).toMatch(/^\d+ more parts of the link were left out\.$/);
  });

  it("cannot exceed the totals: parameters, memory, epochs", () => {
    const { experiment, corrections } = decodeLink(
      "v=1;data=fashionMnist;train=59000;hidden=1024-1024-1024-1024;epochs=10000",
    );
    expect(checkExperiment(experiment)).toEqual([]);
    expect(corrections.map(({ path }) => path)).toEqual(["model.hiddenWidths", "optimizer.epochs"]);
  });
});
