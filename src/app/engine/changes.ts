// What separates the controls from what the worker was told, and whether it needs a new run.
import type { FieldValue } from "../../experiment/fields";
import {
  type Experiment,
  type FieldPath,
  fieldEntries,
  getValue,
  sameValue,
} from "../../experiment/schema";

export interface Change {
  readonly path: FieldPath;
  readonly value: FieldValue;
  readonly live: boolean;
}

/** Every setting that differs; those that do not apply too, for they may apply later. */
export function changesBetween(from: Experiment, to: Experiment): Change[] {
  return fieldEntries
    .filter(({ path }) => !sameValue(getValue(from, path), getValue(to, path)))
    .map(({ path, field }) => ({ path, value: getValue(to, path), live: field.effect === "live" }));
}
