// What a diagnosis is made from and what it is: a run's record and experiment in, one finding out. Nothing here knows the page.
import type { Experiment, FieldPath } from "../../../experiment/schema";
import type { EarlyStop, RunState, TargetScale } from "../../../worker/protocol";
import type { Columns } from "../history";
import type { Mark } from "../marks";

/** A moment of a run, with everything that was measured until then. */
export interface Moment {
  readonly columns: Columns;
  /** Row of the moment that is diagnosed; −1 before anything was measured. */
  readonly row: number;
  readonly type: "classification" | "regression";
  /** The settings in force. */
  readonly experiment: Experiment;
  readonly state: RunState;
  readonly totalEpochs: number;
  /** Changes that acted while training. */
  readonly marks: readonly Mark[];
  /** Training examples that carry a wrong label. */
  readonly mislabelled: number;
  /** Training examples. */
  readonly trainCount: number;
  /** Classes; 1 for a regression. */
  readonly classes: number;
  /** Regression: mean square error of always predicting the mean of the training targets; null where it is not known. */
  readonly spread: number | null;
  /** The column of values that is predicted; losses are standardized by it. */
  readonly target?: TargetScale | null;
  readonly earlyStop?: EarlyStop | null;
  /** The run could not start or was lost. */
  readonly failed: boolean;
}

export type Symptom =
  | "no data"
  | "not started"
  | "untrained"
  | "diverged"
  | "early stopped"
  | "over-regularized"
  | "collapsed"
  | "gap closed"
  | "gap closing"
  | "gap growing"
  | "underfitting"
  | "overfitting"
  | "gap opening"
  | "gap open"
  | "validation ahead"
  | "still learning"
  | "learning"
  | "agreeing"
  | "nothing wrong";

/** Names of changes that a finding may ask for; cures.ts turns them into settings. */
export type Wish =
  | "less regularization"
  | "more regularization"
  | "more capacity"
  | "more epochs"
  | "lower rate"
  | "higher rate";

export interface Finding {
  readonly symptom: Symptom;
  /** "medium" where the figures would also fit another reading. */
  readonly confidence: "high" | "medium";
  readonly title: string;
  readonly text: string;
  readonly tone: "calm" | "good" | "warning";
  /** The figures that the finding rests on: shares in [0, 1], losses, epochs. */
  readonly evidence: Readonly<Record<string, number>>;
  /** Settings that would help, tried in this order; none where nothing is wrong. */
  readonly wishes: readonly Wish[];
  /** The regularizer that acts strongest, where it is the cause. */
  readonly cause?: FieldPath;
  /** Training on would not help: the weights must start anew. */
  readonly restart?: true;
}
