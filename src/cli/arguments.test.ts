// The command line says what is wrong with an experiment, in the same words as the control and the link.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { actingExperiment } from "../experiment/acting";
import { decodeLink } from "../experiment/link";
import { presets } from "../experiment/presets";
import { defaultExperiment, fieldEntries, findField } from "../experiment/schema";
import { checkValue } from "../experiment/validate";
import { readArguments } from "./arguments";
import { InputError } from "./errors";

const refusal = (...args: string[]): string => {
  try {
    readArguments(args);
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  return "";
};

/** A setting, what it is set to, what must be said, and what makes the setting matter. */
const wrong = [
  ["drop", "1", "Dropout is 1: it must be a number from 0 to 0.95", ""],
  ["drop", "-0.1", "Dropout is -0.1: it must be a number from 0 to 0.95", ""],
  ["dropin", "1.5", "Input dropout is 1.5", ""],
  ["dropconnect", "2", "DropConnect is 2", ""],
  ["dropmap", "1", "Spatial dropout is 1", "data=strokeDigits;family=cnn"],
  ["noisein", "-1", "Noise on inputs is -1: it must be a number from 0 to 3", ""],
  ["erase", "7", "Random erasing is 7: it must be a number from 0 to 1", "data=strokeDigits"],
  ["layers", "1,-1", "Strength per layer is [1,-1]", "l2=1"],
  ["batch", "1", "batch normalization needs at least 2", "norm=batch"],
  [
    "blocks",
    "4-4-4-4-4",
    "block 5 would put its 3×3 kernel on a picture of 1×1",
    "data=strokeDigits;family=cnn",
  ],
  ["blocks", "4-4-4-4-4", "on a picture of 2×2", "data=shapes;family=cnn"],
  ["hidden", "1024-1024-1024", "at most 2,000,000", ""],
] as const;

describe("bad settings", () => {
  it.each(wrong)("%s=%s is refused on the command line: %s", (key, value, message, rest) => {
    const link = rest === "" ? "v=1" : `v=1;${rest}`;
    expect(refusal(link, "--set", `${key}=${value}`)).toContain(message);
  });

  it.each(wrong)("%s=%s is corrected and explained in a link: %s", (key, value, message, rest) => {
    const { experiment, corrections } = decodeLink(`v=1;${rest};${key}=${value}`);
    const said = corrections.map((correction) => correction.message).join("\n");
    expect(said).toContain(message);
    const entry = findField(key);
    expect(entry).toBeDefined();
    expect(corrections.some(({ path }) => path === entry?.path)).toBe(true);
    for (const correction of corrections) expect(correction.message).toMatch(/ Now |left out/);
    if (entry) {
      const [section, name] = entry.path.split(".") as [never, never];
      expect(checkValue(entry, experiment[section][name])).toBeNull();
    }
  });
});

describe("what is refused is not said to be changed", () => {
  it.each(wrong)("%s=%s in a link", (key, value, message, rest) => {
    const said = refusal(`v=1;${rest};${key}=${value}`);
    expect(said).toContain("cannot be used as it is");
    expect(said).toContain(message);
    expect(said).not.toMatch(/ Now |left out/);
  });

  it.each([
    ["opt=adam", "decay=3", "Weight decay changes nothing in this experiment (Adam with"],
    ["opt=adamw", "momentum=0.5", "Momentum changes nothing in this experiment. Leave it out."],
  ])("%s with %s, which would change nothing", (first, second, message) => {
    expect(refusal("v=1", "--set", second, "--set", first)).toContain(message);
    expect(refusal(`v=1;${first};${second}`)).toContain(message);
  });

  it("settings are judged together, whatever their order", () => {
    expect(refusal("v=1", "--set", "decay=3", "--set", "opt=adamw")).toBe("");
    expect(refusal("shapes-cnn", "--epochs", "3", "--seed", "7")).not.toContain("changes nothing");
  });
});

describe("JSON files", () => {
  const folder = mkdtempSync(join(tmpdir(), "experiments-"));
  const file = join(folder, "experiment.json");
  afterAll(() => rmSync(folder, { recursive: true }));
  const refusalOf = (text: string) => {
    writeFileSync(file, text);
    return refusal(file);
  };

  it.each([
    ["", "is not a JSON file"],
    ["[]", "must be an object with the sections data, "],
    ["5", "must be an object"],
    ["null", "must be an object"],
    ['{"experiment":5}', '"experiment" in '],
    ['{"experiment":null}', '"experiment" in '],
    ['{"data":5}', '"data" in '],
    ['{"data":[1]}', "must be an object with the settings of the section"],
    ['{"__proto__":{"kind":"x"}}', 'has the section "__proto__"'],
    ['{"constructor":{"prototype":1}}', 'has the section "constructor"'],
    ['{"data":{"__proto__":1}}', 'has the setting "data.__proto__"'],
    ['{"data":{"toString":1}}', 'has the setting "data.toString"'],
    ['{"seed":{"a":1}}', "Seed is"],
    ['{"seed":1e999}', "Seed is Infinity: it must be a whole number"],
    ['{"data":{"kind":"__proto__"}}', 'Data set is "__proto__": it must be one of'],
    ['{"optimizer":{"learningRate":"1e-3"}}', 'Learning rate is "1e-3": it must be a number'],
    ['{"optimizer":{"batchSize":null}}', "Batch size is null"],
    ['{"model":{"hiddenWidths":[64,"64"]}}', 'Hidden layers is [64,"64"]'],
    ['{"model":{"hiddenWidths":{"length":3}}}', "Hidden layers is {"],
    [`{"model":{"hiddenWidths":[${"1,".repeat(99_999)}1]}}`, "at most 6 whole numbers"],
    [`{"${"x".repeat(1e5)}":1}`, "which this version does not know"],
    [`${"[".repeat(5000)}${"]".repeat(5000)}`, "must be an object"],
  ])("%.60s is refused in words", (text, message) => {
    const said = refusalOf(text);
    expect(said).toContain(message);
    expect(said.length).toBeLessThan(600);
  });

  it("a folder is no file", () => {
    expect(refusal(folder)).toContain("cannot be read");
  });

  it("never fails in another way", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), fc.constantFrom(...fieldEntries), (text, entry) => {
        const [section, key] = entry.path.split(".");
        const wrapped = key ? `{"${section}":{"${key}":${text}}}` : `{"${section}":${text}}`;
        for (const content of [text, wrapped, `{"experiment":${wrapped}}`]) refusalOf(content);
      }),
      { numRuns: 60 },
    );
  });

  it("an experiment of a record comes back as it is", () => {
    for (const { experiment } of presets) {
      const acting = actingExperiment(experiment);
      writeFileSync(file, JSON.stringify({ format: "x", experiment: acting }));
      expect(readArguments([file]).experiment).toEqual(acting);
    }
    writeFileSync(file, "{}");
    expect(readArguments([file]).experiment).toEqual(defaultExperiment);
  });
});
