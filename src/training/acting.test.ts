// A setting acts exactly where turning it changes the run: every setting in a varied sample of experiments, and the change that makes an inert one act.
import { beforeAll, describe, expect, it } from "vitest";
import { actingExperiment } from "../experiment/acting";
import { applies } from "../experiment/applies";
import { checkTotals } from "../experiment/cures";
import type { Field, FieldValue } from "../experiment/fields";
import { type Changes, inertness, withChanges } from "../experiment/inert";
import {
  defaultExperiment,
  type Experiment,
  type FieldPath,
  fieldEntries,
  getValue,
  sameValue,
  withValue,
} from "../experiment/schema";
import { checkValue } from "../experiment/validate";
import { makeTrainer, switchBackend } from "./testing";

const small: Changes = [
  ["model.hiddenWidths", [5, 4]],
  ["optimizer.epochs", 6],
  ["optimizer.learningRate", 0.1],
  ["optimizer.batchSize", 8],
  ["data.trainSize", 16],
  ["data.validationSize", 12],
  ["data.testSize", 10],
];
const digits: Changes = [
  ["data.kind", "strokeDigits"],
  ["data.trainSize", 6],
  ["data.validationSize", 10],
  ["optimizer.epochs", 5],
  ["optimizer.batchSize", 6],
];

/** Experiments of different kinds, so that each condition is met by some and not by others. */
const samples: Readonly<Record<string, Changes>> = {
  "the default": [],
  "Adam with decay that does not act": [
    ["optimizer.kind", "adam"],
    ["regularization.weightDecay", 3],
  ],
  "SGD with L2, a ramp and a cosine": [
    ["optimizer.kind", "sgd"],
    ["regularization.l2", 0.1],
    ["regularization.schedule", "ramp"],
    ["optimizer.schedule", "cosine"],
  ],
  "no hidden layers, equally frequent classes": [
    ["model.hiddenWidths", []],
    ["data.mislabelled", 0],
    ["optimizer.kind", "momentum"],
  ],
  "batch normalization and an EMA": [
    ["model.normalization", "batch"],
    ["averaging.kind", "ema"],
    ["stopping.patience", 2],
  ],
  "group normalization, SWA, RMSprop": [
    ["model.normalization", "group"],
    // A group of one unit is always 0 after normalization.
    ["model.hiddenWidths", [8, 8]],
    ["averaging.kind", "swa"],
    ["optimizer.kind", "rmsprop"],
    ["model.initialization", "normal"],
    ["model.initialDeviation", 0.5],
  ],
  "every factor 0": [
    ["regularization.l2", 0.1],
    ["regularization.groupL1", 0.1],
    ["regularization.l1Proximal", 0.1],
    ["regularization.layerMultipliers", [0, 0, 0]],
  ],
  "batch size 1 and dropout": [
    ["optimizer.batchSize", 1],
    ["regularization.dropoutHidden", 0.5],
    ["regularization.l1Proximal", 0.01],
  ],
  "a regression": [
    ["data.kind", "curve"],
    ["data.mislabelled", 0],
    ["stopping.patience", 2],
  ],
  "clusters with imbalance": [
    ["data.kind", "clusters"],
    ["data.imbalance", 0.8],
    ["loss.classWeights", "balancedMean"],
    ["regularization.groupL1", 0.05],
  ],
  "40 features with input noise": [
    ["data.kind", "tabular"],
    ["regularization.inputNoise", 0.2],
  ],
  "digits for an MLP": [...digits, ["model.hiddenWidths", [4]]],
  "digits for a CNN": [
    ...digits,
    ["model.family", "cnn"],
    ["model.filters", [2, 3]],
    ["model.hiddenWidths", []],
  ],
  "digits for a CNN without blocks": [
    ...digits,
    ["model.family", "cnn"],
    ["model.filters", []],
    ["model.hiddenWidths", []],
  ],
};

