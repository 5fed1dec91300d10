// The rules of the diagnosis, first match wins: each looks at a run's figures and says what is the matter, by which numbers, and what would help.
import { lowerFirst } from "../../../experiment/difference";
import { formatValue } from "../../../experiment/format";
import { type FieldPath, fieldEntry, getValue } from "../../../experiment/schema";
import { lastAtMost } from "../decimate";
import { epochText, figure, percent, points } from "../figures";
import { gapAt, type Measures, measure, notableGap, recentGap, risen } from "./measures";
import type { Finding, Moment } from "./types";

type Rule = (moment: Moment, measures: Measures) => Finding | null;

/** Below this much of what could be learned, the training part itself is not fitted. */
const poorFit = 0.5;
/** Above it, nothing is left to be learned from the training part. */
const fullFit = 0.93;
/** A loss that falls by less than this share over the last fifth of a run has levelled off. */
const levelled = 0.02;
/** Weights that shrank below this share of their start have collapsed. */
const collapsed = 0.3;

export function diagnose(moment: Moment): Finding {
  const early = beforeTraining(moment);
  if (early) return early;
  const measures = measure(moment);
  for (const rule of rules) {
    const finding = rule(moment, measures);
    if (finding) return finding;
  }
  return agreeing(moment, measures);
}

const calm = { confidence: "high", tone: "calm", evidence: {}, wishes: [] } as const;

function beforeTraining(moment: Moment): Finding | null {
  const { columns, row, state, failed, type, target } = moment;
  if (row < 0 && failed) {
    const text = "No data yet. Add the files asked for under “Files needed”.";
    return { ...calm, symptom: "no data", title: "No run yet", text };
  }
  if (row < 0) {
    const text = "The network is being built.";
    return { ...calm, symptom: "not started", title: "Getting ready", text };
  }
  const last = row === columns.step.length - 1;
  if (state === "diverged" && last) return diverged(moment);
  if (state === "stopped" && moment.earlyStop && last) return earlyStopped(moment);
  if ((columns.step[row] as number) > 0) return null;
  const accuracy = columns.validationAccuracy[row] as number;
  const text =
    type === "classification"
      ? `The weights are random, so the network is guessing: validation accuracy ${percent(accuracy)}.`
      : `The weights are random, and so ${target ? "are the predictions" : "is the curve"}.`;
  return { ...calm, symptom: "untrained", title: "Nothing learned yet", text };
}

function diverged({ experiment }: Moment): Finding {
  return {
    symptom: "diverged",
    confidence: "high",
    title: "Training diverged",
    text: "The steps were too large: the loss grew without bound. What was measured until then is still shown.",
    tone: "warning",
    evidence: { learningRate: experiment.optimizer.learningRate },
    wishes: ["lower rate"],
  };
}

function earlyStopped({ columns, earlyStop }: Moment): Finding {
  const { epoch, bestEpoch } = earlyStop as NonNullable<Moment["earlyStop"]>;
  const loss = columns.validationLoss[lastAtMost(columns.epoch, bestEpoch + 1e-9)] as number;
  return {
    symptom: "early stopped",
    confidence: "high",
    title: "Stopped early",
    text: `Validation had not improved since epoch ${epochText(bestEpoch)}, so training ended at epoch ${epochText(epoch)}. The weights of epoch ${epochText(bestEpoch)} are restored: validation loss ${figure(loss)}.`,
    tone: "good",
    evidence: { epoch, bestEpoch, loss },
    wishes: [],
  };
}

/** Such as "L1 penalty 0.18". */
function setting({ experiment }: Moment, path: FieldPath): string {
  const { field } = fieldEntry(path);
  return `${lowerFirst(field.label)} ${formatValue(field, getValue(experiment, path))}`;
}

const gapText = (gap: number, type: Moment["type"]) =>
  type === "classification" ? `${points(gap)} points` : figure(gap);

/** Begins most texts: the gap, with the epoch that it is of. */
function gapSentence({ type, target }: Moment, { gap, epoch }: Measures): string {
  const name = type === "classification" || !target ? "Gap" : "Loss gap";
  return `${name} ${gapText(gap, type)} at epoch ${epochText(Math.round(epoch))}.`;
}

/** The figures that every finding on a trained network rests on. */
function evidenceOf({ type }: Moment, m: Measures): Finding["evidence"] {
  const scores =
    type === "classification"
      ? { trainAccuracy: m.trainAccuracy, validationAccuracy: m.validationAccuracy }
      : { trainLoss: m.trainLoss, validationLoss: m.validationLoss };
  return { epoch: m.epoch, gap: m.gap, fit: m.fit, bestEpoch: m.best.epoch, ...scores };
}

