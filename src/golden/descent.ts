// Trains a linear model to the very minimum of a penalized loss, with the project's own step: the paths of scikit-learn are such minima.
import { Hyperparameters, neutralHyperparameters } from "../training/hyperparameters";
import type { Loss } from "../training/losses";
import { kernelMask, type Network } from "../training/network";
import { defaultOptions } from "../training/regularizers";
import { replayHere } from "../training/replay/here";
import type { StepSource } from "../training/replay/stepKinds";
import { disposeReplaced } from "../training/state";
import { type TrainingRule, type TrainingState, trainStep } from "../training/step";
import { type Tensor, type Tensor1D, tf, tidy } from "../training/tensors";
import { type Execution, noteExecution, type RunNotes } from "./family";

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

/**
 * Weights that a step starts from; in the buffers those it last arrived at, and Nesterov's counter of steps since the last restart.
 */
type Walk = TrainingState & { readonly buffers: Readonly<Record<"reached" | "counter", Tensor>> };

/**
 * The point from which the next step starts: beyond the one reached, in the direction of the last move (FISTA, Beck & Teboulle 2009),
 * unless that direction has turned uphill (adaptive restart, O'Donoghue & Candès 2015). All on the backend: nothing is read.
 */
function lookAhead({ weights: start, buffers, ...rest }: Walk, next: Tensor1D): Walk {
  const { reached, counter } = buffers;
  const move = tf.sub(next, reached);
  const uphill = tf.greater(tf.sum(tf.mul(tf.sub(start, next), move)), 0);
  const goOn = tf.sub(1, tf.cast(uphill, "float32"));
  const longer = tf.mul(0.5, tf.add(1, tf.sqrt(tf.add(1, tf.mul(4, tf.square(counter))))));
  const push = tf.mul(goOn, tf.div(tf.sub(counter, 1), longer));
  return {
    ...rest,
    weights: tf.add(next, tf.mul(push, move)),
    buffers: {
      reached: next,
      counter: tf.add(tf.mul(goOn, longer), tf.sub(1, goOn)),
    },
  };
}

/** Steps along a walk: replayed from a recording where the backend can. */
class Walker {
  private readonly replay = replayHere();
  private readonly hyperparameters: Hyperparameters;
  private readonly scope: Tensor;
  private readonly source: StepSource;
  private taken = 0;
  private replayed = 0;

  constructor(private readonly problem: Problem) {
    const { network, l1, l2, learningRate } = problem;
    this.hyperparameters = new Hyperparameters(neutralHyperparameters, this.replay?.scalars);
    this.scope = tf.tensor1d(kernelMask(network));
    const values = { ...neutralHyperparameters, learningRate, l2, l1Proximal: l1 };
    this.source = {
      prepare: (step) => this.hyperparameters.prepare(values, step),
      // Every step takes all examples, with the same strengths.
      values: () => ({}),
      key: () => "",
      compute: () => (_tensors, state) => this.compute(state as Walk),
    };
  }

  /** Takes `count` steps. @param walk taken over. @returns the walk, and how far the last step went beside the largest weight, [2]. */
  take(walk: Walk, count: number): { walk: Walk; figures: Tensor } {
    let [held, figures, left] = [walk, tf.zeros([2]) as Tensor, count];
    while (left > 0) {
      figures.dispose();
      const ahead = this.replay?.advance(this.source, held, this.taken + 1, left, false);
      held = (ahead?.state ?? held) as Walk;
      const made = ahead?.figures?.loss ?? null;
      const steps = made ? (ahead?.count as number) : 1;
      if (made) {
        figures = made;
        this.replayed += steps;
      } else {
        this.source.prepare(this.taken + 1);
        const { state, loss } = tidy(() => this.compute(held));
        disposeReplaced(held, state);
        [held, figures] = [state, loss];
      }
      this.taken += steps;
      left -= steps;
    }
    return { walk: held, figures };
  }

  /** How the steps were taken; null where the backend replays none. */
  get execution(): Execution | null {
    const { replay, replayed, taken } = this;
    return replay && { replayed, taken, reason: replay.reason };
  }

  dispose(): void {
    this.scope.dispose();
    this.hyperparameters.dispose();
    this.replay?.dispose();
  }

  private compute(walk: Walk) {
    const { network, loss, inputs, targets } = this.problem;
    const rule: TrainingRule = {
      network,
      loss,
      optimizer: "sgd",
      options: defaultOptions,
      scope: this.scope,
      decayScope: this.scope,
    };
    const masks = { mask: () => null };
    // The network has no running statistics: the walk's own buffers are not the step's.
    const before = { ...walk, buffers: {} };
    const after = trainStep(rule, before, { inputs, targets }, this.hyperparameters, masks);
    const { weights } = after.state;
    const moved = tf.max(tf.abs(tf.sub(weights, walk.weights)));
    const figures = tf.stack([moved, tf.max(tf.abs(weights))]);
    return { state: lookAhead(walk, weights), loss: figures, norm: null, ratios: null };
  }
}

/**
 * Trains with full batches, plain SGD and the proximal L1 step until nothing moves any more.
 * @param from weights to start from, flat [parameterCount]. @param notes told how the steps were taken.
 * @returns the weights at the minimum
 */
export async function trainToMinimum(
  problem: Problem,
  from: Float32Array,
  notes: RunNotes,
): Promise<Float32Array> {
  const walker = new Walker(problem);
  let walk: Walk = {
    weights: tf.tensor1d(from),
    optimizerState: {},
    average: null,
    averagedFrom: null,
    buffers: { reached: tf.tensor1d(from), counter: tf.scalar(1) },
  };
  try {
    for (let look = 0; look < mostLooks; look++) {
      const { walk: next, figures } = walker.take(walk, stepsPerLook);
      walk = next;
      const [moved, largest] = (await figures.data()) as unknown as [number, number];
      figures.dispose();
      if (!(moved > smallestMove * Math.max(1, largest))) break;
    }
    const weights = (await walk.buffers.reached.data()) as Float32Array;
    noteExecution(notes, walker.execution);
    return weights.slice();
  } finally {
    disposeReplaced(walk, null);
    walker.dispose();
  }
}