/** Ways to turn a setting, those that show most first. */
function otherValues(field: Field, value: FieldValue): FieldValue[] {
  if (field.type === "choice") {
    return field.choices.map((choice) => choice.value).filter((other) => other !== value);
  }
  if (field.type === "widths") return [[3], [6, 2]].filter((other) => !sameValue(other, value));
  if (field.type === "multipliers") return [[3], [0]].filter((other) => !sameValue(other, value));
  const within = field.snaps.filter((snap) => snap > 0 && snap <= 20);
  const all = [within.at(-1), within.at(Math.floor(within.length / 2)), within[0], 0, 1, 2, 16];
  return all.filter(
    (other): other is number =>
      other !== undefined && other !== value && other >= field.minimum && other <= field.maximum,
  );
}

/** Data that need files of the learner, or downloads, are tried with files in everySetting.test.ts. */
const fromFiles = new Set([
  "mnist",
  "fashionMnist",
  "cifar10",
  "ownTable",
  "ownPoints",
  "ownPictures",
]);
const needsFiles = ({ data }: Experiment) => fromFiles.has(data.kind);

interface Outcome {
  /** Everything that is measured, and the final weights. */
  readonly all: string;
  /** True where early stopping has nothing to stop: every epoch improved on the one before. */
  readonly alwaysImproves: boolean;
}

async function outcome(experiment: Experiment): Promise<Outcome> {
  const { trainer, points } = await makeTrainer(experiment, { everyEpoch: true }, "wasm");
  trainer.train();
  await trainer.finished();
  const weights = [...(await trainer.readWeights())];
  const { test } = await trainer.reveal();
  await trainer.dispose();
  const measured = points.map(({ learningRate: _, clippedNorm: __, ...point }) => point);
  const losses = points.map(({ validation }) => validation.loss);
  return {
    all: JSON.stringify([measured, weights, test]),
    alwaysImproves: losses.every((loss, at) => at === 0 || loss < (losses[at - 1] as number)),
  };
}

/** The values of a setting with which the experiment may run. */
function turns(experiment: Experiment, path: FieldPath, field: Field): Experiment[] {
  return otherValues(field, getValue(experiment, path))
    .map((value) => withValue(experiment, path, value))
    .filter((after) => checkTotals(after).length === 0 && !needsFiles(after));
}

describe.each(Object.entries(samples))("%s", (_, changes) => {
  beforeAll(() => switchBackend("wasm"));
  const experiment = withChanges(defaultExperiment, [...small, ...changes]);

  it("settings that act change the run", async () => {
    const before = await outcome(experiment);
    const idle: string[] = [];
    for (const { path, field } of fieldEntries) {
      if (!applies(experiment, path)) continue;
      let changed = path === "stopping.patience" && before.alwaysImproves;
      for (const after of turns(experiment, path, field)) {
        if (changed) break;
        changed = (await outcome(after)).all !== before.all;
      }
      if (!changed) idle.push(path);
    }
    expect(idle).toEqual([]);
  });

  it("no value of another setting acts", () => {
    for (const { path, field } of fieldEntries) {
      if (applies(experiment, path)) continue;
      for (const value of otherValues(field, getValue(experiment, path))) {
        const after = withValue(experiment, path, value);
        expect(actingExperiment(after), path).toEqual(actingExperiment(experiment));
      }
    }
  });

  it("an inert setting says why, and acts after the change it offers", () => {
    for (const entry of fieldEntries) {
      const inert = inertness(experiment, entry.path);
      expect(inert === null, entry.path).toBe(applies(experiment, entry.path));
      if (!inert) continue;
      expect(inert.reason, entry.path).toMatch(/^No effect (with|without|on|in|while) ./);
      expect(inert.label.length, entry.path).toBeGreaterThan(4);
      const after = withChanges(experiment, inert.changes);
      expect(applies(after, entry.path), entry.path).toBe(true);
      expect(checkTotals(after), entry.path).toEqual([]);
      for (const [path, value] of inert.changes) {
        const found = fieldEntries.find((candidate) => candidate.path === path);
        expect(found && checkValue(found, value), entry.path).toBeNull();
      }
    }
  });
});