/** "training accuracy is 51.7 %" or "training loss is 0.693". */
const trainScore = ({ type }: Moment, m: Measures) =>
  type === "classification"
    ? `training accuracy is only ${percent(m.trainAccuracy)}`
    : `training loss is ${figure(m.trainLoss)}`;

/** A strong regularizer, and a training part that is not fitted, or that was fitted better before. */
const overRegularized: Rule = (moment, m) => {
  const { strongest } = m;
  if (!strongest) return null;
  const isStrong = strongest.severity >= 1;
  const poor = m.fit < poorFit && (isStrong || (strongest.severity >= 0.2 && m.shrunk < collapsed));
  const worse = isStrong && !m.wide && m.trainRise > 1.02 && m.rise > 1.05;
  if (!poor && !worse) return null;
  const { columns, row } = moment;
  const weights =
    m.shrunk < collapsed
      ? ` The weights have shrunk from norm ${figure(columns.weightNorm[0])} to ${figure(columns.weightNorm[row])}.`
      : "";
  const what = setting(moment, strongest.path);
  const text = poor
    ? `With ${what} even ${trainScore(moment, m)}.${weights}`
    : `With ${what} both losses have risen: validation loss is ${figure(m.validationLoss)}, its minimum was ${figure(m.best.loss)} at epoch ${epochText(Math.round(m.best.epoch))}.${weights}`;
  return {
    symptom: "over-regularized",
    confidence: poor && isStrong ? "high" : "medium",
    title: "Over-regularized",
    text,
    tone: "warning",
    evidence: { ...evidenceOf(moment, m), severity: strongest.severity, shrunk: m.shrunk },
    wishes: ["less regularization"],
    cause: strongest.path,
    // Units that are 0 get no gradient: weaker regularization alone does not bring them back.
    ...(m.shrunk < collapsed && poor && { restart: true }),
  };
};

/** What a strong regularizer has left behind: units that are 0 stay so. */
const weightsCollapsed: Rule = (moment, m) => {
  if (!(m.fit < poorFit) || m.shrunk > collapsed / 3 || !m.change) return null;
  const { columns, row } = moment;
  return {
    symptom: "collapsed",
    confidence: "high",
    title: "The weights have collapsed",
    text: `Their norm fell from ${figure(columns.weightNorm[0])} to ${figure(columns.weightNorm[row])}, and units at 0 get no gradient. Start over with the present settings.`,
    tone: "warning",
    evidence: { ...evidenceOf(moment, m), shrunk: m.shrunk },
    wishes: [],
    restart: true,
  };
};

/** A learning rate so low that more epochs alone would take long. */
const faster = ({ experiment }: Moment): Finding["wishes"] =>
  experiment.optimizer.learningRate < 1e-4 ? ["higher rate"] : [];

const underfitting: Rule = (moment, m) => {
  if (!(m.fit < poorFit)) return null;
  if (!m.ended && m.epoch < moment.totalEpochs / 5) return null;
  const falling = m.trainProgress > levelled;
  const { experiment, type } = moment;
  const linear = experiment.model.hiddenWidths.length === 0 && !(experiment.model.family === "cnn");
  const why = [
    linear ? "a model without hidden layers is too simple" : "the model is too small",
    ...(m.strongest && m.strongest.severity > 0.2 ? ["too strongly regularized"] : []),
    ...(falling ? ["needs more epochs"] : []),
  ];
  const sentence = `${why.slice(0, -1).join(", ")}${why.length > 1 ? " or " : ""}${why.at(-1)}`;
  return {
    symptom: "underfitting",
    confidence: falling ? "medium" : "high",
    title: "Underfitting",
    text: `Even ${trainScore(moment, m)}${type === "regression" ? `, and validation loss ${figure(m.validationLoss)}` : ""}: ${sentence}.`,
    tone: "warning",
    evidence: evidenceOf(moment, m),
    wishes: [
      ...(falling && !linear ? (["more epochs"] as const) : []),
      ...faster(moment),
      "more capacity",
      "more epochs",
    ],
  };
};

