// Turns anything into a valid experiment, saying in words what was wrong and what is used instead.
import { applies } from "./applies";
import { layerSizes } from "./bounds";
import { withinTotals } from "./cures";
import { factorsInForce, withoutLastOnes } from "./factors";
import type { Field, FieldValue } from "./fields";
import { formatValue } from "./format";
import {
  defaultExperiment,
  type Experiment,
  type FieldEntry,
  type FieldPath,
  fieldEntries,
  fieldEntry,
  getValue,
  sameValue,
  withValue,
} from "./schema";
import { checkValue } from "./values";

export { checkValue, parseValue } from "./values";

/** One thing that was not as it should be, and what was done about it. */
export interface Correction {
  /** The setting concerned, or null for the whole. */
  readonly path: FieldPath | null;
  /** What was wrong and what was done about it. */
  readonly message: string;
  /** What was wrong, for those who do nothing about it; left out where `message` says no more. */
  readonly problem?: string;
}

/** A value was replaced by another. */
function replaced({ path, field }: FieldEntry, problem: string, value: FieldValue): Correction {
  return { path, problem, message: `${problem} Now ${formatValue(field, value)}.` };
}

export { checkTotals as checkExperiment } from "./cures";

/** The allowed value nearest to a wrong one, or the default where there is no near one. */
function nearest(field: Field, value: unknown): FieldValue {
  if (field.type === "choice") return field.default;
  if (field.type === "widths" || field.type === "multipliers") {
    if (
      !Array.isArray(value) ||
      value.some((item) => typeof item !== "number" || Number.isNaN(item))
    ) {
      return field.default;
    }
    const whole = field.type === "widths" ? Math.round : (item: number) => item;
    const held = value
      .slice(0, field.maximumLayers)
      .map((item: number) => whole(Math.min(field.maximum, Math.max(field.minimum, item))));
    return field.type === "multipliers" ? withoutLastOnes(held) : held;
  }
  if (typeof value !== "number" || Number.isNaN(value)) return field.default;
  const held = Math.min(field.maximum, Math.max(field.minimum, value));
  return field.type === "integer" ? Math.round(held) : held;
}

/**
 * Makes a valid experiment of values by path. Wrong values are replaced by the nearest allowed one,
 * missing ones by the default, totals are brought within bounds; each change is explained.
 */
export function correctValues(values: ReadonlyMap<FieldPath, unknown>): {
  experiment: Experiment;
  corrections: Correction[];
} {
  const corrections: Correction[] = [];
  let experiment = defaultExperiment;
  for (const entry of fieldEntries) {
    if (!values.has(entry.path)) continue;
    const given = values.get(entry.path);
    const message = checkValue(entry, given);
    const used = message === null ? (given as FieldValue) : nearest(entry.field, given);
    if (message !== null) corrections.push(replaced(entry, message, used));
    experiment = withValue(experiment, entry.path, used);
  }
  // What is left out or lowered may leave another setting without effect.
  for (let round = 0; round < mostRounds; round++) {
    const before = experiment;
    experiment = withoutIdle(experiment, corrections);
    const within = withinTotals(experiment);
    for (const { path, to, problem } of within.violations) {
      corrections.push(replaced(fieldEntry(path), problem, to));
    }
    experiment = withFactorsOfLayers(within.experiment, corrections);
    if (experiment === before) break;
  }
  return { experiment, corrections };
}

/** More rounds of corrections than any experiment needs. */
const mostRounds = 8;

/** Leaves out what changes nothing. */
function withoutIdle(experiment: Experiment, corrections: Correction[]): Experiment {
  let held = experiment;
  for (const { path } of fieldEntries) {
    const usual = getValue(defaultExperiment, path);
    if (applies(held, path) || sameValue(getValue(held, path), usual)) continue;
    const nothing = idleText(path);
    corrections.push({
      path,
      problem: `${nothing}. Leave it out.`,
      message: `${nothing} and was left out.`,
    });
    held = withValue(held, path, usual);
  }
  return held;
}

/** Leaves out factors of layers that the network does not have. */
function withFactorsOfLayers(experiment: Experiment, corrections: Correction[]): Experiment {
  const path = "regularization.layerMultipliers";
  const entry = fieldEntry(path);
  const given = getValue(experiment, path);
  const factors = factorsInForce(experiment);
  const layers = layerSizes(experiment).length;
  if (sameValue(given, factors)) return experiment;
  const problem = `${entry.field.label} is ${formatValue(entry.field, given)}: this network has ${layers} ${layers === 1 ? "layer" : "layers"} with weights.`;
  corrections.push(replaced(entry, problem, factors));
  return withValue(experiment, path, factors);
}

/** That a setting does not act in an experiment, without the full stop. */
export function idleText(path: FieldPath): string {
  const hint =
    path === "regularization.weightDecay"
      ? " (Adam with decoupled decay is called AdamW; with Adam use the L2 penalty)"
      : "";
  return `${fieldEntry(path).field.label} changes nothing in this experiment${hint}`;
}
