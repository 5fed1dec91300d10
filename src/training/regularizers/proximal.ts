// Steps taken after the optimizer's, on the weights themselves.
import type { Hyperparameters } from "../hyperparameters";
import type { Network } from "../network";
import type { Moments } from "../optimizers";
import { type Tensor, tf } from "../tensors";
import { type GroupScale, groupSoftThreshold, maxNorm } from "./units";

/** How the soft threshold is scaled. */
export type ProximalForm =
  /** η·λ for every weight. */
  | "plain"
  /** η·λ / (√v̂ + ε): as Adam scales the gradient, so it scales the threshold. */
  | "preconditioned";

export interface ProximalOptions {
  readonly form: ProximalForm;
  readonly groupScale: GroupScale;
}

export interface ProximalContext {
  readonly network: Network;
  readonly hyperparameters: Hyperparameters;
  /** State of the optimizer after the step. */
  readonly moments: Moments;
  /** Factor of the thresholds for each parameter, flat; null for 1 everywhere. */
  readonly scope: Tensor | null;
}

/** sign(w)·max(|w| − threshold, 0): what falls below the threshold is exactly 0 (Beck & Teboulle 2009). */
function softThreshold(weights: Tensor, threshold: Tensor): Tensor {
  return tf.mul(tf.sign(weights), tf.relu(tf.sub(tf.abs(weights), threshold)));
}

/** The threshold of each weight. Without a second moment the preconditioned form is the plain one. */
function thresholdOf(form: ProximalForm, context: ProximalContext): Tensor {
  const { hyperparameters: h, moments, scope } = context;
  const plain = h.tensor("proximalThreshold");
  const masked = scope ? tf.mul(scope, plain) : plain;
  const second = moments.secondMoment;
  if (form === "plain" || !second) return masked;
  const root = tf.add(
    tf.div(tf.sqrt(second), h.tensor("biasCorrection2Root")),
    h.tensor("epsilon"),
  );
  return tf.div(masked, root);
}

/** The weights after all steps whose strength is not 0: soft threshold, block soft threshold, max-norm. */
export function takeProximalSteps(
  weights: Tensor,
  options: ProximalOptions,
  context: ProximalContext,
): Tensor {
  const { network, hyperparameters, scope } = context;
  const { l1Proximal, groupL1, maxNorm: limit } = hyperparameters.values;
  let held = weights;
  if (l1Proximal > 0) held = softThreshold(held, thresholdOf(options.form, context));
  if (groupL1 > 0)
    held = groupSoftThreshold(network, held, scope, hyperparameters, options.groupScale);
  if (limit > 0) held = maxNorm(network, held, hyperparameters);
  return held;
}