/** What the last change has done to the gap, once it had time to act. */
const changed: Rule = (moment, m) => {
  const { columns, row, type } = moment;
  if (!m.change) return null;
  const { mark, row: before } = m.change;
  const then = recentGap(columns, before, type);
  const now = m.gapRecent;
  const notable =
    type === "classification" ? notableGap : 0.5 * (columns.trainLoss[before] as number);
  if (Math.abs(now - then) < notable / 2 || Math.max(now, then) < notable) return null;
  const closing = now < then;
  const closed = closing && now < notable;
  const gap = (at: number) => gapText(gapAt(columns, at, type), type);
  const scores =
    type === "classification"
      ? `validation accuracy from ${percent(columns.validationAccuracy[before])} to ${percent(columns.validationAccuracy[row])}`
      : `validation loss from ${figure(columns.validationLoss[before])} to ${figure(columns.validationLoss[row])}`;
  // A gap that has stopped closing while it is wide is overfitting again: the other rules say so.
  if (closing && !closed && m.ended && m.wide && m.gapGrowth > -0.005) return null;
  const name = moment.target ? "gap of the loss" : "gap";
  return {
    symptom: closed ? "gap closed" : closing ? "gap closing" : "gap growing",
    confidence: "high",
    title: closed ? "The gap has closed" : closing ? "The gap is closing" : "The gap has grown",
    text: `Since ${mark.text} at epoch ${epochText(Math.round(mark.epoch))} the ${name} went from ${gap(before)} to ${gap(row)}, ${scores}, and the norm of the weights from ${figure(columns.weightNorm[before])} to ${figure(columns.weightNorm[row])}.${wrongLabels(moment, m)}`,
    tone: closing ? "good" : "warning",
    evidence: { ...evidenceOf(moment, m), gapBefore: then },
    wishes: closing ? [] : ["more regularization"],
  };
};

/** Why training can score lower: its wrong labels are not memorized. */
function wrongLabels({ mislabelled }: Moment, { gapRecent }: Measures): string {
  if (mislabelled === 0 || gapRecent > -0.02) return "";
  return " Training scores lower because its wrong labels are not memorized.";
}

const validationAhead: Rule = (moment, m) => {
  if (moment.type === "regression" || m.gapRecent > -0.05) return null;
  const reason =
    wrongLabels(moment, m) || " The training examples are harder as the network sees them.";
  return {
    symptom: "validation ahead",
    confidence: "high",
    title: "Validation is ahead of training",
    text: `${gapSentence(moment, m)} Training accuracy ${percent(m.trainAccuracy)}, validation accuracy ${percent(m.validationAccuracy)}.${reason}`,
    tone: "calm",
    evidence: evidenceOf(moment, m),
    wishes: [],
  };
};

function memorized(moment: Moment, m: Measures): string {
  const { type, mislabelled, target } = moment;
  if (type === "regression") {
    return target
      ? " It memorizes the training rows, noise included."
      : " The curve follows the noise.";
  }
  if (mislabelled === 0 || m.trainAccuracy <= 0.985) return "";
  const what =
    mislabelled === 1 ? "the mislabelled example" : `the ${mislabelled} mislabelled examples`;
  return ` The network has memorized even ${what}.`;
}

const overfitting: Rule = (moment, m) => {
  if (!m.wide) return null;
  const past = m.rise > risen || (m.past && m.rise > 1.01);
  // A modest gap that has settled beside a loss at its minimum is no reason for a warning.
  const large = moment.type === "regression" || m.gapRecent >= 1.25 * notableGap;
  const settled = m.ended || m.gapGrowth < 0.01;
  const full = settled && m.fit > fullFit && m.progress < levelled && large;
  const halted = m.ended && m.progress < levelled && large;
  if (!past && !full && !halted) return null;
  const best = `its minimum ${past ? "was " : ""}${figure(m.best.loss)} at epoch ${epochText(Math.round(m.best.epoch))}`;
  const loss =
    m.rise > risen
      ? `Validation loss is rising again; ${best}`
      : past
        ? `Validation loss has not fallen since; ${best}`
        : `Validation loss has levelled off at ${figure(m.validationLoss)}`;
  return {
    symptom: "overfitting",
    confidence: past || m.fit > fullFit ? "high" : "medium",
    title: "Overfitting",
    text: `${gapSentence(moment, m)} ${loss}, while training loss is ${figure(m.trainLoss)}.${memorized(moment, m)}`,
    tone: "warning",
    evidence: { ...evidenceOf(moment, m), bestLoss: m.best.loss, rise: m.rise },
    wishes: ["more regularization"],
  };
};

