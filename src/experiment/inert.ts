// Why a setting has no effect in an experiment, and what to change so that it has one: words apart from the rules, since the page needs them late.
import { actingExperiment } from "./acting";
import { applies, unmetCondition } from "./applies";
import * as conditions from "./conditions";
import type { FieldValue } from "./fields";
import {
  defaultExperiment,
  type Experiment,
  type FieldPath,
  fieldEntry,
  getValue,
  sameValue,
  withValue,
} from "./schema";
import { type DataKind, recommendedSettings } from "./tasks";

export type Changes = readonly (readonly [FieldPath, FieldValue])[];

type Condition = keyof typeof conditions;

/** Why a condition is not met, and one way to meet it. */
interface Remedy {
  /** Ends a sentence that begins with the setting's name: "Weight decay has no effect with Adam". */
  readonly reason: (experiment: Experiment) => string;
  /** On a button: what the changes do. */
  readonly label: string;
  readonly changes: (experiment: Experiment) => Changes;
}

const remedy = (
  reason: string,
  label: string,
  changes: Changes | ((experiment: Experiment) => Changes),
): Remedy => ({
  reason: () => reason,
  label,
  changes: typeof changes === "function" ? changes : () => changes,
});

/** A data set together with the settings that suit it, as if it were picked. */
const data = (reason: string, label: string, kind: DataKind): Remedy =>
  remedy(reason, label, [["data.kind", kind], ...recommendedSettings[kind]]);

const remedies: Readonly<Record<Condition, Remedy>> = {
  generated: data("on data that are not generated here", "Use two moons", "moons"),
  files: data("on data that are generated here", "Use MNIST", "mnist"),
  classification: data("on a regression", "Use two moons", "moons"),
  sampled: data("on examples that you placed yourself", "Use two moons", "moons"),
  ownTable: data("without a table of yours", "Use your table", "ownTable"),
  ownPoints: data("without points of yours", "Use your points", "ownPoints"),
  ownPictures: data("without images of yours", "Use your images", "ownPictures"),
  notOwnPoints: data("on points that you labelled yourself", "Use two moons", "moons"),
  freeClasses: data("on a data set with a fixed number of classes", "Use clusters", "clusters"),
  evenClasses: remedy("while class imbalance is set", "Set class imbalance 0", [
    ["data.imbalance", 0],
  ]),
  unevenClasses: remedy("while all classes are equally frequent", "Set class imbalance 0.75", [
    ["data.imbalance", 0.75],
  ]),
  pictures: data("on data without images", "Use stroke digits", "strokeDigits"),
  colour: data("on data without colour", "Use shapes", "shapes"),
  blocks: remedy("without convolution blocks", "Add convolution blocks", [
    ["model.filters", [16, 32]],
  ]),
  convolutionFamily: remedy("in an MLP", "Use a CNN", [["model.family", "cnn"]]),
  denseLayers: remedy("without dense hidden layers", "Add a hidden layer", [
    ["model.hiddenWidths", [32]],
  ]),
  hiddenLayers: remedy("without hidden layers", "Add a hidden layer", [
    ["model.hiddenWidths", [32]],
  ]),
  groupNormalization: remedy("without group normalization", "Use group normalization", [
    ["model.normalization", "group"],
  ]),
  batchNormalization: remedy(
    "without batch normalization",
    "Use batch normalization",
    ({ optimizer }) => [
      ["model.normalization", "batch"],
      ...(optimizer.batchSize > 1 ? [] : ([["optimizer.batchSize", 20]] as const)),
    ],
  ),
  normalization: remedy("without normalization", "Use layer normalization", [
    ["model.normalization", "layer"],
  ]),
  normalStart: remedy("with these initial weights", "Use normal initial weights", [
    ["model.initialization", "normal"],
  ]),
  twoModes: remedy(
    "without dropout, noise or batch normalization",
    "Add dropout",
    ({ model }): Changes => [
      model.hiddenWidths.length > 0
        ? ["regularization.dropoutHidden", 0.5]
        : ["regularization.dropoutInput", 0.2],
    ],
  ),
  decoupledDecay: remedy("with Adam", "Use AdamW", [["optimizer.kind", "adamw"]]),
  someLayer: remedy("while the strength per layer is 0 everywhere", "Reset strength per layer", [
    ["regularization.layerMultipliers", []],
  ]),
  strength: remedy("without a penalty, decay or proximal step", "Set L2 penalty 0.01", [
    ["regularization.l2", 0.01],
  ]),
  scopedStrength: remedy("without a penalty, decay or proximal step", "Set L2 penalty 0.01", [
    ["regularization.l2", 0.01],
  ]),
  proximalL1: remedy("without proximal L1", "Set L1 proximal 0.01", [
    ["regularization.l1Proximal", 0.01],
  ]),
  groupL1: remedy("without group L1", "Set group L1 0.01", [["regularization.groupL1", 0.01]]),
  pairs: remedy("with batch size 1", "Set batch size 20", [["optimizer.batchSize", 20]]),
  patience: remedy("without early stopping", "Set early stopping 10", [["stopping.patience", 10]]),
  exponentialAverage: remedy("without an EMA of the weights", "Use EMA", [
    ["averaging.kind", "ema"],
  ]),
  plainAverage: remedy("without SWA", "Use SWA", [["averaging.kind", "swa"]]),
  cosine: remedy("without the cosine schedule", "Use the cosine schedule", [
    ["optimizer.schedule", "cosine"],
  ]),
  velocity: remedy("without momentum", "Use momentum", [["optimizer.kind", "momentum"]]),
  adamKind: {
    reason: ({ optimizer }) => `with ${optimizerLabel(optimizer.kind)}`,
    label: "Use AdamW",
    changes: () => [["optimizer.kind", "adamw"]],
  },
  rmsprop: {
    reason: ({ optimizer }) => `with ${optimizerLabel(optimizer.kind)}`,
    label: "Use RMSprop",
    changes: () => [["optimizer.kind", "rmsprop"]],
  },
  squares: {
    reason: ({ optimizer }) => `with ${optimizerLabel(optimizer.kind)}`,
    label: "Use AdamW",
    changes: () => [["optimizer.kind", "adamw"]],
  },
};

