// The paths of Lasso, elastic net and ridge regression, reached by our own training of a linear network.
import { dense } from "../training/layers";
import { meanSquaredError } from "../training/losses";
import { makeNetwork } from "../training/network";
import { tf } from "../training/tensors";
import { compareCoefficients } from "./coefficients";
import { largestCurvature, trainToMinimum } from "./descent";
import type { Deviations } from "./deviations";
import type { Content, Family } from "./family";
import type { Limits } from "./limits";
import { entriesAt, numberAt, numbersAt } from "./reading";

/** Share of L1 in the penalty; ridge files name none. */
function l1Ratio(content: Content): number {
  if ("l1_ratio" in content) return numberAt(content, "l1_ratio");
  return String(content.objective).includes("||w||_1") ? 1 : 0;
}

interface Data {
  /** Row-major [count, width]. */
  readonly inputs: readonly number[];
  readonly targets: readonly number[];
  readonly width: number;
}

function readData(content: Content): Data {
  const [inputs, targets] = [numbersAt(content, "X"), numbersAt(content, "y")];
  const width = inputs.length / targets.length;
  if (!Number.isInteger(width) || width < 1) {
    throw new RangeError(
      `X has ${inputs.length} values: not the same number for ${targets.length} rows.`,
    );
  }
  return { inputs, targets, width };
}

/** Mean squared residual in double precision. */
function meanSquare({ inputs, targets, width }: Data, coefficients: ArrayLike<number>): number {
  const squares = targets.map((target, i) => {
    let residual = target;
    for (let k = 0; k < width; k++) {
      residual -= (inputs[i * width + k] as number) * (coefficients[k] as number);
    }
    return residual * residual;
  });
  return squares.reduce((sum, square) => sum + square, 0) / targets.length;
}

/** Mean squared residual and the whole objective ½·mse + α·(r·‖w‖₁ + ½·(1 − r)·‖w‖²), where the file gives them. */
function compareObjective(
  entry: Content,
  place: string,
  data: Data,
  ratio: number,
  coefficients: Float32Array,
  deviations: Deviations,
  limits: Limits,
): void {
  const mse = meanSquare(data, coefficients);
  const norm1 = coefficients.reduce((sum, value) => sum + Math.abs(value), 0);
  const squares = coefficients.reduce((sum, value) => sum + value * value, 0);
  const penalty = numberAt(entry, "alpha") * (ratio * norm1 + 0.5 * (1 - ratio) * squares);
  const objective = 0.5 * mse + penalty;
  if ("objective" in entry) {
    const theirs = [numberAt(entry, "objective")];
    deviations.compare(`objective at ${place}`, [objective], theirs, limits.objective);
  }
  // Not flat at the minimum of the objective: as exact as the coefficients are.
  if ("mse" in entry) {
    const theirs = [numberAt(entry, "mse")];
    deviations.compare(`mean squared error at ${place}`, [mse], theirs, limits.coefficient);
  }
}

export const linearPathFamily: Family = {
  name: "regression path",
  recognises: (content) => "X" in content && "y" in content && "path" in content,
  async run(content, deviations, limits, notes) {
    const data = readData(content);
    const { inputs, targets, width } = data;
    const ratio = l1Ratio(content);
    const network = makeNetwork([dense("linear", width, 1, false)]);
    const shared = {
      network,
      loss: meanSquaredError,
      inputs: tf.tensor2d(inputs as number[], [targets.length, width], "float32"),
      targets: tf.tensor2d(targets as number[], [targets.length, 1], "float32"),
    };
    // The file halves the squared error and our loss does not: all of ours is twice the file's.
    const curvature = 2 * largestCurvature(inputs, width);
    let weights: Float32Array = new Float32Array(width);
    for (const entry of entriesAt(content, "path")) {
      const alpha = numberAt(entry, "alpha");
      const [l1, l2] = [2 * alpha * ratio, 2 * alpha * (1 - ratio)];
      // Slightly below the limit: power iteration comes to the largest curvature from below.
      const learningRate = 0.98 / (curvature + l2);
      weights = await trainToMinimum({ ...shared, l1, l2, learningRate }, weights, notes);
      const place = `alpha ${alpha}`;
      compareCoefficients(place, weights, numbersAt(entry, "coef"), deviations, limits);
      compareObjective(entry, place, data, ratio, weights, deviations, limits);
    }
    tf.dispose([shared.inputs, shared.targets]);
  },
};
