// Softmax cross entropy with its own gradient: both in one pass where the processor computes, one program each on graphics cards.
import { type Tensor, tf } from "../tensors";

/** For backends that compute losses and gradient at once. */
export const softmaxCrossEntropyKernel = "RegularizationSoftmaxCrossEntropy";
/** For backends that compute them one after the other, both from the logits: few classes cost less than storing anything. */
export const crossEntropyLossKernel = "RegularizationCrossEntropyLoss";
export const crossEntropyGradientKernel = "RegularizationCrossEntropyGradient";

export interface CrossEntropyResult {
  /** −Σ_k t_k·log softmax(z)_k of each example in nats, [batch]. */
  readonly losses: Tensor;
  /** softmax(z) − t, the gradient of the losses where targets sum to 1, [batch, classes]. */
  readonly difference: Tensor;
}

/** The reference: exact for any finite logits, since the largest is taken out first. */
export function referenceCrossEntropy(logits: Tensor, targets: Tensor): CrossEntropyResult {
  const shifted = tf.sub(logits, tf.max(logits, 1, true));
  const exponentials = tf.exp(shifted);
  const sums = tf.sum(exponentials, 1, true);
  return {
    losses: tf.sum(tf.mul(targets, tf.sub(tf.log(sums), shifted)), 1),
    difference: tf.sub(tf.div(exponentials, sums), targets),
  };
}

/** @param logits, targets [batch, classes] */
export function crossEntropyWithDifference(logits: Tensor, targets: Tensor): CrossEntropyResult {
  if (!tf.getKernel(softmaxCrossEntropyKernel, tf.getBackend())) {
    return referenceCrossEntropy(logits, targets);
  }
  const [losses, difference] = tf
    .engine()
    .runKernel(softmaxCrossEntropyKernel, { logits, targets } as never) as unknown as Tensor[];
  return { losses: losses as Tensor, difference: difference as Tensor };
}

type Save = (tensors: Tensor[]) => void;

const runDeviceKernel = (name: string, inputs: Readonly<Record<string, Tensor>>) =>
  tf.engine().runKernel(name, inputs as never) as unknown as Tensor;

/**
 * Softmax cross entropy of each example in nats, −Σ_k t_k·log softmax(z)_k, for targets that sum to 1.
 * Its gradient for the logits, softmax(z) − t, is written out: exact and cheap. None flows to the targets.
 * @param logits, targets [batch, classes]. @returns [batch].
 */
export function softmaxCrossEntropy(logits: Tensor, targets: Tensor): Tensor {
  const isOnDevice = tf.getKernel(crossEntropyLossKernel, tf.getBackend()) !== undefined;
  const onDevice = (z: Tensor, save: Save) => {
    save([z, targets]);
    return {
      value: runDeviceKernel(crossEntropyLossKernel, { logits: z, targets }),
      gradFunc: (slopes: Tensor, saved: Tensor[]) => {
        const [kept, labels] = saved as [Tensor, Tensor];
        return runDeviceKernel(crossEntropyGradientKernel, {
          slopes,
          logits: kept,
          targets: labels,
        });
      },
    };
  };
  const atOnce = (z: Tensor, save: Save) => {
    const { losses, difference } = crossEntropyWithDifference(z, targets);
    save([difference]);
    return {
      value: losses,
      gradFunc: (slopes: Tensor, saved: Tensor[]) =>
        tf.mul(tf.reshape(slopes, [-1, 1]), saved[0] as Tensor),
    };
  };
  const compute = tf.customGrad((isOnDevice ? onDevice : atOnce) as never);
  return compute(logits as never) as unknown as Tensor;
}

/** The plain loop. Writes losses [batch] and differences [batch, classes]; NaN in a row stays NaN. */
export function fillCrossEntropy(
  logits: ArrayLike<number>,
  targets: ArrayLike<number>,
  classes: number,
  losses: Float32Array,
  difference: Float32Array,
): void {
  for (let row = 0, start = 0; row < losses.length; row++, start += classes) {
    let largest = logits[start] as number;
    for (let k = start + 1; k < start + classes; k++) {
      if ((logits[k] as number) > largest) largest = logits[k] as number;
    }
    let sum = 0;
    for (let k = start; k < start + classes; k++) sum += Math.exp((logits[k] as number) - largest);
    const logarithm = Math.log(sum);
    let loss = 0;
    for (let k = start; k < start + classes; k++) {
      const shifted = (logits[k] as number) - largest;
      const target = targets[k] as number;
      loss += target * (logarithm - shifted);
      difference[k] = Math.exp(shifted) / sum - target;
    }
    losses[row] = loss;
  }
}
