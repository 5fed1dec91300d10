// Puts a run's own numbers into words: what state it is in and by which figures. No advice is made up here.
import type { EarlyStop, RunState, TargetScale } from "../../worker/protocol";
import { lastAtMost } from "./decimate";
import { epochText, figure, percent, points } from "./figures";
import type { Columns } from "./history";
import type { Mark } from "./marks";

export interface Reading {
  readonly title: string;
  readonly text: string;
  readonly tone: "calm" | "good" | "warning";
}

export interface Moment {
  readonly columns: Columns;
  /** Row of the moment that is read. */
  readonly row: number;
  readonly type: "classification" | "regression";
  readonly state: RunState;
  readonly totalEpochs: number;
  readonly marks: readonly Mark[];
  readonly mislabelled: number;
  /** The run could not start or was lost. */
  /** The column of values that is predicted; losses are standardized by it. */
  readonly target?: TargetScale | null;
  readonly earlyStop?: EarlyStop | null;
  readonly failed: boolean;
}

/** A gap below this share is no reason for words. */
const notableGap = 0.08;

/** A loss beyond this multiple of its best is more than noise. */
const measurably = 1.01;

/** Mean over the last few rows, so that one noisy batch does not turn the words around. */
function recent(column: readonly number[], row: number): number {
  const span = Math.max(1, Math.min(5, Math.floor(row / 6)));
  let sum = 0;
  for (let at = row - span + 1; at <= row; at++) sum += column[at] as number;
  return sum / span;
}

/** Row of the smallest value up to `row`. */
export function bestRow(column: readonly number[], row: number): number {
  let best = 0;
  for (let at = 1; at <= row; at++) {
    if ((column[at] as number) < (column[best] as number)) best = at;
  }
  return best;
}

/** Generalization gap: accuracy points for classes (share), loss for regression. */
export function gapAt(columns: Columns, row: number, type: Moment["type"]): number {
  return type === "classification"
    ? (columns.trainAccuracy[row] as number) - (columns.validationAccuracy[row] as number)
    : (columns.validationLoss[row] as number) - (columns.trainLoss[row] as number);
}

function recentGap(columns: Columns, row: number, type: Moment["type"]): number {
  return type === "classification"
    ? recent(columns.trainAccuracy, row) - recent(columns.validationAccuracy, row)
    : recent(columns.validationLoss, row) - recent(columns.trainLoss, row);
}

function gapText(gap: number, type: Moment["type"]): string {
  return type === "classification" ? `${points(gap)} points` : figure(gap);
}

/** True where the gap is wide enough to be called one. */
export function gapIsOpen(moment: Moment): boolean {
  const { columns, row, type } = moment;
  if (row < 1) return false;
  if (type === "classification") return recentGap(columns, row, type) >= notableGap;
  return recent(columns.validationLoss, row) > 1.5 * recent(columns.trainLoss, row);
}

export function read(moment: Moment): Reading {
  const { columns, row, state, failed } = moment;
  if (row < 0 && failed) {
    return { title: "No run yet", text: "Something is missing: the page says what.", tone: "calm" };
  }
  if (row < 0) return { title: "Getting ready", text: "The network is being built.", tone: "calm" };
  if (state === "stopped" && moment.earlyStop && row === columns.step.length - 1) {
    return readEarlyStop(moment, moment.earlyStop);
  }
  if (state === "diverged" && row === columns.step.length - 1) return readDivergence();
  if ((columns.step[row] as number) === 0) return readStart(moment);
  return readChange(moment) ?? readGap(moment);
}

function readStart({ columns, row, type, target }: Moment): Reading {
  const text =
    type === "classification"
      ? `The weights are random, and ${percent(columns.validationAccuracy[row])} of the validation examples are right by luck.`
      : `The weights are random, and so ${target ? "are the predictions" : "is the curve"}.`;
  return { title: "Nothing learned yet", text, tone: "calm" };
}

function readDivergence(): Reading {
  return {
    title: "Training diverged",
    text: "The steps were too large: each made the loss worse than the one before. What was measured until then is still shown.",
    tone: "warning",
  };
}

function readEarlyStop({ columns }: Moment, { epoch, bestEpoch }: EarlyStop): Reading {
  const best = lastAtMost(columns.epoch, bestEpoch + 1e-9);
  return {
    title: "Stopped early",
    text: `Validation had not improved since epoch ${epochText(bestEpoch)}, so training ended at epoch ${epochText(epoch)}. The weights of epoch ${epochText(bestEpoch)} are back: validation loss ${figure(columns.validationLoss[best])}.`,
    tone: "good",
  };
}

