// Loss and accuracy in evaluation mode, in chunks, so that a large part never holds up the worker for long.
import type { DeviceExamples } from "./deviceExamples";
import type { Loss } from "./losses";
import { noMasks } from "./masks";
import { forward, type Network } from "./network";
import type { PartMetrics } from "./telemetry";
import { type Tensor, type Tensor1D, tf, tidy } from "./tensors";

/** Examples evaluated at once. */
export const evaluationChunk = 512;

export interface Evaluator {
  readonly network: Network;
  readonly loss: Loss;
  readonly type: "classification" | "regression";
}

/** Sum of losses and number of correct predictions of one chunk, [2]. */
function evaluateChunk(
  { network, loss, type }: Evaluator,
  parameters: readonly Tensor[],
  examples: DeviceExamples,
  start: number,
  count: number,
): Tensor1D {
  return tidy(() => {
    const { inputs, targets } = examples.slice(start, count);
    const outputs = forward(network, parameters, inputs, { training: false, masks: noMasks });
    const lossSum = tf.mul(loss(outputs, targets), count);
    if (type === "regression") return tf.stack([lossSum, tf.zerosLike(lossSum)]) as Tensor1D;
    const correct = tf.equal(tf.argMax(outputs, 1), tf.argMax(targets, 1));
    return tf.stack([lossSum, tf.sum(tf.cast(correct, "float32"))]) as Tensor1D;
  });
}

/**
 * Evaluates the first `limit` examples. @returns a tensor [2]: sum of losses, number of correct predictions;
 * the caller disposes it. @param breathe awaited between chunks.
 */
export async function evaluate(
  evaluator: Evaluator,
  parameters: readonly Tensor[],
  examples: DeviceExamples,
  limit: number,
  breathe: () => Promise<void>,
): Promise<Tensor1D> {
  const end = Math.min(limit, examples.count);
  let sums: Tensor1D | null = null;
  for (let start = 0; start < end; start += evaluationChunk) {
    if (start > 0) await breathe();
    const chunk = evaluateChunk(
      evaluator,
      parameters,
      examples,
      start,
      Math.min(evaluationChunk, end - start),
    );
    const before: Tensor1D | null = sums;
    sums = before ? tf.add(before, chunk) : chunk;
    if (before) tf.dispose([before, chunk]);
  }
  return sums ?? tf.zeros([2]);
}

/** Means from the two sums. */
export function partMetrics(
  type: Evaluator["type"],
  lossSum: number,
  correct: number,
  count: number,
): PartMetrics {
  return { loss: lossSum / count, accuracy: type === "classification" ? correct / count : null };
}
