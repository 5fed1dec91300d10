// Pictures that belong to a cell of the confusion matrix: asked for once, never part of a frame.
import { scaledInputs } from "../../data/scaling";
import type { Dataset } from "../../data/types";
import { evaluationPass, forward, type Network, type NetworkValues } from "../network";
import { tf, tidy } from "../tensors";
import type { FoundPictures, JudgedPicture } from "../viewTypes";
import { bytesOf } from "./bytes";
import { judge } from "./gallery";

/** Most pictures that are handed out. */
const mostFound = 60;

/** What is looked for: a true class, and what the network says of it; null: whatever it says. */
export interface Sought {
  readonly truth: number;
  readonly predicted: number | null;
}

/**
 * Looks through the first `count` validation pictures, `chunk` at a time.
 * @param breathe awaited between chunks
 * @returns those that were sought, the network's surest answers first; `found` counts them all
 */
export async function findPictures(
  network: Network,
  values: NetworkValues,
  dataset: Dataset,
  { truth, predicted }: Sought,
  { count, chunk, breathe }: { count: number; chunk: number; breathe: () => Promise<void> },
): Promise<FoundPictures> {
  const { validation, inputSize, outputs } = dataset;
  const [height, width, channels] = dataset.inputShape as [number, number, number];
  const found: JudgedPicture[] = [];
  for (let start = 0; start < count; start += chunk) {
    const end = Math.min(count, start + chunk);
    const scaled = scaledInputs(validation, dataset, start, end);
    const probabilities = tidy(() => {
      const inputs = tf.tensor2d(scaled, [end - start, inputSize]);
      return tf.softmax(forward(network, values, inputs, evaluationPass));
    });
    const rows = (await probabilities.data()) as Float32Array;
    probabilities.dispose();
    for (let index = start; index < end; index++) {
      const label = validation.labels[index] as number;
      if (label !== truth) continue;
      const judgement = judge(rows, index - start, outputs, label);
      if (predicted !== null && judgement.predicted !== predicted) continue;
      const at = index - start;
      const pixels = bytesOf(scaled.subarray(at * inputSize, (at + 1) * inputSize), dataset);
      found.push({ index, part: "validation", label, mislabelled: false, pixels, ...judgement });
    }
    await breathe();
  }
  const surest = [...found].sort((a, b) => b.confidence - a.confidence).slice(0, mostFound);
  return { width, height, channels, found: found.length, pictures: surest };
}