/** What the latest live change has done, once it had some time to work. */
function readChange(moment: Moment): Reading | null {
  const { columns, row, type, marks } = moment;
  const mark = marks.findLast(
    ({ epoch, path }) => path !== "stopping.patience" && epoch < (columns.epoch[row] as number),
  );
  if (!mark) return null;
  const before = lastAtMost(columns.epoch, mark.epoch);
  if (row - before < 3) return null;
  const then = recentGap(columns, before, type);
  const now = recentGap(columns, row, type);
  const notable = type === "classification" ? notableGap : 0.5 * recent(columns.trainLoss, before);
  if (Math.abs(now - then) < notable / 2 || Math.max(now, then) < notable) return null;
  const closing = now < then;
  // What is said is what stands beside it; only the judgement is from several rows.
  const gap = (at: number) => gapText(gapAt(columns, at, type), type);
  const scores =
    type === "classification"
      ? `validation accuracy from ${percent(columns.validationAccuracy[before])} to ${percent(columns.validationAccuracy[row])}`
      : `validation loss from ${figure(columns.validationLoss[before])} to ${figure(columns.validationLoss[row])}`;
  return {
    title: closing
      ? now < notable
        ? "The gap has closed"
        : "The gap is closing"
      : "The gap is growing",
    text: `Since ${mark.text} at epoch ${epochText(Math.round(mark.epoch))} the ${moment.target ? "gap of the loss" : "gap"} went from ${gap(before)} to ${gap(row)}, ${scores}, and the norm of the weights from ${figure(columns.weightNorm[before])} to ${figure(columns.weightNorm[row])}.${negative(now, moment)}`,
    tone: closing ? "good" : "warning",
  };
}

/** Why validation can be ahead: its labels are all right. */
function negative(gap: number, { type, mislabelled }: Moment): string {
  if (type !== "classification" || mislabelled === 0 || gap > -0.02) return "";
  return " Training scores lower because its wrong labels are no longer learned.";
}

function readGap(moment: Moment): Reading {
  const { columns, row, type } = moment;
  const epoch = columns.epoch[row] as number;
  const best = bestRow(columns.validationLoss, row);
  const bestLoss = columns.validationLoss[best] as number;
  const bestEpoch = columns.epoch[best] as number;
  const now = recent(columns.validationLoss, row);
  // Right after the best row the mean still holds rows from before it.
  const risen = row - best >= 4 && now > 1.1 * bestLoss;
  const gap = `${moment.target ? "Loss gap" : "Gap"} ${gapText(gapAt(columns, row, type), type)} at epoch ${epochText(Math.round(epoch))}.`;
  if (!gapIsOpen(moment)) {
    if (!gapBegins(moment, risen)) return readAgreement(moment, gap);
    const best = `its best, ${figure(bestLoss)} at epoch ${epochText(Math.round(bestEpoch))}`;
    const text = risen
      ? `${gap} Validation loss is no longer at ${best}.`
      : `${gap} Validation loss is still near ${best}.`;
    return { title: "A gap is opening", text, tone: "calm" };
  }
  if (!risen && !(isPast(best, row) && now > measurably * bestLoss)) {
    const gains = stillGains(moment, best) ? ": so far the network gains on new examples too" : "";
    return {
      title: "A gap is opening",
      text: `${gap} Validation loss is near its best, ${figure(bestLoss)}${gains}.`,
      tone: "calm",
    };
  }
  const since = epochText(Math.max(1, Math.round(epoch - bestEpoch)));
  const verb = risen ? "has risen" : "has not come down";
  return {
    title: "Overfitting",
    text: `${gap} Validation loss ${verb} for ${since === "1" ? "an epoch" : `${since} epochs`} since its best, ${figure(bestLoss)} at epoch ${epochText(Math.round(bestEpoch))}, while training loss is ${figure(columns.trainLoss[row])}.${memorizing(moment)}`,
    tone: "warning",
  };
}

/** True where the best row lies so far back that nothing better is on its way. */
function isPast(best: number, row: number): boolean {
  return row - best > Math.max(5, row / 3);
}

/** True while validation has just been at its best, or gets more examples right than a while ago. */
function stillGains({ columns, row, type }: Moment, best: number): boolean {
  if (row - best <= Math.max(1, row / 10)) return true;
  if (type === "regression") return false;
  const before = Math.max(0, row - Math.max(3, Math.floor(row / 4)));
  const { validationAccuracy } = columns;
  return recent(validationAccuracy, row) - recent(validationAccuracy, before) > 0.005;
}

/** A gap that is not yet wide on average, but wide at this moment or on its way with a rising loss. */
function gapBegins({ columns, row, type }: Moment, risen: boolean): boolean {
  if (type === "regression") return false;
  return gapAt(columns, row, type) >= (risen ? notableGap / 2 : notableGap);
}

function memorizing({ columns, row, type, mislabelled, target }: Moment): string {
  if (type === "regression")
    return target
      ? " It learns the training rows by heart, noise and all."
      : " The curve follows the noise.";
  if (mislabelled > 0 && (columns.trainAccuracy[row] as number) > 0.985) {
    const what =
      mislabelled === 1 ? "the mislabelled example" : `the ${mislabelled} mislabelled examples`;
    return ` The network has memorized even ${what}.`;
  }
  return "";
}

function readAgreement(moment: Moment, gap: string): Reading {
  const { columns, row, type, totalEpochs } = moment;
  const early = (columns.epoch[row] as number) < totalEpochs / 10;
  const poor = type === "classification" && (columns.trainAccuracy[row] as number) < 0.7;
  if (early) {
    return {
      title: "Learning",
      text: `${gap} Train and validation still move together.`,
      tone: "calm",
    };
  }
  if (poor) {
    return {
      title: "Little learned",
      text: `${gap} Only ${percent(columns.trainAccuracy[row])} of the training examples are right themselves: this is too little freedom or too little time, not too much.`,
      tone: "warning",
    };
  }
  return {
    title: "Train and validation agree",
    text: `${gap} What the network knows about the training examples holds for new ones too.`,
    tone: "good",
  };
}
