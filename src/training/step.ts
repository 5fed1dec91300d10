// One training step, as in a textbook. Start reading the engine here.
import type { Hyperparameters } from "./hyperparameters";
import type { MaskSource } from "./layers";
import type { Loss } from "./losses";
import { forward, type Network, unpack } from "./network";
import { applyChain, type Moments, type OptimizerKind, optimizerChain } from "./optimizers";
import { activePenalties, activeProximalSteps } from "./regularizers";
import { type Tensor, type Tensor1D, tf } from "./tensors";

/** What stays the same from step to step. */
export interface TrainingRule {
  readonly network: Network;
  readonly loss: Loss;
  readonly optimizer: OptimizerKind;
  /** 1 where penalties and proximal steps act, [parameterCount]; null for everywhere. */
  readonly scope: Tensor | null;
  /** The same for weight decay, coupled and decoupled. */
  readonly decayScope: Tensor | null;
}

/** What a step changes. All vectors are flat, [parameterCount]. */
export interface TrainingState {
  readonly weights: Tensor1D;
  readonly moments: Moments;
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
  readonly penalties: Readonly<Partial<Record<"l1" | "l2", Tensor>>>;
  /** Gradient of the data loss, flat. */
  readonly dataGradient: Tensor;
  /** Gradient of data loss and penalties, flat. */
  readonly gradient: Tensor;
}

/**
 * One step of training on one batch. Tensors given in are left alone; the caller owns those that come back.
 * Order: forward, loss, penalties, gradient, optimizer, proximal step.
 */
export function trainStep(
  rule: TrainingRule,
  state: TrainingState,
  batch: Batch,
  hyperparameters: Hyperparameters,
  masks: MaskSource,
): { state: TrainingState; report: StepReport } {
  const { network, loss, optimizer, scope, decayScope } = rule;
  const { weights, moments } = state;

  const predict = (...parameters: Tensor[]) =>
    loss(forward(network, parameters, batch.inputs, { training: true, masks }), batch.targets);
  const { value: dataLoss, grads } = tf.valueAndGrads(predict as never)(unpack(network, weights));
  const dataGradient = flatten(grads);

  const regularized = scope ? tf.mul(weights, scope) : weights;
  const penalties: Partial<Record<"l1" | "l2", Tensor>> = {};
  let gradient = dataGradient;
  for (const penalty of activePenalties(hyperparameters.values)) {
    penalties[penalty.strength] = penalty.value(regularized, hyperparameters);
    gradient = tf.add(gradient, penalty.gradient(regularized, hyperparameters));
  }

  const chain = optimizerChain(optimizer, hyperparameters.values);
  const context = { weights, hyperparameters, decayMask: decayScope };
  const next = applyChain(chain, gradient, moments, context);
  let updated: Tensor = tf.sub(weights, next.update);

  for (const proximal of activeProximalSteps(hyperparameters.values)) {
    updated = proximal(updated, hyperparameters, scope);
  }

  return {
    state: { weights: updated as Tensor1D, moments: next.moments },
    report: { dataLoss, penalties, dataGradient, gradient },
  };
}

/** The gradients of all parameters as one vector, in the order of the slots. */
function flatten(gradients: readonly Tensor[]): Tensor {
  return tf.concat(gradients.map((gradient) => tf.reshape(gradient, [-1])));
}
