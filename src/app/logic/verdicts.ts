// What a report on predictions says in words: a cell of the confusion matrix, a bin of the reliability diagram, the calibration.
import type { ClassificationReport, ReliabilityBin } from "../../worker/protocol";

/** A cell of the confusion matrix: row true, column predicted. */
export function cellWords(
  confusion: ClassificationReport["confusion"],
  row: number,
  column: number,
  classNames: readonly string[],
): string {
  const counts = confusion[row] ?? [];
  const support = counts.reduce((sum, count) => sum + count, 0);
  const held = counts[column] ?? 0;
  const name = (kind: number) => `“${classNames[kind] ?? kind}”`;
  if (support === 0) return `There is no ${name(row)} among them.`;
  const share = `${held === 0 ? "None" : held} of ${support} ${name(row)}`;
  if (row === column) return `${share} recognized.`;
  return `${share} taken for ${name(column)}.`;
}

/** With a space that no line breaks at. */
const whole = (share: number) => `${Math.round(share * 100)}\u00a0%`;

/** A bin of the reliability diagram. */
export function binWords({ low, high, count, accuracy, confidence }: ReliabilityBin): string {
  const range = `Confidence ${Math.round(low * 100)} to ${whole(high)}`;
  if (count === 0 || accuracy === null || confidence === null) return `${range}: no prediction.`;
  const predictions = count === 1 ? "1 prediction" : `${count} predictions`;
  return `${range}: ${predictions}, mean confidence ${whole(confidence)}, accuracy ${whole(accuracy)}.`;
}

/** Mean confidence against accuracy, in one sentence. */
export function calibrationWords({ meanConfidence, accuracy }: ClassificationReport): string {
  const gap = Math.round((meanConfidence - accuracy) * 100);
  const facts = `mean confidence ${whole(meanConfidence)}, accuracy ${whole(accuracy)}`;
  if (gap === 0) return `Well calibrated: ${facts}.`;
  const size = `${Math.abs(gap)} ${Math.abs(gap) === 1 ? "point" : "points"}`;
  return gap > 0 ? `Overconfident by ${size}: ${facts}.` : `Underconfident by ${size}: ${facts}.`;
}