/** A gap that is wide or about to be, and grows. */
const gapOpening: Rule = (moment, m) => {
  const { type } = moment;
  if (m.ended) return null;
  const grows = type === "classification" ? m.gapGrowth > 0.01 : m.gapGrowth > 0.1 * m.gapRecent;
  const near = m.wide || (type === "classification" && m.gap >= notableGap);
  if (!grows || !near) return null;
  const improving = m.best.row >= moment.row - Math.max(1, moment.row / 10);
  return {
    symptom: "gap opening",
    confidence: "medium",
    title: "A gap is opening",
    text: `${gapSentence(moment, m)} Validation loss is near its minimum (${figure(m.best.loss)})${improving ? ": validation is still improving" : ""}.`,
    tone: "calm",
    evidence: evidenceOf(moment, m),
    wishes: [],
  };
};

/** A gap beside which validation still improves, or at least does not get worse. */
const gapOpen: Rule = (moment, m) => {
  if (!m.wide) return null;
  const improves = m.progress > levelled;
  return {
    symptom: "gap open",
    confidence: "medium",
    title: improves ? "A gap, but validation still improves" : "A gap remains",
    text: improves
      ? `${gapSentence(moment, m)} Validation loss fell by ${percent(m.progress)} over the last fifth of the run, to ${figure(m.validationLoss)}.`
      : `${gapSentence(moment, m)} Validation loss is ${figure(m.validationLoss)}, close to its minimum (${figure(m.best.loss)}).`,
    tone: "calm",
    evidence: { ...evidenceOf(moment, m), progress: m.progress },
    wishes: m.ended ? [improves ? "more epochs" : "more regularization"] : [],
  };
};

const learning: Rule = (moment, m) => {
  if (m.ended || m.epoch >= moment.totalEpochs / 10) return null;
  return {
    ...calm,
    symptom: "learning",
    title: "Learning",
    text: `${gapSentence(moment, m)} Training and validation still move together.`,
    evidence: evidenceOf(moment, m),
  };
};

/** Loss below which further falling is of no interest for classes: every answer is right already. */
const perfect = 0.985;

const stillLearning: Rule = (moment, m) => {
  if (m.progress < levelled || m.best.row < moment.row - Math.max(2, moment.row / 10)) return null;
  if (moment.type === "classification" && m.validationAccuracy > perfect) return null;
  return {
    symptom: "still learning",
    confidence: "high",
    title: "Still learning",
    text: `${gapSentence(moment, m)} Validation loss fell by ${percent(m.progress)} over the last fifth of the run, to ${figure(m.validationLoss)}${m.ended ? ": more epochs would help" : ""}.`,
    tone: "calm",
    evidence: { ...evidenceOf(moment, m), progress: m.progress },
    wishes: m.ended ? [...faster(moment), "more epochs"] : [],
  };
};

const nothingWrong: Rule = (moment, m) => {
  const close = moment.type === "classification" ? Math.abs(m.gapRecent) < 0.05 : !m.wide;
  const good = moment.type === "classification" ? m.fit > 0.8 : m.fit > 0.7;
  if (!m.ended || !close || !good || m.rise > 1.25) return null;
  const score =
    moment.type === "classification"
      ? `Training is fitted, and validation accuracy ${percent(m.validationAccuracy)} is close to it`
      : `Validation loss ${figure(m.validationLoss)} is near its minimum (${figure(m.best.loss)})`;
  return {
    symptom: "nothing wrong",
    confidence: "high",
    title: "Generalizes well",
    text: `${gapSentence(moment, m)} ${score}: no sign of over- or underfitting.`,
    tone: "good",
    evidence: evidenceOf(moment, m),
    wishes: [],
  };
};

function agreeing(moment: Moment, m: Measures): Finding {
  const rising =
    m.rise > risen
      ? ` Validation loss is rising again; its minimum was ${figure(m.best.loss)} at epoch ${epochText(Math.round(m.best.epoch))}.`
      : " What the network has learned holds for new examples too.";
  return {
    symptom: "agreeing",
    confidence: "medium",
    title: "Training and validation agree",
    text: `${gapSentence(moment, m)}${rising}`,
    tone: m.rise > risen ? "calm" : "good",
    evidence: evidenceOf(moment, m),
    wishes: [],
  };
}

const rules: readonly Rule[] = [
  overRegularized,
  weightsCollapsed,
  underfitting,
  changed,
  overfitting,
  gapOpening,
  gapOpen,
  learning,
  validationAhead,
  stillLearning,
  nothingWrong,
];
