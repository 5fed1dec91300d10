// Turns what a finding asks for into one change of settings that acts in the experiment at hand; null where there is none.
import { applies } from "../../../experiment/applies";
import { maximumEpochs } from "../../../experiment/bounds";
import { checkTotals } from "../../../experiment/cures";
import { lowerFirst } from "../../../experiment/difference";
import { allAct, type Changes, withChanges } from "../../../experiment/inert";
import { type Experiment, type FieldPath, fieldEntry, getValue } from "../../../experiment/schema";
import { describeTask } from "../../../experiment/tasks";
import { strongValue } from "./strengths";
import type { Finding, Wish } from "./types";

export interface Cure {
  readonly text: string;
  readonly changes: Changes;
}

type Try = (experiment: Experiment, finding: Finding) => Cure | null;

/** The stop of a setting's slider that is nearest to a value in ratio, other than 0. */
function nearestSnap(path: FieldPath, value: number): number {
  const { field } = fieldEntry(path);
  const snaps = "snaps" in field ? field.snaps.filter((snap) => snap > 0) : [];
  return snaps.reduce(
    (best, snap) =>
      Math.abs(Math.log(snap / value)) < Math.abs(Math.log(best / value)) ? snap : best,
    snaps[0] ?? value,
  );
}

const number = (experiment: Experiment, path: FieldPath) => getValue(experiment, path) as number;

/** Raises a strength to a value, where it acts and lies below it. */
const raise =
  (path: FieldPath, goal: (experiment: Experiment) => number, text: string): Try =>
  (experiment) => {
    const value = nearestSnap(path, goal(experiment));
    if (!applies(experiment, path) || number(experiment, path) >= 0.9 * value) return null;
    return { text, changes: [[path, value]] };
  };

const isPictures = ({ data }: Experiment) => describeTask(data).view === "pictures";

const moreRegularization: readonly Try[] = [
  // Pictures that move are worth more than any penalty.
  (experiment) =>
    isPictures(experiment) && experiment.augmentation.crop < 2
      ? {
          text: "Shifted copies of the images are harder to memorize than the images themselves.",
          changes: [["augmentation.crop", 2]],
        }
      : null,
  raise(
    "regularization.weightDecay",
    // Per step, η·λ of every weight.
    ({ optimizer }) => 0.01 / optimizer.learningRate,
    "Weight decay keeps the weights small, so that the network cannot bend around single examples.",
  ),
  raise(
    "regularization.dropoutHidden",
    () => 0.3,
    "Dropout keeps units from relying on one another, which makes memorizing harder.",
  ),
  raise(
    "regularization.dropoutHead",
    () => 0.5,
    "Dropout before the head keeps it from relying on single features.",
  ),
  raise("regularization.l2", () => 0.03, "An L2 penalty keeps the weights small."),
  ({ data }) => {
    const goal = Math.min(3 * data.trainSize, describeTask(data).maximumTrainSize);
    return goal < 1.5 * data.trainSize
      ? null
      : {
          text: "More training examples are the surest cure of overfitting.",
          changes: [["data.trainSize", goal]],
        };
  },
];

/** A strength goes well below what is strong, and at least to a tenth; a rate to less than half; a maximum norm up. */
const weaken: Try = (experiment, { cause }) => {
  if (!cause) return null;
  const { field } = fieldEntry(cause);
  const value = number(experiment, cause);
  const isLogarithmic = "scale" in field && field.scale === "logarithmic";
  const limit = strongValue(experiment, cause);
  const goal =
    cause === "regularization.maxNorm"
      ? Math.max(5 * value, 2)
      : Math.min(value / (isLogarithmic ? 10 : 2.5), (isLogarithmic ? 0.3 : 0.6) * limit);
  return {
    text: `Weaken what acts strongest: ${lowerFirst(field.label)}.`,
    changes: [[cause, nearestSnap(cause, goal)]],
  };
};

const wider: Try = ({ model }) =>
  model.hiddenWidths.length === 0
    ? {
        text: "Hidden layers let the network bend.",
        changes: [["model.hiddenWidths", [32, 32]]],
      }
    : Math.max(...model.hiddenWidths) < 512
      ? {
          text: "Wider layers can fit more.",
          changes: [["model.hiddenWidths", model.hiddenWidths.map((width) => 2 * width)]],
        }
      : null;

const longer: Try = (experiment) => {
  const { epochs } = experiment.optimizer;
  const most = Math.min(10_000, maximumEpochs(experiment));
  const goal = Math.min(most, 2 * epochs);
  return goal <= epochs
    ? null
    : { text: "Train for longer.", changes: [["optimizer.epochs", goal]] };
};

const rateTimes =
  (factor: number, text: string): Try =>
  (experiment) => {
    const path = "optimizer.learningRate";
    return { text, changes: [[path, nearestSnap(path, factor * number(experiment, path))]] };
  };

const tries: Readonly<Record<Wish, readonly Try[]>> = {
  "more regularization": moreRegularization,
  "less regularization": [weaken],
  "more capacity": [wider],
  "more epochs": [longer],
  "lower rate": [rateTimes(0.1, "A lower learning rate takes smaller steps.")],
  "higher rate": [rateTimes(10, "A higher learning rate takes larger steps.")],
};

/** The first change that a finding asks for and that acts, within all bounds; null where nothing is asked for or nothing acts. */
export function cureOf(finding: Finding, experiment: Experiment): Cure | null {
  for (const wish of finding.wishes) {
    for (const attempt of tries[wish]) {
      const cure = attempt(experiment, finding);
      if (!cure || !allAct(experiment, cure.changes)) continue;
      if (checkTotals(withChanges(experiment, cure.changes)).length === 0) return cure;
    }
  }
  return null;
}
