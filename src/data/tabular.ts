// Forty features of which five matter: where L1 and L2 penalties show what they do to useless inputs.
import type { RandomSequence } from "./random";

export const tabularSize = 40;

/** Correlation of the two inputs of a pair. */
export const pairCorrelation = 0.9;

/** Coefficients of the rule by feature number (from 0): different in size and sign. */
const coefficients: ReadonlyMap<number, number> = new Map([
  [2, 1.5],
  [7, -1.2],
  [14, 1],
  [21, 0.8],
  [22, 0.5],
]);

/**
 * Pairs of correlated features (numbers from 0). In the first only x8 matters and x9 is its idle twin;
 * in the second x22 and x23 both matter.
 */
export const correlatedPairs: readonly (readonly [number, number])[] = [
  [7, 8],
  [21, 22],
];

/** Numbers (from 0) of the five features that matter, in ascending order. */
export const relevantFeatures: readonly number[] = [...coefficients.keys()];

/** "x1" … "x40". */
export const featureNames: readonly string[] = Array.from(
  { length: tabularSize },
  (_, index) => `x${index + 1}`,
);

/** Scale of the logistic error at noise 1, in standard deviations of the rule: about 6 in 10 labels follow it. */
const errorScale = 1.6;

/** Standard deviation of the rule's value: independent variances plus the covariance of the second pair. */
const ruleDeviation = Math.sqrt(
  [...coefficients.values()].reduce((sum, value) => sum + value * value, 0) +
    correlatedPairs.reduce(
      (sum, [a, b]) =>
        sum + 2 * pairCorrelation * (coefficients.get(a) ?? 0) * (coefficients.get(b) ?? 0),
      0,
    ),
);

/** Value of the rule, with mean 0 and deviation 1 over the examples. @param features [40] */
export function ruleValue(features: ArrayLike<number>): number {
  let sum = 0;
  for (const [feature, coefficient] of coefficients) {
    sum += coefficient * (features[feature] as number);
  }
  return sum / ruleDeviation;
}

/**
 * Draws one example of a class: standard normal features; the class is 1 where rule + logistic error > 0,
 * that is, with probability 1 / (1 + exp(−rule / (noise · errorScale))).
 * Rule and error are symmetric about 0, so an example of the other class becomes one of this class by a change of
 * every sign: the exact conditional distribution without drawing again.
 * @param label 0 or 1
 * @param features receives the 40 values
 */
export function generateTabularRow(
  label: number,
  noise: number,
  sequence: RandomSequence,
  features: Float32Array,
): void {
  for (let i = 0; i < tabularSize; i++) features[i] = sequence.normal();
  const rest = Math.sqrt(1 - pairCorrelation * pairCorrelation);
  for (const [first, second] of correlatedPairs) {
    const own = features[second] as number;
    features[second] = pairCorrelation * (features[first] as number) + rest * own;
  }
  const uniform = sequence.uniform();
  // 1 − u keeps the logarithm finite at u = 0; the largest u is below 1.
  const error = noise * errorScale * Math.log((1 - uniform) / Math.max(uniform, 2 ** -25));
  const drawn = ruleValue(features) + error > 0 ? 1 : 0;
  if (drawn !== label) for (let i = 0; i < tabularSize; i++) features[i] = -(features[i] as number);
}
