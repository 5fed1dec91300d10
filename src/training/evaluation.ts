// Loss and accuracy, usually in evaluation mode, in chunks, so that a large part never holds up the worker for long.
import type { DeviceExamples } from "./deviceExamples";
import type { Hyperparameters } from "./hyperparameters";
import { type Loss, lossSums } from "./losses";
import { forward, type Network, type NetworkValues, type PassMode } from "./network";
import type { PartMetrics } from "./telemetry";
import { type Tensor1D, tf, tidy } from "./tensors";

export interface Evaluator {
  readonly network: Network;
  readonly loss: Loss;
  readonly hyperparameters: Hyperparameters;
  readonly type: "classification" | "regression";
  /** Examples evaluated at once. */
  readonly chunk: number;
  /** How chunk number `index` is passed through the network. */
  mode(index: number): PassMode;
}

/** Values that a part is summed up in: Σ of losses, what it is divided by, number of correct predictions. */
export const sumCount = 3;

function evaluateChunk(
  { network, loss, hyperparameters, type }: Evaluator,
  values: NetworkValues,
  examples: DeviceExamples,
  start: number,
  count: number,
  mode: PassMode,
): Tensor1D {
  return tidy(() => {
    const { inputs, targets } = examples.slice(start, count);
    const outputs = forward(network, values, inputs, mode);
    const { sum, divisor } = lossSums(loss, outputs, targets, hyperparameters);
    const correct =
      type === "regression"
        ? tf.zerosLike(sum)
        : tf.sum(tf.cast(tf.equal(tf.argMax(outputs, 1), tf.argMax(targets, 1)), "float32"));
    return tf.stack([sum, divisor, correct]) as Tensor1D;
  });
}

/**
 * Examples of the first `limit` that are evaluated. In training mode a batch that is not full would have other statistics
 * than the rest, so it is left out where there are full ones.
 */
export function evaluatedCount(
  { chunk, mode }: Pick<Evaluator, "chunk" | "mode">,
  available: number,
  limit: number,
): number {
  const count = Math.min(limit, available);
  if (!mode(0).training) return count;
  return Math.floor(count / chunk) * chunk || count;
}

/**
 * Evaluates the first `limit` examples. @returns a tensor [sumCount];
 * the caller disposes it. @param breathe awaited between chunks.
 */
export async function evaluate(
  evaluator: Evaluator,
  values: NetworkValues,
  examples: DeviceExamples,
  limit: number,
  breathe: () => Promise<void>,
): Promise<Tensor1D> {
  const end = evaluatedCount(evaluator, examples.count, limit);
  let sums: Tensor1D | null = null;
  for (let start = 0; start < end; start += evaluator.chunk) {
    if (start > 0) await breathe();
    const chunk = evaluateChunk(
      evaluator,
      values,
      examples,
      start,
      Math.min(evaluator.chunk, end - start),
      evaluator.mode(start / evaluator.chunk),
    );
    const before: Tensor1D | null = sums;
    sums = before ? tf.add(before, chunk) : chunk;
    if (before) tf.dispose([before, chunk]);
  }
  return sums ?? tf.zeros([sumCount]);
}

/** Means from the sums of `evaluate`. @param count examples evaluated */
export function partMetrics(
  type: Evaluator["type"],
  [sum, divisor, correct]: readonly [number, number, number],
  count: number,
): PartMetrics {
  return { loss: sum / divisor, accuracy: type === "classification" ? correct / count : null };
}
