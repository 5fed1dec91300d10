// Trains a linear model to the very minimum of a penalized loss, with the project's own step: the paths of scikit-learn are such minima.
import { Hyperparameters, neutralHyperparameters } from "../training/hyperparameters";
import type { Loss } from "../training/losses";
import { kernelMask, type Network } from "../training/network";
import { type TrainingRule, trainStep } from "../training/step";
import { type Tensor, type Tensor1D, tf, tidy } from "../training/tensors";

/** Steps between two looks at how far the last one went: each look waits for the backend. */
const stepsPerLook = 20;
/** Training has arrived when no weight moves by more than this share of the largest (at least of 1): just above the last digit of float32. */
const smallestMove = 1.3e-7;
/** Looks after which training ends wherever it is. */
const mostLooks = 400;

/** A convex problem: the network's loss over all examples, with L1 and L2 on its kernels. */
export interface Problem {
  readonly network: Network;
  readonly loss: Loss;
  /** All examples, [count, …]; one batch. Owned by the caller. */
  readonly inputs: Tensor;
  readonly targets: Tensor;
  /** λ₁ of λ₁·Σ|w|, reached by proximal steps. */
  readonly l1: number;
  /** λ₂ of λ₂/2·Σw², in the loss. */
  readonly l2: number;
  /** At most 1 over the largest curvature of loss and L2 penalty: then every step goes down. */
  readonly learningRate: number;
}

/**
 * Largest eigenvalue of XᵀX/count by power iteration in double precision: how sharply the squared error bends.
 * @param inputs row-major [count, width]
 */
export function largestCurvature(inputs: ArrayLike<number>, width: number): number {
  const count = inputs.length / width;
  // Fixed and without symmetry, so that it is at right angles to no eigenvector.
  let direction = Float64Array.from({ length: width }, (_, k) => 1 + Math.sin(1.7 * k));
  let eigenvalue = 0;
  for (let round = 0; round < 300; round++) {
    const next = new Float64Array(width);
    for (let i = 0; i < count; i++) {
      let product = 0;
      for (let k = 0; k < width; k++) {
        product += (inputs[i * width + k] as number) * (direction[k] as number);
      }
      for (let k = 0; k < width; k++) {
        next[k] = (next[k] as number) + ((inputs[i * width + k] as number) * product) / count;
      }
    }
    eigenvalue = Math.hypot(...next);
    if (eigenvalue === 0) return 0;
    direction = next.map((value) => value / eigenvalue);
  }
  return eigenvalue;
}

/** Weights that a step starts from, those it last arrived at, and Nesterov's counter of steps since the last restart. */
interface Walk {
  readonly start: Tensor1D;
  readonly reached: Tensor1D;
  readonly counter: Tensor;
}

/**
 * The point from which the next step starts: beyond the one reached, in the direction of the last move (FISTA, Beck & Teboulle 2009),
 * unless that direction has turned uphill (adaptive restart, O'Donoghue & Candès 2015). All on the backend: nothing is read.
 */
function lookAhead({ start, reached, counter }: Walk, next: Tensor1D): Walk {
  const move = tf.sub(next, reached);
  const uphill = tf.greater(tf.sum(tf.mul(tf.sub(start, next), move)), 0);
  const goOn = tf.sub(1, tf.cast(uphill, "float32"));
  const longer = tf.mul(0.5, tf.add(1, tf.sqrt(tf.add(1, tf.mul(4, tf.square(counter))))));
  const push = tf.mul(goOn, tf.div(tf.sub(counter, 1), longer));
  return {
    start: tf.add(next, tf.mul(push, move)),
    reached: next,
    counter: tf.add(tf.mul(goOn, longer), tf.sub(1, goOn)),
  };
}

/**
 * Trains with full batches, plain SGD and the proximal L1 step until nothing moves any more.
 * @param from weights to start from, flat [parameterCount]
 * @returns the weights at the minimum
 */
export async function trainToMinimum(problem: Problem, from: Float32Array): Promise<Float32Array> {
  const { network, loss, inputs, targets, l1, l2, learningRate } = problem;
  const hyperparameters = new Hyperparameters(neutralHyperparameters);
  const values = { ...neutralHyperparameters, learningRate, l2, l1Proximal: l1 };
  hyperparameters.prepare(values, 1);
  const scope = tf.tensor1d(kernelMask(network));
  const rule: TrainingRule = {
    network,
    loss,
    optimizer: "sgd",
    proximal: { form: "plain", groupScale: "none" },
    scope,
    decayScope: scope,
  };
  const step = (walk: Walk) =>
    tidy(() => {
      const state = {
        weights: walk.start,
        moments: {},
        average: null,
        averagedFrom: null,
        buffers: {},
      };
      const masks = { mask: () => null };
      const after = trainStep(rule, state, { inputs, targets }, hyperparameters, masks);
      const { weights } = after.state;
      const moved = tf.max(tf.abs(tf.sub(weights, walk.start)));
      const figures = tf.stack([moved, tf.max(tf.abs(weights))]);
      return { walk: lookAhead(walk, weights), figures };
    });
  try {
    const start = tf.tensor1d(from);
    let walk: Walk = { start, reached: start, counter: tf.scalar(1) };
    for (let look = 0; look < mostLooks; look++) {
      let figures: Tensor | null = null;
      for (let i = 0; i < stepsPerLook; i++) {
        const after = step(walk);
        tf.dispose([walk.start, walk.reached, walk.counter, figures ?? []]);
        walk = after.walk;
        figures = after.figures;
      }
      const [moved, largest] = (await (figures as Tensor).data()) as unknown as [number, number];
      figures?.dispose();
      if (!(moved > smallestMove * Math.max(1, largest))) break;
    }
    const reached = await walk.reached.data();
    tf.dispose([walk.start, walk.reached, walk.counter]);
    return reached as Float32Array;
  } finally {
    scope.dispose();
    hyperparameters.dispose();
  }
}
