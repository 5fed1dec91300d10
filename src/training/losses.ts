// What training minimizes, before penalties.
import type { Experiment } from "../experiment/schema";
import { describeTask } from "../experiment/tasks";
import { type Tensor, tf } from "./tensors";

/** Mean loss of a batch from outputs [batch, outputs] and targets of the same shape; a scalar. */
export type Loss = (outputs: Tensor, targets: Tensor) => Tensor;

/**
 * Softmax cross entropy in nats, averaged over the batch: −Σ_k t_k · log softmax(z)_k.
 * Targets [batch, classes] are distributions (one-hot for plain labels).
 * One operation with its own gradient, (softmax(z) − t)/batch for targets that sum to 1: exact and cheap.
 */
export const crossEntropy: Loss = (outputs, targets) =>
  softmaxCrossEntropy(outputs, targets) as Tensor;

const softmaxCrossEntropy = tf.customGrad((...inputs) => {
  const [logits, targets, save] = inputs as unknown as [
    Tensor,
    Tensor,
    (tensors: Tensor[]) => void,
  ];
  const batch = logits.shape[0] as number;
  const shifted = tf.sub(logits, tf.max(logits, 1, true));
  const exponentials = tf.exp(shifted);
  const sums = tf.sum(exponentials, 1, true);
  const perClass = tf.mul(targets, tf.sub(tf.log(sums), shifted));
  save([tf.div(exponentials, sums), targets]);
  return {
    value: tf.div(tf.sum(perClass), batch),
    gradFunc: (dy: Tensor, saved: Tensor[]) => {
      const [probabilities, held] = saved as [Tensor, Tensor];
      const scale = tf.div(dy, batch);
      return [tf.mul(scale, tf.sub(probabilities, held)), tf.zerosLike(held)];
    },
  };
});

/** Mean squared error over all elements, batch and outputs alike. */
export const meanSquaredError: Loss = (outputs, targets) =>
  tf.mean(tf.square(tf.sub(outputs, targets)));

/** The loss that fits the task. */
export function lossOf(experiment: Experiment): Loss {
  return describeTask(experiment.data).type === "regression" ? meanSquaredError : crossEntropy;
}
