// An experiment as it acts: what changes nothing in it stands at its default, as in its link, so that page and link give the same run.
import { applies } from "./applies";
import { factorsInForce } from "./factors";
import type { Field, FieldValue } from "./fields";
import {
  defaultExperiment,
  type Experiment,
  type FieldPath,
  fieldEntries,
  getValue,
  sameValue,
  withValue,
} from "./schema";

/** What the setting comes to: its default where it does not apply, no factors for layers that are not there. */
export function actingValue(
  experiment: Experiment,
  path: FieldPath,
  type: Field["type"],
): FieldValue {
  if (!applies(experiment, path)) return getValue(defaultExperiment, path);
  return type === "multipliers" ? factorsInForce(experiment) : getValue(experiment, path);
}

/** Each round may leave another setting without effect: an MLP has no filters, factors need a strength. */
const mostRounds = 4;

/** The experiment with every setting at what it comes to. */
export function actingExperiment(experiment: Experiment): Experiment {
  let held = experiment;
  for (let round = 0; round < mostRounds; round++) {
    const before = held;
    for (const { path, field } of fieldEntries) {
      const acting = actingValue(before, path, field.type);
      if (!sameValue(getValue(held, path), acting)) held = withValue(held, path, acting);
    }
    if (held === before) break;
  }
  return held;
}
