// One training step, as in a textbook. Start reading the engine here.

import { movingAverage } from "./averaging";
import type { Hyperparameters } from "./hyperparameters";
import type { MaskSource } from "./layers";
import { batchLoss, type Loss } from "./losses";
import { forward, type Network, type PassMode, unpack } from "./network";
import type { OptimizerKind, OptimizerState } from "./optimizers";
import { takeOptimizerStep } from "./optimizers/update";
import { addPenaltyGradients, type RegularizerOptions, takeUnitSteps } from "./regularizers";
import { type Tensor, type Tensor1D, tf } from "./tensors";

/** What stays the same from step to step. */
export interface TrainingRule {
  readonly network: Network;
  readonly loss: Loss;
  readonly optimizer: OptimizerKind;
  /** Forms of the regularizers. */
  readonly options: RegularizerOptions;
  /** Factor of penalties and proximal steps for each parameter, 0 where they leave it alone, [parameterCount]; null for 1 everywhere. */
  readonly scope: Tensor | null;
  /** The same for weight decay, coupled and decoupled. */
  readonly decayScope: Tensor | null;
}

/** What a step changes. All vectors are flat, [parameterCount]. */
export interface TrainingState {
  readonly weights: Tensor1D;
  readonly optimizerState: OptimizerState;
  /** Average of the weights along the way, where the experiment keeps one. */
  readonly average: Tensor1D | null;
  /** End of the epoch with which stochastic weight averaging began its mean, or null. */
  readonly averagedFrom: number | null;
  /** Running statistics by name. */
  readonly buffers: Readonly<Record<string, Tensor>>;
}

export interface Batch {
  /** [batch, …] */
  readonly inputs: Tensor;
  /** Class distributions or values, [batch, outputs]. */
  readonly targets: Tensor;
}

/** Scalars of a step, all at the weights before its update. */
export interface StepReport {
  readonly dataLoss: Tensor;
  /** Gradient of the data loss, flat. */
  readonly dataGradient: Tensor;
  /** Gradient of data loss and penalties before clipping, flat. */
  readonly gradient: Tensor;
}

/**
 * One step of training on one batch. Tensors given in are left alone; the caller owns those that come back.
 * Order: forward, loss, penalties, gradient, the optimizer's chain (clipping first), proximal steps and constraints, average.
 */
export function trainStep(
  rule: TrainingRule,
  state: TrainingState,
  batch: Batch,
  hyperparameters: Hyperparameters,
  masks: MaskSource,
): { state: TrainingState; report: StepReport } {
  const { network, loss, optimizer, options, scope, decayScope } = rule;
  const { weights, optimizerState } = state;
  const buffers: Record<string, Tensor> = { ...state.buffers };

  // Kept: what is made inside the differentiated function is freed when it returns.
  const mode: PassMode = {
    training: true,
    masks,
    onBuffer: (name, value) => {
      buffers[name] = tf.keep(value);
    },
  };
  const lossOf = (...parameters: Tensor[]) => {
    const values = { parameters, buffers: state.buffers };
    const outputs = forward(network, values, batch.inputs, mode);
    return batchLoss(loss, outputs, batch.targets, hyperparameters);
  };
  const { value: dataLoss, grads } = tf.valueAndGrads(lossOf as never)(unpack(network, weights));
  const dataGradient = flatten(grads);

  const regularized = { network, weights, factors: scope, hyperparameters, options };
  const gradient = addPenaltyGradients(dataGradient, regularized);
  const next = takeOptimizerStep(
    { optimizer, options },
    { weights, gradient, state: optimizerState, decayFactors: decayScope, factors: scope },
    hyperparameters,
  );
  const updated = takeUnitSteps({ ...regularized, weights: next.weights });

  return {
    state: {
      weights: updated as Tensor1D,
      optimizerState: next.state,
      average: averageAfter(state.average, updated as Tensor1D, hyperparameters),
      averagedFrom: state.averagedFrom,
      buffers,
    },
    report: { dataLoss, dataGradient, gradient },
  };
}

function averageAfter(
  average: Tensor1D | null,
  weights: Tensor1D,
  hyperparameters: Hyperparameters,
): Tensor1D | null {
  if (!average || hyperparameters.values.averageDecay === 0) return average;
  return movingAverage(average, weights, hyperparameters);
}

/** The gradients of all parameters as one vector, in the order of the slots. */
function flatten(gradients: readonly Tensor[]): Tensor {
  return tf.concat(
    gradients.map((gradient) => (gradient.rank === 1 ? gradient : tf.reshape(gradient, [-1]))),
  );
}
