// The settings that follow from a learner's table and the column to predict: shape of the network's ends, sizes of the parts.
import type { FieldValue } from "./fields";
import type { FieldPath } from "./schema";

/** Shares of the usable rows. */
const trainShare = 0.6;
const heldShare = 0.2;
/** Bounds of the settings. */
const [leastTrain, mostTrain] = [4, 60_000];
const [leastHeld, mostHeld] = [10, 10_000];
/** Rows that validation and test need at least. */
const leastLeft = 4;

const within = (value: number, low: number, high: number) => Math.max(low, Math.min(high, value));

export interface TableTask {
  readonly fingerprint: number;
  /** Number of the column to predict, from 1. */
  readonly target: number;
  readonly inputs: number;
  /** Classes, 0 for a number. */
  readonly answers: number;
  /** Usable rows. */
  readonly rows: number;
}

/** Settings with which a column of a table is predicted. */
export function tableSettings({
  fingerprint,
  target,
  inputs,
  answers,
  rows,
}: TableTask): readonly (readonly [FieldPath, FieldValue])[] {
  const train = Math.min(Math.round(trainShare * rows), rows - leastLeft);
  const held = within(Math.round(heldShare * rows), leastHeld, mostHeld);
  return [
    ["data.fingerprint", fingerprint],
    ["data.target", target],
    ["data.columns", inputs],
    ["data.answers", answers],
    ["data.trainSize", within(train, leastTrain, mostTrain)],
    ["data.validationSize", held],
    ["data.testSize", held],
  ];
}