const names = new Map(
  Object.entries(conditions).map(([name, rule]) => [rule, name as Condition] as const),
);

function optimizerLabel(kind: string): string {
  const { field } = fieldEntry("optimizer.kind");
  return field.type === "choice"
    ? (field.choices.find(({ value }) => value === kind)?.label ?? kind)
    : kind;
}

export const withChanges = (experiment: Experiment, changes: Changes): Experiment =>
  changes.reduce((held, [path, value]) => withValue(held, path, value), experiment);

/** Later values of a setting replace earlier ones. */
const merged = (changes: Changes): Changes => [...new Map(changes)];

/** Conditions of techniques that stand on their own; other inert settings only refine one that is off, or belong to other data. */
const onTheirOwn: ReadonlySet<Condition> = new Set([
  "decoupledDecay",
  "someLayer",
  "denseLayers",
  "hiddenLayers",
  "pairs",
]);

export interface Inertness {
  /** Such as "No effect with Adam". */
  readonly reason: string;
  /** True where the setting is looked for in this experiment although it has no effect. */
  readonly prominent: boolean;
  /** What the changes do, for a button: "Use AdamW". */
  readonly label: string;
  /** After them the setting acts. */
  readonly changes: Changes;
}

/** More changes are never needed: a data set, a kind of network, its layers, one more setting. */
const mostRemedies = 5;

/** Why the setting has no effect and what gives it one; null where it acts. */
export function inertness(experiment: Experiment, path: FieldPath): Inertness | null {
  const condition = unmetCondition(experiment, path);
  if (condition === null) return null;
  const first = names.get(condition) as Condition;
  const labels: string[] = [];
  let changes: Changes = [];
  let held = experiment;
  for (let count = 0; count < mostRemedies; count++) {
    const unmet = unmetCondition(held, path);
    if (unmet === null) break;
    const { label, changes: more } = remedies[names.get(unmet) as Condition];
    labels.push(labels.length === 0 ? label : lowerFirst(label));
    changes = merged([...changes, ...more(held)]);
    held = withChanges(experiment, changes);
  }
  const reason = `No effect ${remedies[first].reason(experiment)}`;
  const isSet = !sameValue(getValue(experiment, path), getValue(defaultExperiment, path));
  const prominent = isSet || onTheirOwn.has(first);
  return { reason, prominent, label: labels.join(", "), changes };
}

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

/** True when every one of the changes acts once all are made, and at least one changes something. */
export function allAct(experiment: Experiment, changes: Changes): boolean {
  const after = withChanges(experiment, changes);
  return changes.every(([path]) => applies(after, path));
}

/** What a suggestion comes to in an experiment. */
export interface ActingChanges {
  /** The changes, and before them those that they need in order to act. */
  readonly changes: Changes;
  /** Why some were added, such as "No effect with Adam"; null where the changes act by themselves. */
  readonly needed: { readonly path: FieldPath; readonly reason: string } | null;
}

/** Completes changes so that all of them act; null where that would take another data set. */
export function completeChanges(experiment: Experiment, changes: Changes): ActingChanges | null {
  let all = changes;
  let needed: ActingChanges["needed"] = null;
  for (const [path] of changes) {
    const inert = inertness(withChanges(experiment, all), path);
    if (!inert) continue;
    if (inert.changes.some(([cause]) => cause.startsWith("data."))) return null;
    needed ??= { path, reason: inert.reason };
    // Of two values for one setting the suggestion's own counts.
    all = merged([...inert.changes, ...all]);
  }
  return allAct(experiment, all) ? { changes: all, needed } : null;
}

/** True when the setting comes to something else in the second experiment than in the first. */
export function acts(before: Experiment, after: Experiment, path: FieldPath): boolean {
  const [from, to] = [before, after].map((held) => getValue(actingExperiment(held), path));
  return !sameValue(from as FieldValue, to as FieldValue);
}
