// The schema's own consistency, messages of single values, and differences in words.
import { describe, expect, it } from "vitest";
import { actingExperiment } from "./acting";
import { describeDifference, differences } from "./difference";
import { formatValue, shortNumber } from "./format";
import { choiceHelp, help } from "./help";
import { decodeLink, encodeLink } from "./link";
import { findPreset, presets } from "./presets";
import { defaultExperiment, fieldEntries, fieldEntry, getValue, withValue } from "./schema";
import { describeTask, standInSettings } from "./tasks";
import { checkExperiment, checkValue, parseValue } from "./validate";

describe("schema", () => {
  it.each(fieldEntries.map((entry) => [entry.path, entry] as const))(
    "%s is consistent",
    (_path, entry) => {
      const { field } = entry;
      expect(checkValue(entry, getValue(defaultExperiment, entry.path))).toBeNull();
      expect(help[entry.path].length).toBeGreaterThan(10);
      const values = field.type === "choice" ? field.choices.map(({ value }) => value) : [];
      for (const value of Object.keys(choiceHelp[entry.path] ?? {}))
        expect(values).toContain(value);
      if (field.type === "real" || field.type === "integer") {
        for (const snap of field.snaps) expect(checkValue(entry, snap), `snap ${snap}`).toBeNull();
        if (field.scale === "logarithmic")
          expect(field.smallest ?? field.minimum).toBeGreaterThan(0);
      }
    },
  );

  it("freezes experiments", () => {
    expect(() => {
      (defaultExperiment.data as { noise: number }).noise = 1;
    }).toThrow();
    const changed = withValue(defaultExperiment, "data.noise", 0.5);
    expect(Object.isFrozen(changed.data)).toBe(true);
    expect(defaultExperiment.data.noise).not.toBe(0.5);
  });

  it("names presets once, and the first is the first visit", () => {
    expect(new Set(presets.map(({ name }) => name)).size).toBe(presets.length);
    expect(presets[0]).toBe(findPreset("moons-overfit"));
    expect(presets[0]?.experiment).toBe(defaultExperiment);
  });

  it("presets stay within all bounds and come back out of their links", () => {
    for (const { name, experiment } of presets) {
      expect(checkExperiment(experiment), name).toEqual([]);
      expect(decodeLink(encodeLink(experiment)), name).toMatchObject({
        experiment: actingExperiment(experiment),
        corrections: [],
      });
    }
  });

  it("suggestions of presets change something and stay allowed", () => {
    for (const { name, experiment, suggestion } of presets) {
      if (!suggestion) continue;
      const changed = suggestion.changes.reduce(
        (held, [path, value]) => withValue(held, path, value),
        experiment,
      );
      expect(differences(experiment, changed).length, name).toBe(suggestion.changes.length);
      for (const [path, value] of suggestion.changes)
        expect(checkValue(fieldEntry(path), value), name).toBeNull();
    }
  });
});

describe("messages", () => {
  it.each([
    ["regularization.dropoutHidden", 1, "Dropout is 1: it must be a number from 0 to 0.95."],
    ["optimizer.batchSize", 0, "Batch size is 0: it must be a whole number from 1 to 1024."],
    ["optimizer.batchSize", 2.5, "Batch size is 2.5: it must be a whole number from 1 to 1024."],
    [
      "optimizer.learningRate",
      Number.NaN,
      "Learning rate is NaN: it must be a number from 1e-6 to 10.",
    ],
    [
      "optimizer.kind",
      "lion",
      'Optimizer is "lion": it must be one of sgd, momentum, nesterov, rmsprop, adam, adamw.',
    ],
    [
      "model.hiddenWidths",
      [0],
      'Hidden layers is [0]: it must be at most 6 whole numbers from 1 to 1024, joined by "-", or "none".',
    ],
  ] as const)("%s = %s", (path, value, message) => {
    expect(checkValue(fieldEntry(path), value)).toBe(message);
  });

  it("name totals that are exceeded", () => {
    const wide = withValue(defaultExperiment, "model.hiddenWidths", [1024, 1024, 1024]);
    expect(checkExperiment(wide)[0]).toContain("parameters");
  });
});

describe("numbers and differences in words", () => {
  it.each([
    [0, "0"],
    [0.001, "1e-3"],
    [0.00003, "3e-5"],
    [0.28, "0.28"],
    [0.05, "0.05"],
    [60, "60"],
    [55_000, "55000"],
    [1000, "1000"],
    [1e6, "1e6"],
    [0.12345, "0.12345"],
  ])("%d is written %s and read back", (value, text) => {
    expect(shortNumber(value)).toBe(text);
    expect(Number(text)).toBe(value);
  });

  it("reads decimal commas and percent signs", () => {
    const { field } = fieldEntry("data.mislabelled");
    expect(parseValue(field, "8 %")).toBeCloseTo(0.08, 12);
    expect(parseValue(field, "0,25")).toBe(0.25);
    expect(parseValue(field, "a lot")).toBeNull();
    const epochs = fieldEntry("optimizer.epochs").field;
    expect(parseValue(epochs, "1,000")).toBe(1000);
    expect(parseValue(epochs, "10,000")).toBe(10_000);
    expect(parseValue(epochs, "1,5")).toBe(1.5);
    expect(parseValue(fieldEntry("optimizer.learningRate").field, "0,001")).toBe(0.001);
    expect(formatValue(field, 0.08)).toBe("8 %");
  });

  it("describes what separates two experiments", () => {
    const other = withValue(
      withValue(defaultExperiment, "regularization.weightDecay", 1e-3),
      "regularization.dropoutHidden",
      0.3,
    );
    expect(describeDifference(defaultExperiment, other)).toBe(
      "weight decay 0 → 1e-3, dropout 0 → 0.3",
    );
    expect(describeDifference(defaultExperiment, defaultExperiment)).toBe("no difference");
  });

  it("leaves out settings that matter in neither", () => {
    const other = withValue(defaultExperiment, "optimizer.momentum", 0.5);
    expect(describeDifference(defaultExperiment, other)).toBe("no difference");
  });
});

describe("generated pictures in place of files", () => {
  const fromFiles = presets.filter(
    ({ experiment }) => standInSettings(experiment.data.kind) !== null,
  );

  it("are there for every preset on real pictures", () => {
    const kinds = new Set(fromFiles.map(({ experiment }) => experiment.data.kind));
    expect([...kinds].sort()).toEqual(["cifar10", "fashionMnist", "mnist"]);
  });

  it.each(fromFiles.map((preset) => [preset.name, preset] as const))(
    "%s keeps its network and all but its data",
    (_name, { experiment }) => {
      const other = (standInSettings(experiment.data.kind) ?? []).reduce(
        (held, [path, value]) => withValue(held, path, value),
        experiment,
      );
      expect({ ...other, data: experiment.data }).toEqual(experiment);
      expect(checkExperiment(other)).toEqual([]);
      const [before, after] = [describeTask(experiment.data), describeTask(other.data)];
      expect(after.inputShape).toEqual(before.inputShape);
      expect(after.outputs).toBe(before.outputs);
      expect(after.origin).toBe("generated");
    },
  );
});
