// Metrics of classification against the reference file, and what must hold for any predictions.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { calibrationBins, expectedCalibrationError, reliabilityBins } from "./calibration";
import { classificationReport, softmaxRows } from "./classification";

/** Logits and labels of up to 40 examples with 2 … 6 classes. */
const predictions = fc
  .tuple(fc.integer({ min: 2, max: 6 }), fc.integer({ min: 1, max: 40 }))
  .chain(([classes, count]) =>
    fc.record({
      classes: fc.constant(classes),
      logits: fc.array(fc.double({ min: -50, max: 50, noNaN: true }), {
        minLength: classes * count,
        maxLength: classes * count,
      }),
      labels: fc.array(fc.integer({ min: 0, max: classes - 1 }), {
        minLength: count,
        maxLength: count,
      }),
    }),
  );

describe("the report on predictions of classes", () => {
  it("agrees with the reference file", () => {
    const file = join(import.meta.dirname, "../../golden/cases/metrics_classification.json");
    const expected = JSON.parse(readFileSync(file, "utf8"));
    const report = classificationReport(
      softmaxRows(Float32Array.from(expected.logits), expected.k),
      expected.labels,
      expected.k,
    );
    expect(report.accuracy).toBe(expected.accuracy);
    expect(report.nll).toBeCloseTo(expected.nll, 12);
    expect(report.ece).toBeCloseTo(expected.ece15, 12);
    expect(report.bins.map((bin) => bin.count)).toEqual(
      expected.ece15_bins.map((bin: { count: number }) => bin.count),
    );
    expect(report.brier).toBeCloseTo(expected.brier_sum_over_classes, 12);
    expect(report.brierPerClass).toBeCloseTo(expected.brier_mean_over_classes, 12);
    expect(report.confusion).toEqual(expected.confusion_matrix_rows_true_cols_pred);
    expect(report.perClass.map((of) => of.support)).toEqual(expected.support);
    expect(report.macroF1).toBeCloseTo(expected.macro_f1, 12);
    expect(report.weightedF1).toBeCloseTo(expected.weighted_f1, 12);
    expect(report.meanConfidence).toBeCloseTo(expected.mean_confidence, 12);
  });

  it("stays within its bounds and counts every example once", () => {
    fc.assert(
      fc.property(predictions, ({ logits, labels, classes }) => {
        const report = classificationReport(softmaxRows(logits, classes), labels, classes);
        const counted = report.confusion.flat().reduce((sum, count) => sum + count, 0);
        expect(counted).toBe(labels.length);
        expect(report.bins.reduce((sum, bin) => sum + bin.count, 0)).toBe(labels.length);
        const diagonal = report.confusion.reduce((sum, row, k) => sum + (row[k] as number), 0);
        expect(report.accuracy).toBeCloseTo(diagonal / labels.length, 12);
        // Recall weighted by support is accuracy.
        const recalled = report.perClass.reduce((sum, of) => sum + of.recall * of.support, 0);
        expect(recalled / labels.length).toBeCloseTo(report.accuracy, 12);
        expect(report.brier).toBeGreaterThanOrEqual(0);
        expect(report.brier).toBeLessThanOrEqual(2 + 1e-12);
        expect(report.ece).toBeGreaterThanOrEqual(
          Math.abs(report.accuracy - report.meanConfidence) - 1e-12,
        );
        expect(report.ece).toBeLessThanOrEqual(1);
        for (const { precision, recall, f1 } of report.perClass) {
          const harmonic =
            precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
          expect(f1).toBeCloseTo(harmonic, 12);
        }
      }),
    );
  });

  it("keeps the loss finite when a true class is said to be impossible", () => {
    const { nll, accuracy } = classificationReport(Float32Array.of(1, 0), [1], 2);
    expect(nll).toBeCloseTo(149 * Math.LN2, 6);
    expect(accuracy).toBe(0);
  });

  it("names what does not fit", () => {
    expect(() => classificationReport([0.5, 0.5], [2], 2)).toThrow("Label 0 is 2");
    expect(() => classificationReport([0.5, Number.NaN], [1], 2)).toThrow("Probability 1 is NaN");
    expect(() => classificationReport([0.5], [1], 2)).toThrow("need 2");
    expect(() => classificationReport([], [], 2)).toThrow("at least one example");
  });
});

describe("the reliability diagram", () => {
  it("has bins that hold their upper edge and not their lower", () => {
    for (let k = 1; k <= calibrationBins; k++) {
      const bins = reliabilityBins([k / calibrationBins], [1]);
      expect(bins.findIndex((bin) => bin.count === 1)).toBe(k - 1);
    }
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (confidence) => {
        const bin = reliabilityBins([confidence], [1]).find(({ count }) => count === 1);
        expect(confidence === 0 || confidence > (bin?.low as number)).toBe(true);
        expect(confidence).toBeLessThanOrEqual(bin?.high as number);
      }),
    );
  });

  it("has no error where confidence is accuracy", () => {
    const confidences = [0.75, 0.75, 0.75, 0.75];
    expect(expectedCalibrationError(reliabilityBins(confidences, [1, 1, 1, 0]))).toBe(0);
    expect(expectedCalibrationError(reliabilityBins(confidences, [1, 1, 0, 0]))).toBe(0.25);
    expect(expectedCalibrationError(reliabilityBins([], []))).toBe(0);
  });
});
