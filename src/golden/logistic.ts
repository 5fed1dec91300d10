// Logistic regression with L1 penalty, two classes and more, reached by our own training of a linear network with bias.
import { dense, type Layer } from "../training/layers";
import { crossEntropy } from "../training/losses";
import { classificationReport, softmaxRows } from "../training/metrics";
import { makeNetwork } from "../training/network";
import { tf, tidy } from "../training/tensors";
import { compareCoefficients } from "./coefficients";
import { largestCurvature, trainToMinimum } from "./descent";
import type { Deviations } from "./deviations";
import type { Content, Family, RunNotes } from "./family";
import type { Limits } from "./limits";
import { entriesAt, numberAt, numbersAt } from "./reading";

/**
 * One output z becomes the two logits 0 and z. Softmax cross entropy of these is the logistic loss of z, exactly;
 * two free outputs would spread each coefficient over two weights and pay the L1 penalty for both.
 */
const zeroBesideLogit: Layer = {
  name: "zero beside",
  parameters: [],
  forward: (x) => tf.concat([tf.zerosLike(x), x], 1),
};

/** Largest curvature of softmax cross entropy by its logits: p·(1 − p) ≤ ¼ for two classes, ½ for more (Böhning 1992). */
const sharpest = (classes: number) => (classes === 2 ? 0.25 : 0.5);

interface Data {
  /** Row-major [count, width]. */
  readonly inputs: readonly number[];
  readonly labels: readonly number[];
  readonly width: number;
  readonly classes: number;
}

function readData(content: Content, labelsKey: string): Data {
  const [inputs, labels] = [numbersAt(content, "X"), numbersAt(content, labelsKey)];
  const width = inputs.length / labels.length;
  if (!Number.isInteger(width) || width < 1) {
    throw new RangeError(
      `X has ${inputs.length} values: not the same number for ${labels.length} rows of ${labelsKey}.`,
    );
  }
  return { inputs, labels, width, classes: Math.max(...labels) + 1 };
}

/** The inputs with a column of ones, which the bias is the weight of. */
function withOnes({ inputs, width, labels }: Data): number[] {
  return labels.flatMap((_, i) => [...inputs.slice(i * width, (i + 1) * width), 1]);
}

/** λ of mean loss + λ·‖w‖₁, from C of ‖w‖₁ + C·Σ loss. */
function strengthOf(entry: Content, count: number): number {
  return 1 / (numberAt(entry, "C") * count);
}

/** Kernel [outputs, width] as the file has it, and biases, from our flat weights (kernel [width, outputs], then biases). */
function unpackLinear(weights: Float32Array, width: number, outputs: number) {
  const kernel = new Float64Array(width * outputs);
  for (let k = 0; k < width; k++) {
    for (let o = 0; o < outputs; o++) kernel[o * width + k] = weights[k * outputs + o] as number;
  }
  return { kernel, biases: [...weights.subarray(width * outputs)] };
}

/** Logits [count, classes] in double precision; with one output the first class's are 0. */
function logitsOf(data: Data, kernel: Float64Array, biases: readonly number[]): Float64Array {
  const { inputs, labels, width, classes } = data;
  const logits = new Float64Array(labels.length * classes);
  const first = classes - biases.length;
  labels.forEach((_, i) => {
    biases.forEach((bias, o) => {
      let sum = bias;
      for (let k = 0; k < width; k++) {
        sum += (inputs[i * width + k] as number) * (kernel[o * width + k] as number);
      }
      logits[i * classes + first + o] = sum;
    });
  });
  return logits;
}

/** Biases of several classes are fixed only up to a common shift: their differences from the mean are compared. */
function centred(biases: readonly number[]): number[] {
  if (biases.length === 1) return [...biases];
  const mean = biases.reduce((sum, bias) => sum + bias, 0) / biases.length;
  return biases.map((bias) => bias - mean);
}

function compareEntry(
  entry: Content,
  place: string,
  data: Data,
  weights: Float32Array,
  deviations: Deviations,
  limits: Limits,
): void {
  const outputs = weights.length / (data.width + 1);
  const { kernel, biases } = unpackLinear(weights, data.width, outputs);
  compareCoefficients(place, kernel, numbersAt(entry, "coef"), deviations, limits);
  const intercepts = Array.isArray(entry.intercept)
    ? numbersAt(entry, "intercept")
    : [numberAt(entry, "intercept")];
  deviations.compare(
    `intercepts at ${place}`,
    centred(biases),
    centred(intercepts),
    limits.coefficient,
  );
  const logits = logitsOf(data, kernel, biases);
  const probabilities = softmaxRows(logits, data.classes);
  const report = classificationReport(probabilities, data.labels, data.classes);
  if ("mean_log_loss" in entry) {
    const theirs = [numberAt(entry, "mean_log_loss")];
    deviations.compare(`mean log loss at ${place}`, [report.nll], theirs, limits.coefficient);
  }
  if ("accuracy" in entry) {
    const theirs = [numberAt(entry, "accuracy")];
    deviations.compare(`accuracy at ${place}`, [report.accuracy], theirs, limits.double);
  }
  if ("objective" in entry) {
    const norm1 = kernel.reduce((sum, value) => sum + Math.abs(value), 0);
    const objective = norm1 + numberAt(entry, "C") * data.labels.length * report.nll;
    const theirs = [numberAt(entry, "objective")];
    deviations.compare(`objective at ${place}`, [objective], theirs, limits.objective);
  }
}

async function runPath(
  name: string,
  data: Data,
  entries: readonly Content[],
  deviations: Deviations,
  limits: Limits,
  notes: RunNotes,
): Promise<void> {
  const { inputs, labels, width, classes } = data;
  const layers =
    classes === 2
      ? [dense("linear", width, 1), zeroBesideLogit]
      : [dense("linear", width, classes)];
  const network = makeNetwork(layers);
  const shared = {
    network,
    loss: crossEntropy(),
    inputs: tf.tensor2d(inputs as number[], [labels.length, width], "float32"),
    targets: tidy(() =>
      tf.cast(tf.oneHot(tf.tensor1d(labels as number[], "int32"), classes), "float32"),
    ),
    l2: 0,
    // Slightly below the limit: power iteration comes to the largest curvature from below.
    learningRate: 0.98 / (sharpest(classes) * largestCurvature(withOnes(data), width + 1)),
  };
  let weights: Float32Array = new Float32Array(network.parameterCount);
  for (const entry of entries) {
    const problem = { ...shared, l1: strengthOf(entry, labels.length) };
    weights = await trainToMinimum(problem, weights, notes);
    compareEntry(entry, `${name}, C ${entry.C}`, data, weights, deviations, limits);
  }
  tf.dispose([shared.inputs, shared.targets]);
}

/**
 * Two classes, and three or any odd number of them, have one answer. With four, six … classes adding the same to all classes'
 * coefficients of one input may leave loss and penalty as they are: such a file holds one of many answers, and may not be met.
 */
export const logisticFamily: Family = {
  name: "logistic regression",
  recognises: (content) => "X" in content && ("binary" in content || "multinomial" in content),
  async run(content, deviations, limits, notes) {
    if ("binary" in content) {
      const data = readData(content, "y_binary");
      await runPath("two classes", data, entriesAt(content, "binary"), deviations, limits, notes);
    }
    if ("multinomial" in content) {
      const data = readData(content, "y_multiclass");
      const name = `${data.classes} classes`;
      await runPath(name, data, entriesAt(content, "multinomial"), deviations, limits, notes);
    }
  },
};
