// How many validation pictures the network still knows when they are noisy, blurred, turned or too bright.
import {
  type Corruption,
  corruptionAmounts,
  corruptionKinds,
  corruptPicture,
  type PictureShape,
} from "../../data/corruptions";
import { scaledInputs } from "../../data/scaling";
import type { Dataset } from "../../data/types";
import { evaluationPass, forward, type Network, type NetworkValues } from "../network";
import { tf, tidy } from "../tensors";
import type { DriftReport, DriftVersion } from "../viewTypes";
import { bytesOf } from "./bytes";

/** Most validation pictures that every version is made of. */
const mostTested = 1000;
/** Fewest, however dear one is. */
const fewestTested = 200;
/** Multiply-adds that one version may cost. */
const versionCost = 4e9;

/** Validation pictures that the test stands on: fewer where one is dear. */
export function testedCount(multiplyAdds: number, available: number): number {
  const affordable = Math.max(fewestTested, Math.floor(versionCost / multiplyAdds));
  return Math.min(mostTested, affordable, available);
}

/** Null for the pictures as they are, then every corruption, weak to strong. */
const versions: readonly (Corruption | null)[] = [
  null,
  ...corruptionKinds.flatMap((kind) => corruptionAmounts[kind].map((amount) => ({ kind, amount }))),
];

/** How the test goes about its work. */
export interface DriftWork {
  /** Validation pictures, from the first on. */
  readonly count: number;
  /** Pictures at once. */
  readonly chunk: number;
  /** Chance of the corruptions follows from it. */
  readonly seed: number;
  /** Awaited after each chunk. */
  breathe(): Promise<void>;
  /** Asked after each chunk: false ends the test. */
  goesOn(): boolean;
  /** Told the share that is done, in (0, 1]. */
  onProgress(share: number): void;
}

/** The classes that the network sees in scaled pictures [count, inputSize]. */
async function answersTo(
  network: Network,
  values: NetworkValues,
  scaled: Float32Array,
  inputSize: number,
): Promise<Int32Array> {
  const answers = tidy(() => {
    const inputs = tf.tensor2d(scaled, [scaled.length / inputSize, inputSize]);
    return tf.argMax(forward(network, values, inputs, evaluationPass), 1);
  });
  const read = (await answers.data()) as Int32Array;
  answers.dispose();
  return read;
}

/** What the network sees of validation pictures start … end−1 in a version, [end − start, inputSize]. */
function inputsOf(
  dataset: Dataset,
  corruption: Corruption | null,
  seed: number,
  start: number,
  end: number,
): Float32Array {
  const { inputSize, validation } = dataset;
  if (!corruption) return scaledInputs(validation, dataset, start, end);
  const shape = dataset.inputShape as PictureShape;
  const held = validation.inputs.subarray(start * inputSize, end * inputSize);
  const bytes = held instanceof Uint8Array ? held.slice() : bytesOf(held, dataset);
  for (let index = start; index < end; index++) {
    const from = (index - start) * inputSize;
    const picture = bytes.subarray(from, from + inputSize);
    bytes.set(corruptPicture(picture, corruption, shape, seed, index), from);
  }
  return scaledInputs({ inputs: bytes }, dataset, 0, end - start);
}

/** Right answers per class in one version; null where the test was ended. */
async function rightOf(
  network: Network,
  values: NetworkValues,
  dataset: Dataset,
  corruption: Corruption | null,
  work: DriftWork,
): Promise<number[] | null> {
  const { count, chunk, seed } = work;
  const right = new Array<number>(dataset.outputs).fill(0);
  for (let start = 0; start < count; start += chunk) {
    const end = Math.min(count, start + chunk);
    const inputs = inputsOf(dataset, corruption, seed, start, end);
    const answers = await answersTo(network, values, inputs, dataset.inputSize);
    answers.forEach((answer, at) => {
      if (answer === dataset.validation.labels[start + at])
        right[answer] = (right[answer] ?? 0) + 1;
    });
    work.onProgress((versions.indexOf(corruption) + end / count) / versions.length);
    await work.breathe();
    if (!work.goesOn()) return null;
  }
  return right;
}

/**
 * Judges the first pictures of the validation part as they are, and with every corruption at every strength.
 * Evaluation mode, whatever the curves are measured in. The same weights, seed and count give the same figures.
 * @returns null where it was ended
 */
export async function testDrift(
  network: Network,
  values: NetworkValues,
  dataset: Dataset,
  work: DriftWork,
): Promise<DriftReport | null> {
  const { count, seed } = work;
  const [height, width, channels] = dataset.inputShape as PictureShape;
  const measured: DriftVersion[] = [];
  for (const corruption of versions) {
    const right = await rightOf(network, values, dataset, corruption, work);
    if (!right) return null;
    const kind = corruption?.kind ?? null;
    const strength = corruption
      ? 1 + corruptionAmounts[corruption.kind].indexOf(corruption.amount)
      : 0;
    const accuracy = right.reduce((sum, some) => sum + some, 0) / count;
    const picture = bytesOf(inputsOf(dataset, corruption, seed, 0, 1), dataset);
    measured.push({ kind, strength, accuracy, right, picture });
  }
  const support = new Array<number>(dataset.outputs).fill(0);
  for (const label of dataset.validation.labels.subarray(0, count))
    support[label] = (support[label] ?? 0) + 1;
  return { count, width, height, channels, support, versions: measured };
}
