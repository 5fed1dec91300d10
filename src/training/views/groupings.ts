// Which groups of examples can be compared: right and wrong labels, frequent and rare classes, a table's categories.
import type { Dataset } from "../../data/types";
import type { Experiment } from "../../experiment/schema";
import type { Grouping } from "../reportTypes";

/** A learner's own data count as imbalanced from this many times as many examples of one class as of another. */
const leastRatio = 1.5;

function countPerClass(labels: Int32Array, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const label of labels) counts[label] = (counts[label] as number) + 1;
  return counts;
}

/** Imbalance that somebody asked for or brought along; a small part that is uneven by chance is none. */
function isImbalanced({ data }: Experiment, counts: readonly number[]): boolean {
  if (data.kind !== "ownTable" && data.kind !== "ownPoints") return data.imbalance > 0;
  return Math.max(...counts) >= leastRatio * Math.min(...counts);
}

/** The most frequent third of the classes, the rarest third, and what lies between. Ties: the lower class comes first. */
function frequencyThirds(counts: readonly number[]): number[][] {
  const classes = counts.map((_, kind) => kind);
  classes.sort((a, b) => (counts[b] as number) - (counts[a] as number));
  const third = Math.max(1, Math.round(classes.length / 3));
  return [
    classes.slice(0, third),
    classes.slice(third, classes.length - third),
    classes.slice(classes.length - third),
  ];
}

function frequencyGrouping(counts: readonly number[]): Grouping {
  const all = ["frequent", "in between", "rare"];
  const thirds = frequencyThirds(counts);
  const held = thirds.flatMap((classes, at) => (classes.length > 0 ? [at] : []));
  return {
    kind: "frequency",
    names: held.map((at) => all[at] as string),
    classes: held.map((at) => thirds[at] as number[]),
    counts,
  };
}

/**
 * Every way to divide the data set's examples that an accuracy may depend on. Labels are wrong on purpose only in
 * training, so these groups are of training examples; all others are of validation examples.
 */
export function groupingsOf(experiment: Experiment, dataset: Dataset): readonly Grouping[] {
  const { train, outputs, type, columnGroups = [] } = dataset;
  if (type !== "classification") return [];
  const counts = countPerClass(train.labels, outputs);
  const labels: Grouping = { kind: "labels", names: ["right", "wrong on purpose"] };
  return [
    ...(train.mislabelled.includes(1) ? [labels] : []),
    ...(isImbalanced(experiment, counts) ? [frequencyGrouping(counts)] : []),
    ...columnGroups.map(({ name, names }): Grouping => ({ kind: "column", column: name, names })),
  ];
}
