// What decides which operations a step has: a change of it needs a new recording, a change of anything else only new numbers.
import { type Experiment, fieldEntries, getValue } from "../../experiment/schema";
import type { HyperparameterValues } from "../hyperparameters";

const structural = fieldEntries.filter(
  ({ field }) => field.effect === "live" && field.recorded === "structure",
);
const texts = new WeakMap<Experiment, string>();

/** The settings that a recording is made for, as text. */
function settingsText(experiment: Experiment): string {
  const known = texts.get(experiment);
  if (known !== undefined) return known;
  const text = structural.map(({ path }) => `${path}=${getValue(experiment, path)}`).join();
  texts.set(experiment, text);
  return text;
}

/**
 * A text that is the same for two steps of one run that consist of the same operations: operations are left out where a
 * strength is 0. @param scoped true when strengths have a factor for each parameter.
 */
export function programKey(
  experiment: Experiment,
  values: HyperparameterValues,
  scoped: boolean,
): string {
  let signs = "";
  for (const name in values) {
    // No operation is left out for a rate of 0, which schedules reach at their last step.
    if (name === "learningRate") continue;
    signs += Math.sign(values[name as keyof HyperparameterValues]);
  }
  return `${settingsText(experiment)} ${signs} ${scoped}`;
}
