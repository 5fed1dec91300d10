// The command line says what is wrong with an experiment, in the same words as the control and the link.
import { describe, expect, it } from "vitest";
import { decodeLink } from "../experiment/link";
import { findField } from "../experiment/schema";
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
