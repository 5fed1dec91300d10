// Metrics of classification against a reference file: our report in double precision, and loss and accuracy on the backend.
import { fitTemperature } from "../lab/calibrate";
import { Hyperparameters, neutralHyperparameters } from "../training/hyperparameters";
import { batchLoss, crossEntropy } from "../training/losses";
import { classificationReport, softmaxRows } from "../training/metrics";
import type { ClassificationReport } from "../training/telemetry";
import { tf, tidy } from "../training/tensors";
import type { Deviations, Tolerance } from "./deviations";
import type { Content, Family } from "./family";
import { asFloat32, entriesAt, numberAt, numbersAt } from "./reading";

/** Single figures of the report by their names in the files. */
const figures: Readonly<Record<string, (report: ClassificationReport) => number>> = {
  accuracy: (report) => report.accuracy,
  correct: (report) => report.confusion.reduce((sum, row, k) => sum + (row[k] as number), 0),
  nll: (report) => report.nll,
  ece15: (report) => report.ece,
  brier_sum_over_classes: (report) => report.brier,
  brier_mean_over_classes: (report) => report.brierPerClass,
  macro_precision: (report) => report.macroPrecision,
  macro_recall: (report) => report.macroRecall,
  macro_f1: (report) => report.macroF1,
  weighted_f1: (report) => report.weightedF1,
  mean_confidence: (report) => report.meanConfidence,
};

const lists: Readonly<Record<string, (report: ClassificationReport) => number[]>> = {
  confusion_matrix_rows_true_cols_pred: (report) => report.confusion.flat(),
  precision: (report) => report.perClass.map((of) => of.precision),
  recall: (report) => report.perClass.map((of) => of.recall),
  f1: (report) => report.perClass.map((of) => of.f1),
  support: (report) => report.perClass.map((of) => of.support),
};

function compareReport(
  content: Content,
  suffix: string,
  report: ClassificationReport,
  deviations: Deviations,
  tolerance: Tolerance,
): void {
  for (const [key, figure] of Object.entries(figures)) {
    const held = key + suffix;
    if (held in content) {
      deviations.compare(held, [figure(report)], [numberAt(content, held)], tolerance);
    }
  }
  for (const [key, list] of Object.entries(lists)) {
    const held = key + suffix;
    if (held in content) {
      deviations.compare(held, list(report), numbersAt(content, held), tolerance);
    }
  }
  const bins = `ece15_bins${suffix}`;
  if (bins in content) compareBins(content, bins, report, deviations, tolerance);
}

/** Empty bins have null for both means, in the file as in the report. */
function compareBins(
  content: Content,
  key: string,
  { bins }: ClassificationReport,
  deviations: Deviations,
  tolerance: Tolerance,
): void {
  const theirs = entriesAt(content, key);
  deviations.exact(
    `counts of ${key}`,
    bins.map((bin) => bin.count),
    theirs.map((bin) => numberAt(bin, "count")),
  );
  bins.forEach((bin, index) => {
    const other = theirs[index] as Content;
    const place = `${key}, bin ${index}`;
    const edges = [numberAt(other, "lo"), numberAt(other, "hi")];
    deviations.compare(`${place}, edges`, [bin.low, bin.high], edges, tolerance);
    if (bin.accuracy === null || bin.confidence === null) {
      if (other.accuracy !== null || other.confidence !== null) {
        deviations.refuse(`${place} is empty here and not in the file`);
      }
      return;
    }
    const means = [numberAt(other, "accuracy"), numberAt(other, "confidence")];
    deviations.compare(place, [bin.accuracy, bin.confidence], means, tolerance);
  });
}

/** Loss and accuracy as training's evaluation computes them, on the backend. */
async function lossOnBackend(logits: Float32Array, labels: number[], classes: number) {
  const hyperparameters = new Hyperparameters(neutralHyperparameters);
  const figures = tidy(() => {
    const outputs = tf.tensor2d(logits, [labels.length, classes]);
    const wanted = tf.tensor1d(labels, "int32");
    const targets = tf.cast(tf.oneHot(wanted, classes), "float32");
    const hits = tf.equal(tf.argMax(outputs, 1), wanted);
    return tf.stack([
      batchLoss(crossEntropy(), outputs, targets, hyperparameters),
      tf.mean(tf.cast(hits, "float32")),
    ]);
  });
  return figures.data();
}

export const metricsFamily: Family = {
  name: "metrics",
  recognises: (content) => "logits" in content && "labels" in content && "nll" in content,
  async run(content, deviations, limits) {
    const logits = asFloat32(numbersAt(content, "logits"));
    const labels = numbersAt(content, "labels");
    const classes = logits.length / labels.length;
    const report = classificationReport(softmaxRows(logits, classes), labels, classes);
    compareReport(content, "", report, deviations, limits.double);
    const [loss, accuracy] = await lossOnBackend(logits, labels, classes);
    deviations.compare(
      "nll on the backend",
      [loss as number],
      [numberAt(content, "nll")],
      limits.pass,
    );
    deviations.compare(
      "accuracy on the backend",
      [accuracy as number],
      [numberAt(content, "accuracy")],
      limits.pass,
    );
    if (!("temperature" in content)) return;
    const { temperature } = fitTemperature(logits, labels, classes);
    const expected = numberAt(content, "temperature");
    deviations.compare("temperature", [temperature], [expected], limits.temperature);
    // At the file's temperature: a difference within its limit must not be counted twice.
    const scaled = softmaxRows(logits, classes, expected);
    const after = classificationReport(scaled, labels, classes);
    compareReport(content, "_at_temperature", after, deviations, limits.double);
  },
};
