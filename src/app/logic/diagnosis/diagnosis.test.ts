// The diagnosis over made cases: each state of a run is called by its name, with its figures, and what it asks for acts the right way.
import { expect, test } from "vitest";
import { allAct } from "../../../experiment/inert";
import {
  defaultExperiment,
  type Experiment,
  type FieldPath,
  withValue,
} from "../../../experiment/schema";
import type { Mark } from "../marks";
import { cureOf } from "./cures";
import { diagnose } from "./rules";
import { between, momentOf, type Row, times } from "./testing";
import type { Moment, Symptom } from "./types";

const start: Row = { train: [0.7, 0.5], validation: [0.7, 0.5] };
const good: Row = { train: [0.33, 0.9], validation: [0.34, 0.89] };
const memorized: Row = { train: [0.02, 1], validation: [1.2, 0.787], norm: 14 };
const levelled: Row = { train: [0.01, 1], validation: [0.48, 0.828], norm: 14 };
const gapped: Row = { train: [0.2, 0.95], validation: [0.4, 0.83] };
const opening: Row = { train: [0.2, 0.96], validation: [0.33, 0.85] };
const collapsed: Row = { train: [0.69, 0.517], validation: [0.69, 0.5], norm: 0.01 };
const poor: Row = { train: [0.68, 0.55], validation: [0.69, 0.54] };
const ahead: Row = { train: [0.52, 0.767], validation: [0.34, 0.862] };

const withSettings = (...changes: [FieldPath, number | string | readonly number[]][]): Experiment =>
  changes.reduce((held, [path, value]) => withValue(held, path, value), defaultExperiment);

const mark = (epoch: number): Mark => ({
  path: "regularization.weightDecay",
  from: 0,
  to: 3,
  step: epoch,
  epoch,
  at: 0,
  text: "weight decay 0 → 3",
});

const none = { train: [1, null], validation: [1, null] } as const satisfies Row;
const bent = { train: [0.06, null], validation: [0.11, null] } as const satisfies Row;
const wiggly = { train: [0.01, null], validation: [0.4, null] } as const satisfies Row;
const straight = { train: [0.3, null], validation: [0.4, null] } as const satisfies Row;
const regression = { type: "regression", mislabelled: 0, classes: 1, spread: 0.4 } as const;
const onCurve = withSettings(["data.kind", "curve"]);

interface Case {
  readonly rows: readonly Row[];
  readonly extra?: Partial<Moment>;
  readonly symptom: Symptom;
  readonly text?: RegExp;
  /** What is changed, or null for nothing. */
  readonly cure: string | null;
}

