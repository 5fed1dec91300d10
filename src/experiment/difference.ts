// What separates two experiments, in words: it names runs, marks and suggestions.
import { actingExperiment } from "./acting";
import { applies } from "./applies";
import type { FieldValue } from "./fields";
import { formatValue } from "./format";
import {
  type Experiment,
  type FieldPath,
  fieldEntries,
  fieldEntry,
  getValue,
  sameValue,
} from "./schema";

export { formatValue } from "./format";

export interface Difference {
  readonly path: FieldPath;
  readonly from: FieldValue;
  readonly to: FieldValue;
}

/** Every setting that differs and acts in at least one of the two. */
export function differences(a: Experiment, b: Experiment): Difference[] {
  const [actsInA, actsInB] = [actingExperiment(a), actingExperiment(b)];
  const acts = (path: FieldPath) =>
    (applies(a, path) || applies(b, path)) &&
    !sameValue(getValue(actsInA, path), getValue(actsInB, path));
  return fieldEntries
    .filter(({ path }) => acts(path))
    .map(({ path }) => ({ path, from: getValue(a, path), to: getValue(b, path) }))
    .filter(({ from, to }) => !sameValue(from, to));
}

/** One change in words, such as "weight decay 0 → 1e-3". */
export function describeChange(path: FieldPath, from: FieldValue, to: FieldValue): string {
  const { field } = fieldEntry(path);
  return `${lowerFirst(field.label)} ${formatValue(field, from)} → ${formatValue(field, to)}`;
}

/** Such as "weight decay 0 → 1e-3, dropout 0 → 0.3"; "no difference" when there is none. */
export function describeDifference(a: Experiment, b: Experiment): string {
  const changes = differences(a, b);
  if (changes.length === 0) return "no difference";
  return changes.map(({ path, from, to }) => describeChange(path, from, to)).join(", ");
}

/** Labels such as "L2 penalty" and "β₁" keep their first letter. */
export function lowerFirst(label: string): string {
  return /^[A-Z][a-z]/.test(label) ? label[0]?.toLowerCase() + label.slice(1) : label;
}
