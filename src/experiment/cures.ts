// What gives way where a total is exceeded: the setting that is the cause, and the value nearest to it that fits.
import { applies } from "./applies";
import { isConvolutional, maximumBlocks, maximumEpochs } from "./bounds";
import type { FieldValue, NumberField, WidthsField } from "./fields";
import { formatValue } from "./format";
import {
  type Experiment,
  type FieldPath,
  fieldEntries,
  fieldEntry,
  getValue,
  sameValue,
  withValue,
} from "./schema";
import { describeTask } from "./tasks";
import { type TotalName, totalNames, totals } from "./totals";

/** A setting that is the cause of an exceeded total. */
export interface Violation {
  readonly path: FieldPath;
  /** The value nearest to its own with which the total is kept. */
  readonly to: FieldValue;
  /** What is wrong, why, and what would fit: a sentence or two. */
  readonly problem: string;
}

/** A way to lower a setting by more and more. */
interface Lever {
  readonly path: FieldPath;
  /** How much a change of the setting changes what is tried: a smaller batch little, another network a lot. */
  readonly weight: number;
  /** One of its numbers, lowered by a factor. @param largest of them */
  lower(value: number, factor: number, place: number, largest: number): number;
}

/** One example alone has no deviation. */
const smallestNormalizedBatch = 2;

/** The least that a number of the setting may be. */
function leastOf({ model }: Experiment, path: FieldPath): number {
  if (path === "optimizer.batchSize" && model.normalization === "batch") {
    return smallestNormalizedBatch;
  }
  return (fieldEntry(path).field as NumberField | WidthsField).minimum;
}

const numbersOf = (experiment: Experiment, path: FieldPath) =>
  [getValue(experiment, path)].flat() as number[];

/** The experiment with a setting lowered. @param factor 1 leaves it as it is, 0 makes it as small as it may be */
function lowered(experiment: Experiment, { path, lower }: Lever, factor: number): Experiment {
  const numbers = numbersOf(experiment, path);
  const [least, largest] = [leastOf(experiment, path), Math.max(...numbers)];
  const next = numbers.map((value, place) =>
    Math.min(value, Math.max(least, Math.floor(lower(value, factor, place, largest)))),
  );
  const isList = Array.isArray(getValue(experiment, path));
  return withValue(experiment, path, isList ? next : (next[0] as number));
}

/** How far a lowered experiment is away: the distance of the logarithms of its numbers, weighted. */
function distance(from: Experiment, to: Experiment, { path, weight }: Lever): number {
  const after = numbersOf(to, path);
  const ratios = numbersOf(from, path).map((value, place) =>
    Math.log(value / (after[place] as number)),
  );
  return weight * Math.hypot(...ratios);
}

const byFactor: Lever["lower"] = (value, factor) => value * factor;

/** Layers become narrower all by the same factor, the widest down to a common width, or one alone. */
function layerLevers(experiment: Experiment): readonly Lever[] {
  const lists: readonly (readonly [FieldPath, number])[] = [
    ["model.hiddenWidths", 4],
    ["model.filters", isConvolutional(experiment) ? 5 : 0],
  ];
  return lists
    .filter(([, weight]) => weight > 0)
    .flatMap(([path, weight]) => [
      { path, weight, lower: byFactor },
      { path, weight, lower: (_value, factor, _place, largest) => largest * factor },
      ...numbersOf(experiment, path).map(
        (_, only): Lever => ({
          path,
          weight,
          lower: (value, factor, place) => (place === only ? value * factor : value),
        }),
      ),
    ]);
}

/** What memory goes to: the batch, the examples, the layers. */
function memoryLevers(experiment: Experiment): readonly Lever[] {
  const sizes = (["data.trainSize", "data.validationSize", "data.testSize"] as const)
    .filter((path) => applies(experiment, path))
    .map((path): Lever => ({ path, weight: 2, lower: byFactor }));
  const batch = { path: "optimizer.batchSize", weight: 1, lower: byFactor } as const;
  return [batch, ...sizes, ...layerLevers(experiment)];
}

/** Halvings after which the largest factor is known to the last whole number. */
const halvings = 32;

/** The experiment with the levers pulled together, as little as ends the excess, or null where that does not. */
function pull(
  experiment: Experiment,
  name: TotalName,
  levers: readonly Lever[],
): Experiment | null {
  const at = (factor: number) =>
    levers.reduce((held, lever) => lowered(held, lever, factor), experiment);
  let [keeps, exceeds] = [0, 1];
  let best = at(keeps);
  if (totals[name].isExceeded(best)) return null;
  for (let i = 0; i < halvings; i++) {
    const factor = (keeps + exceeds) / 2;
    const tried = at(factor);
    if (totals[name].isExceeded(tried)) exceeds = factor;
    else [keeps, best] = [factor, tried];
  }
  return best;
}

/** Of all that end the excess, the experiment that is least changed: by one setting where one can do it, else by all together. */
function leastChange(
  experiment: Experiment,
  name: TotalName,
  levers: readonly Lever[],
): Experiment {
  let nearest: Experiment | null = null;
  let nearestDistance = Number.POSITIVE_INFINITY;
  for (const lever of levers) {
    const cured = pull(experiment, name, [lever]);
    const far = cured ? distance(experiment, cured, lever) : Number.POSITIVE_INFINITY;
    if (far < nearestDistance) [nearest, nearestDistance] = [cured, far];
  }
  return nearest ?? pull(experiment, name, levers) ?? experiment;
}

/** The nearest experiment that keeps a total. */
const cures: { readonly [N in TotalName]: (experiment: Experiment) => Experiment } = {
  examples: (held) => withValue(held, "data.trainSize", describeTask(held.data).maximumTrainSize),
  blocks: (held) =>
    withValue(held, "model.filters", held.model.filters.slice(0, maximumBlocks(held))),
  parameters: (held) => leastChange(held, "parameters", layerLevers(held)),
  memory: (held) => leastChange(held, "memory", memoryLevers(held)),
  batch: (held) => withValue(held, "optimizer.batchSize", smallestNormalizedBatch),
  epochs: (held) => withValue(held, "optimizer.epochs", maximumEpochs(held)),
};

/**
 * Brings an experiment of valid fields within every total. Of the settings that a total goes by, the one gives way that
 * keeps it with the least change.
 * @returns the experiment itself, and no violations, when it may run as it is
 */
export function withinTotals(experiment: Experiment): {
  experiment: Experiment;
  violations: readonly Violation[];
} {
  let held = experiment;
  const violations: Violation[] = [];
  for (const name of totalNames) {
    if (!totals[name].isExceeded(held)) continue;
    const before = held;
    held = cures[name](before);
    for (const { path, field } of fieldEntries) {
      const [from, to] = [getValue(before, path), getValue(held, path)];
      if (sameValue(from, to)) continue;
      const why = totals[name].why(before, formatValue(field, to));
      violations.push({
        path,
        to,
        problem: `${field.label} is ${formatValue(field, from)}: ${why}`,
      });
    }
  }
  return { experiment: held, violations };
}

/** Messages for totals that an experiment of valid fields exceeds; empty when it may run. */
export function checkTotals(experiment: Experiment): string[] {
  return withinTotals(experiment).violations.map(({ problem }) => problem);
}
