// How far stated confidence and actual accuracy are apart: the bins of the reliability diagram and what follows from them.
import type { ReliabilityBin } from "../reportTypes";

/** Bins of the reliability diagram and of the expected calibration error. */
export const calibrationBins = 15;

/** The bin (low, high] of a confidence in [0, 1]; 0 itself falls into the first. */
function binOf(confidence: number): number {
  const guess = Math.min(calibrationBins, Math.max(1, Math.ceil(confidence * calibrationBins)));
  // The product can be rounded over an edge: the edges as they are shown decide.
  if (confidence <= (guess - 1) / calibrationBins) return Math.max(0, guess - 2);
  if (confidence > guess / calibrationBins) return Math.min(calibrationBins - 1, guess);
  return guess - 1;
}

/**
 * The reliability diagram: 15 equal bins (low, high] over the confidence of each prediction.
 * @param confidences probability of the predicted class, each in [0, 1]
 * @param correct 1 where the prediction is right, else 0; as long as `confidences`
 * @returns all 15 bins from 0 to 1; accuracy and confidence are means, null in an empty bin
 */
export function reliabilityBins(
  confidences: ArrayLike<number>,
  correct: ArrayLike<number>,
): ReliabilityBin[] {
  const sums = Array.from({ length: calibrationBins }, () => ({
    count: 0,
    correct: 0,
    confidence: 0,
  }));
  for (let i = 0; i < confidences.length; i++) {
    const confidence = confidences[i] as number;
    const sum = sums[binOf(confidence)] as (typeof sums)[number];
    sum.count++;
    sum.correct += correct[i] as number;
    sum.confidence += confidence;
  }
  return sums.map((sum, index) => ({
    low: index / calibrationBins,
    high: (index + 1) / calibrationBins,
    count: sum.count,
    accuracy: sum.count > 0 ? sum.correct / sum.count : null,
    confidence: sum.count > 0 ? sum.confidence / sum.count : null,
  }));
}

/**
 * Expected calibration error Σ_b n_b/N · |accuracy_b − confidence_b|, in [0, 1] (Naeini et al. 2015; Guo et al. 2017).
 * 0 for no examples.
 */
export function expectedCalibrationError(bins: readonly ReliabilityBin[]): number {
  const total = bins.reduce((sum, bin) => sum + bin.count, 0);
  if (total === 0) return 0;
  const gaps = bins.map(
    ({ count, accuracy, confidence }) => count * Math.abs((accuracy ?? 0) - (confidence ?? 0)),
  );
  return gaps.reduce((sum, gap) => sum + gap, 0) / total;
}
