// Turns anything into a valid experiment, saying in words what was wrong and what is used instead.
import { applies } from "./applies";
import {
  checkBlocks,
  checkBounds,
  countParameters,
  estimateBytes,
  layerSizes,
  maximumBlocks,
  maximumBytes,
  maximumEpochs,
  maximumParameters,
  needsLargerBatch,
} from "./bounds";
import { factorsInForce, withoutLastOnes } from "./factors";
import type { Field, FieldValue } from "./fields";
import { formatValue, shortNumber } from "./format";
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
import { describeTask } from "./tasks";
import { checkValue } from "./values";

export { checkValue, parseValue } from "./values";

/** One thing that was not as it should be, and what was done about it. */
export interface Correction {
  /** The setting concerned, or null for the whole. */
  readonly path: FieldPath | null;
  readonly message: string;
}

/** Messages for totals that an experiment of valid fields exceeds; empty when it may run. */
export function checkExperiment(experiment: Experiment): string[] {
  return checkBounds(experiment);
}

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
    if (message !== null) {
      corrections.push({
        path: entry.path,
        message: `${message} Now ${formatValue(entry.field, used)}.`,
      });
    }
    experiment = withValue(experiment, entry.path, used);
  }
  for (const entry of fieldEntries) {
    const ignored = values.has(entry.path) && !applies(experiment, entry.path);
    if (
      !ignored ||
      sameValue(getValue(experiment, entry.path), getValue(defaultExperiment, entry.path))
    )
      continue;
    corrections.push({
      path: entry.path,
      message: `${entry.field.label} changes nothing in this experiment${hint(entry.path)} and was left out.`,
    });
    experiment = withValue(experiment, entry.path, getValue(defaultExperiment, entry.path));
  }
  experiment = withFactorsOfLayers(bringWithinBounds(experiment, corrections), corrections);
  return { experiment, corrections };
}

/** Leaves out factors of layers that the network does not have. */
function withFactorsOfLayers(experiment: Experiment, corrections: Correction[]): Experiment {
  const path = "regularization.layerMultipliers";
  const entry = fieldEntry(path);
  const given = getValue(experiment, path);
  const factors = factorsInForce(experiment);
  const layers = layerSizes(experiment).length;
  if (sameValue(given, factors)) return experiment;
  corrections.push({
    path,
    message: `${entry.field.label} is ${formatValue(entry.field, given)}: this network has ${layers} ${layers === 1 ? "layer" : "layers"} with weights. Now ${formatValue(entry.field, factors)}.`,
  });
  return withValue(experiment, path, factors);
}

function hint(path: FieldPath): string {
  if (path === "regularization.weightDecay") {
    return " (Adam with decoupled decay is called AdamW; with Adam use the L2 penalty)";
  }
  return "";
}

/** Shrinks what exceeds the totals: training size, then layers, then epochs. */
function bringWithinBounds(experiment: Experiment, corrections: Correction[]): Experiment {
  let held = experiment;
  const lower = (path: FieldPath, value: FieldValue, why: string) => {
    const entry = fieldEntries.find((candidate) => candidate.path === path) as FieldEntry;
    const before = formatValue(entry.field, getValue(held, path));
    held = withValue(held, path, value);
    corrections.push({
      path,
      message: `${entry.field.label} is ${before}: ${why}. Now ${formatValue(entry.field, value)}.`,
    });
  };
  const limit = describeTask(held.data).maximumTrainSize;
  if (held.data.trainSize > limit)
    lower("data.trainSize", limit, `this data set gives at most ${limit}`);
  const blocks = checkBlocks(held);
  if (blocks) {
    const filters = held.model.filters.slice(0, maximumBlocks(held));
    held = withValue(held, "model.filters", filters);
    corrections.push({ path: "model.filters", message: `${blocks} Now ${filters.join("-")}.` });
  }
  if (countParameters(held) > maximumParameters || estimateBytes(held) > maximumBytes) {
    const widths = fitWidths(held);
    if (!sameValue(widths, held.model.hiddenWidths)) {
      lower(
        "model.hiddenWidths",
        widths,
        `at most ${maximumParameters.toLocaleString("en")} parameters are allowed`,
      );
    }
  }
  if (estimateBytes(held) > maximumBytes) {
    lower("data.trainSize", fitTrainSize(held), `at most ${maximumBytes / 1e6} MB are allowed`);
  }
  if (needsLargerBatch(held)) {
    lower("optimizer.batchSize", 2, "batch normalization needs at least 2");
  }
  const epochs = maximumEpochs(held);
  if (held.optimizer.epochs > epochs) {
    lower(
      "optimizer.epochs",
      epochs,
      `with ${held.data.trainSize} training examples at most ${shortNumber(epochs)} are allowed`,
    );
  }
  return held;
}

function fitWidths(experiment: Experiment): readonly number[] {
  let widths = experiment.model.hiddenWidths;
  while (
    widths.some((width) => width > 1) &&
    countParameters(withValue(experiment, "model.hiddenWidths", widths)) > maximumParameters
  ) {
    widths = widths.map((width) => Math.max(1, Math.floor(width * 0.9)));
  }
  return widths;
}

function fitTrainSize(experiment: Experiment): number {
  let size = experiment.data.trainSize;
  while (size > 10 && estimateBytes(withValue(experiment, "data.trainSize", size)) > maximumBytes) {
    size = Math.floor(size * 0.9);
  }
  return size;
}
