// Changes of strengths and rates while training: checked as a whole before any of them acts.
import { actingExperiment } from "../experiment/acting";
import type { FieldValue } from "../experiment/fields";
import {
  type Experiment,
  type FieldPath,
  fieldEntry,
  getValue,
  sameValue,
  withValue,
} from "../experiment/schema";
import { totalNames, totals } from "../experiment/totals";
import { checkValue } from "../experiment/values";
import type { LiveChange } from "./telemetry";

export interface RequestedChange {
  readonly path: FieldPath;
  readonly value: FieldValue;
}

/**
 * The experiment after the changes, and those that change the run: what has no effect under the other settings leaves no mark.
 * @param moment where the run stands, for the marks.
 * @throws RangeError when a setting is not live, or a value or a total is not allowed.
 */
export function applyLiveChanges(
  before: Experiment,
  changes: readonly RequestedChange[],
  moment: { readonly step: number; readonly epoch: number },
): { experiment: Experiment; applied: LiveChange[] } {
  let experiment = before;
  const applied: LiveChange[] = [];
  for (const { path, value } of changes) {
    const entry = fieldEntry(path);
    if (entry.field.effect !== "live")
      throw new RangeError(`${entry.field.label} needs a new run.`);
    const message = checkValue(entry, value);
    if (message) throw new RangeError(message);
    const from = getValue(experiment, path);
    if (sameValue(from, value)) continue;
    experiment = withValue(experiment, path, value);
    applied.push({ path, from, to: value, step: moment.step, epoch: moment.epoch });
  }
  const exceeded = totalNames.find((name) => totals[name].isExceeded(experiment));
  if (exceeded)
    throw new RangeError(`With these settings ${totals[exceeded].why(experiment, "fewer")}`);
  const [held, now] = [actingExperiment(before), actingExperiment(experiment)];
  const acts = ({ path }: LiveChange) =>
    !sameValue(getValue(held, path as FieldPath), getValue(now, path as FieldPath));
  return { experiment, applied: applied.filter(acts) };
}
