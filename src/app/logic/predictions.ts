// What predictions of a column's values say: one sentence, the figures, and the examples that are furthest off.
import type { RegressionReport, TargetScale } from "../../worker/protocol";
import { quantity, unitWords, valueText } from "./target";

/** How far off on average, beside what a guess that knows nothing would cost. */
export function predictionsVerdict(report: RegressionReport, target: TargetScale): string {
  const { meanAbsolute, meanAbsoluteOfGuess } = report;
  const start = meanAbsolute < meanAbsoluteOfGuess ? "Off" : "No better than guessing: off";
  return `${start} by ${quantity(meanAbsolute)} on average (${unitWords(target)}); always guessing the training mean, ${valueText(target.mean, target)}, would be off by ${quantity(meanAbsoluteOfGuess)}.`;
}

/** One example: what was predicted, what is true, and how far off that is. */
export function exampleWords(
  { predicted, actual }: RegressionReport,
  target: TargetScale,
  index: number,
): string {
  const [said, is] = [predicted[index] as number, actual[index] as number];
  const off = said - is;
  const side = off < 0 ? "too low" : "too high";
  return `Validation example ${index}: predicted ${valueText(said, target)}, actually ${valueText(is, target)}: ${quantity(Math.abs(off))} ${side}.`;
}

/** Numbers of the examples that are furthest off, the worst first. */
export function furthestOff({ predicted, actual }: RegressionReport, most: number): number[] {
  const off = (index: number) => Math.abs((predicted[index] as number) - (actual[index] as number));
  return Array.from(actual.keys())
    .sort((a, b) => off(b) - off(a))
    .slice(0, most);
}

/** Least and largest value of both lists with some room around: both axes are the same. */
export function commonRange({ predicted, actual }: RegressionReport): readonly [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const list of [predicted, actual]) {
    for (const value of list) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  const room = 0.04 * (high - low || 1);
  return [low - room, high + room];
}