const cases: Readonly<Record<string, Case>> = {
  "nothing measured yet": { rows: [], symptom: "not started", cure: null },
  "no files": {
    rows: [],
    extra: { failed: true },
    symptom: "no data",
    text: /Files needed/,
    cure: null,
  },
  "before the first step": {
    rows: [start],
    symptom: "untrained",
    text: /the network is guessing: validation accuracy 50\.0 %/,
    cure: null,
  },
  "the first epochs": {
    rows: [start, ...times(good, 2)],
    extra: { totalEpochs: 300, state: "training" },
    symptom: "learning",
    cure: null,
  },
  "L1 so strong that no weight is left": {
    rows: [start, good, ...times(collapsed, 10)],
    extra: { experiment: withSettings(["regularization.l1", 0.18]) },
    symptom: "over-regularized",
    text: /With L1 penalty 0\.18 even training accuracy is only 51\.7 %.*from norm 10\.0 to 0\.0100/,
    cure: "regularization.l1=0.01",
  },
  "dropout that leaves no unit to learn": {
    rows: [start, ...times(poor, 10)],
    extra: { experiment: withSettings(["regularization.dropoutHidden", 0.9]) },
    symptom: "over-regularized",
    text: /With dropout 0\.9/,
    cure: "regularization.dropoutHidden=0.4",
  },
  "a tight maximum norm": {
    rows: [start, ...times(poor, 10)],
    extra: { experiment: withSettings(["regularization.maxNorm", 0.1]) },
    symptom: "over-regularized",
    cure: "regularization.maxNorm=2",
  },
  "the strongest of several is weakened": {
    rows: [start, ...times(poor, 10)],
    extra: {
      experiment: withSettings(
        ["regularization.l2", 3],
        ["regularization.dropoutHidden", 0.2],
        ["regularization.weightDecay", 1],
      ),
    },
    symptom: "over-regularized",
    cure: "regularization.l2=0.03",
  },
  "decay that does not act is no cause": {
    rows: [start, ...times(poor, 10)],
    extra: {
      experiment: withSettings(["optimizer.kind", "adam"], ["regularization.weightDecay", 100]),
    },
    symptom: "underfitting",
    cure: "model.hiddenWidths=128,128,64",
  },
  "both losses above an earlier minimum, strong L2": {
    rows: [start, ...times(good, 4), ...between(good, ahead, 4), ...times(ahead, 6)].map((row) => ({
      ...row,
      validation: [row === good ? 0.3 : row.validation[0], row.validation[1]] as const,
    })),
    extra: { experiment: withSettings(["regularization.l2", 0.1], ["optimizer.kind", "adam"]) },
    symptom: "over-regularized",
    text: /both losses have risen/,
    cure: "regularization.l2=0.01",
  },
  "weights that stay collapsed after the penalty is weakened": {
    rows: [start, good, ...times(collapsed, 16)],
    extra: { marks: [mark(100)] },
    symptom: "collapsed",
    text: /Start over/,
    cure: null,
  },
  "a model without hidden layers": {
    rows: [start, ...times(poor, 10)],
    extra: { experiment: withSettings(["model.hiddenWidths", []]) },
    symptom: "underfitting",
    text: /even training accuracy is only 55\.0 %: a model without hidden layers is too simple/i,
    cure: "model.hiddenWidths=32,32",
  },
  "a straight line through a bent cloud": {
    rows: [none, ...times(straight, 12)],
    extra: { ...regression, experiment: withValue(onCurve, "model.hiddenWidths", []) },
    symptom: "underfitting",
    cure: "model.hiddenWidths=32,32",
  },
  "training at full accuracy while validation loss rises": {
    rows: [start, good, ...times(memorized, 10)],
    symptom: "overfitting",
    text: /^Gap 21\.3 points at epoch 110\. Validation loss is rising again; its minimum was 0\.340 at epoch 10.*even the 5 mislabelled/,
    cure: "regularization.weightDecay=3",
  },
  "the end with training at 100 % and a wide gap that stands still": {
    rows: [start, ...between(start, levelled, 6), ...times(levelled, 20)],
    extra: { mislabelled: 0 },
    symptom: "overfitting",
    text: /^Gap 17\.2 points.*levelled off at 0\.480/,
    cure: "regularization.weightDecay=3",
  },
  "overfitting under Adam": {
    rows: [start, good, ...times(memorized, 10)],
    extra: { experiment: withSettings(["optimizer.kind", "adam"]) },
    symptom: "overfitting",
    cure: "regularization.dropoutHidden=0.3",
  },
  "overfitting on images": {
    rows: [start, good, ...times(memorized, 10)],
    extra: { experiment: withSettings(["data.kind", "strokeDigits"]), classes: 10 },
    symptom: "overfitting",
    cure: "augmentation.crop=2",
  },
  "a curve through every noisy point": {
    rows: [none, bent, ...times(wiggly, 12)],
    extra: { ...regression, experiment: onCurve },
    symptom: "overfitting",
    text: /^Gap 0\.390.*The curve follows the noise\.$/,
    cure: "regularization.weightDecay=3",
  },
  "a table's rows memorized": {
    rows: [none, bent, ...times(wiggly, 12)],
    extra: {
      ...regression,
      experiment: onCurve,
      target: { name: "rent", mean: 800, deviation: 200 },
    },
    symptom: "overfitting",
    text: /^Loss gap 0\.390.*memorizes the training rows/,
    cure: "regularization.weightDecay=3",
  },
  "a gap that opens": {
    rows: [start, ...times(good, 6), ...between(good, opening, 8)],
    extra: { state: "training", totalEpochs: 500 },
    symptom: "gap opening",
    cure: null,
  },
  "the same gap when it no longer grows": {
    rows: [start, ...between(start, gapped, 8), ...times(gapped, 30)],
    extra: { state: "training", totalEpochs: 500, mislabelled: 0 },
    symptom: "gap open",
    cure: null,
  },
  "a cure that closed the gap": {
    rows: [start, good, ...times(memorized, 9), ...times(good, 8)],
    extra: { marks: [mark(100)] },
    symptom: "gap closed",
    text: /^Since weight decay 0 → 3 at epoch 100 the gap went from 21\.3 points to 1\.0 points/,
    cure: null,
  },
  "a cure at work": {
    rows: [start, good, ...times(memorized, 9), ...between(memorized, gapped, 8)],
    extra: { marks: [mark(100)], state: "training", totalEpochs: 500 },
    symptom: "gap closing",
    cure: null,
  },
  "a change that opened the gap": {
    rows: [start, ...times(good, 10), ...times(memorized, 8)],
    extra: { marks: [mark(100)] },
    symptom: "gap growing",
    cure: "regularization.weightDecay=3",
  },
  "a change after the end that has not acted yet": {
    rows: [start, good, ...times(memorized, 10)],
    extra: { marks: [mark(110)] },
    symptom: "overfitting",
    cure: "regularization.weightDecay=3",
  },
  "validation ahead by ten points": {
    rows: [start, ...between(start, ahead, 4), ...times(ahead, 12)],
    symptom: "validation ahead",
    text: /^Gap −9\.5 points.*wrong labels are not memorized/,
    cure: null,
  },
  "still falling at the end": {
    rows: [start, ...between(start, good, 12)],
    symptom: "still learning",
    text: /more epochs would help/,
    cure: "optimizer.epochs=600",
  },
  "stopped early": {
    rows: [start, ...times(good, 6)],
    extra: { state: "stopped", earlyStop: { epoch: 60, bestEpoch: 10 } },
    symptom: "early stopped",
    text: /since epoch 10.*ended at epoch 60.*validation loss 0\.340/,
    cure: null,
  },
  diverged: {
    rows: [start, memorized],
    extra: { state: "diverged" },
    symptom: "diverged",
    cure: "optimizer.learningRate=0.0003",
  },
  "fitted and general": {
    rows: [start, ...between(start, good, 4), ...times(good, 14)],
    symptom: "nothing wrong",
    cure: null,
  },
  "a curve that follows what there is": {
    rows: [none, ...between(none, bent, 4), ...times(bent, 14)],
    extra: { ...regression, experiment: onCurve },
    symptom: "nothing wrong",
    cure: null,
  },
  "halfway, side by side": {
    rows: [start, ...between(start, good, 4), ...times(good, 14)],
    extra: { state: "training", totalEpochs: 500 },
    symptom: "agreeing",
    cure: null,
  },
};

test.each(Object.entries(cases))("%s", (_, { rows, extra, symptom, text, cure }) => {
  const moment = momentOf(rows, extra);
  const finding = diagnose(moment);
  expect(finding.symptom).toBe(symptom);
  expect(finding.title.length).toBeGreaterThan(3);
  if (text) expect(finding.text).toMatch(text);
  for (const figure of Object.values(finding.evidence)) expect(typeof figure).toBe("number");
  const found = cureOf(finding, moment.experiment);
  const change = found?.changes.map(([path, value]) => `${path}=${value}`).join(" ") ?? null;
  expect(change).toBe(cure);
  if (found) expect(allAct(moment.experiment, found.changes)).toBe(true);
});
