// Figures of a moment that the rules compare: averages over the last rows, so that one noisy batch does not turn the words around.
import { lastAtMost } from "../decimate";
import type { Columns } from "../history";
import type { Mark } from "../marks";
import { strongestRegularizer } from "./strengths";
import type { Moment } from "./types";

/** Row of the smallest value in [from, row]. */
export function bestRow(column: readonly number[], row: number, from = 0): number {
  let best = from;
  for (let at = from + 1; at <= row; at++) {
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

/** Mean over the last few rows up to `row`. */
export function recent(column: readonly number[], row: number): number {
  const span = Math.max(1, Math.min(5, Math.floor(row / 6)));
  let sum = 0;
  for (let at = row - span + 1; at <= row; at++) sum += column[at] as number;
  return sum / span;
}

export function recentGap(columns: Columns, row: number, type: Moment["type"]): number {
  return type === "classification"
    ? recent(columns.trainAccuracy, row) - recent(columns.validationAccuracy, row)
    : recent(columns.validationLoss, row) - recent(columns.trainLoss, row);
}

/** A gap below this share is no reason for words. */
export const notableGap = 0.08;
/** The same for a regression, as a share of the spread of its targets. */
const notableLossGap = 0.25;
/** Loss beyond this multiple of its lowest value has risen. */
export const risen = 1.1;

/** True where the gap is wide: accuracy points, or validation loss far above training loss. */
function isWide({ columns, row, type, spread }: Moment, rise: number): boolean {
  const gap = recentGap(columns, row, type);
  if (type === "classification") return gap >= notableGap;
  const train = recent(columns.trainLoss, row);
  // Training loss falls below the noise of the targets in every good fit: the ratio alone says little.
  return gap > 0.5 * train && (gap > notableLossGap * (spread ?? 1) || rise > risen);
}

export interface Measures {
  readonly epoch: number;
  readonly gap: number;
  readonly gapRecent: number;
  /** How much the gap grew over the last quarter of the rows since the last change. */
  readonly gapGrowth: number;
  readonly wide: boolean;
  readonly trainAccuracy: number;
  readonly validationAccuracy: number;
  readonly trainLoss: number;
  readonly validationLoss: number;
  /** Row, epoch and value of the lowest validation loss since the last change. */
  readonly best: { readonly row: number; readonly epoch: number; readonly loss: number };
  /** Mean of the last rows over the lowest validation loss. */
  readonly rise: number;
  /** The lowest validation loss lies so far back that nothing better is on its way. */
  readonly past: boolean;
  /** Share by which validation loss fell over the last fifth of the rows. */
  readonly progress: number;
  /** Share by which training loss fell over the same rows. */
  readonly trainProgress: number;
  /** How much of what can be learned of the training part is: 0 is guessing, 1 is every true label. NaN where it is not known. */
  readonly fit: number;
  /** Training loss over its own lowest value since the last change. */
  readonly trainRise: number;
  /** Norm of the weights over that at the start. */
  readonly shrunk: number;
  /** The regularizer that acts strongest, with 1 for strong. */
  readonly strongest: ReturnType<typeof strongestRegularizer>;
  /** The last change that had time to act, and the row just before it. */
  readonly change: { readonly mark: Mark; readonly row: number } | null;
  /** No more steps are planned. */
  readonly ended: boolean;
}

/** Rows that a change needs before it is credited with anything. */
const timeToAct = 3;

function lastChange({ columns, row, marks }: Moment): Measures["change"] {
  const epoch = columns.epoch[row] as number;
  const mark = marks.findLast(
    (held) => held.path !== "stopping.patience" && held.epoch < epoch - 1e-9,
  );
  if (!mark) return null;
  const before = lastAtMost(columns.epoch, mark.epoch);
  return row - before < timeToAct ? null : { mark, row: before };
}

function fitOf(moment: Moment, trainLoss: number, trainAccuracy: number): number {
  const { type, classes, mislabelled, trainCount, spread } = moment;
  if (type === "regression") {
    return spread === null || spread <= 0 ? Number.NaN : 1 - trainLoss / spread;
  }
  const chance = 1 / Math.max(2, classes);
  const reachable = 1 - mislabelled / Math.max(1, trainCount);
  return (trainAccuracy - chance) / Math.max(0.05, reachable - chance);
}

/** Share by which a column fell over the last fifth of the rows since `from`. */
function fallOf(column: readonly number[], row: number, from: number): number {
  const before = Math.max(from, row - Math.max(3, Math.floor((row - from) / 5)));
  const [then, now] = [recent(column, before), recent(column, row)];
  return then > 0 ? (then - now) / then : 0;
}

export function measure(moment: Moment): Measures {
  const { columns, row, type, state, totalEpochs } = moment;
  const { trainLoss, validationLoss, trainAccuracy, validationAccuracy } = columns;
  const change = lastChange(moment);
  const from = change ? Math.min(row, change.row + 1) : 0;
  const best = bestRow(validationLoss, row, from);
  const bestLoss = validationLoss[best] as number;
  const epoch = columns.epoch[row] as number;
  const train = recent(trainLoss, row);
  const quarter = Math.max(from, row - Math.max(3, Math.floor((row - from) / 4)));
  // Right after the best row the mean still holds rows from before it.
  const rise = row - best >= 4 ? recent(validationLoss, row) / bestLoss : 1;
  const startNorm = columns.weightNorm[0] as number;
  return {
    epoch,
    gap: gapAt(columns, row, type),
    gapRecent: recentGap(columns, row, type),
    gapGrowth: recentGap(columns, row, type) - recentGap(columns, quarter, type),
    wide: row > 0 && isWide(moment, rise),
    trainAccuracy: trainAccuracy[row] as number,
    validationAccuracy: validationAccuracy[row] as number,
    trainLoss: trainLoss[row] as number,
    validationLoss: validationLoss[row] as number,
    best: { row: best, epoch: columns.epoch[best] as number, loss: bestLoss },
    rise,
    past: row - best > Math.max(5, (row - from) / 3),
    progress: fallOf(validationLoss, row, from),
    trainProgress: fallOf(trainLoss, row, from),
    fit: fitOf(moment, train, recent(trainAccuracy, row)),
    trainRise: train / (trainLoss[bestRow(trainLoss, row, from)] as number),
    shrunk: startNorm > 0 ? (columns.weightNorm[row] as number) / startNorm : 1,
    strongest: strongestRegularizer(moment.experiment),
    change,
    ended: state === "finished" || state === "stopped" || epoch >= totalEpochs - 1e-9,
  };
}
