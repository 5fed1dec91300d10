// Softmax cross entropy as programs of our own against its reference in tensor operations, on the backend in use.
import { RandomSequence } from "../src/data/random";
import {
  referenceCrossEntropy,
  softmaxCrossEntropy,
} from "../src/training/kernels/softmaxCrossEntropy";
import { type Tensor, tf, tidy } from "../src/training/tensors";
import { countRecorded } from "./optimizerRun";
import { countCalls } from "./pages/dispatches";

export interface CrossEntropyCase {
  readonly batch: number;
  readonly classes: number;
  /** Logits are normal numbers times this. */
  readonly scale: number;
  /** Examples with a logit that is NaN. */
  readonly notNumbers?: readonly number[];
  /** Targets are integers that were cast: 1 for one class of each example. */
  readonly cast?: boolean;
}

export interface CrossEntropyFigures {
  /** Largest difference of the losses, and of the gradient, relative to 1 + |value|; null where only one of the two is NaN. */
  readonly lossError: number | null;
  readonly gradientError: number | null;
  /** Examples whose loss is NaN. */
  readonly notNumbers: number[];
  /** Dispatches or draws: of the losses alone, with the gradient, and of both as tensor operations. */
  readonly lossCalls: number;
  readonly calls: number;
  readonly referenceCalls: number;
  /** Dispatches in a recording of losses and gradient; null where the backend records none. */
  readonly recorded: number | null;
}

/** Soft targets that sum to 1, some of them exactly 0. */
function drawTargets({ batch, classes }: CrossEntropyCase): Float32Array {
  const sequence = new RandomSequence(9, 2);
  const targets = new Float32Array(batch * classes);
  for (let row = 0; row < batch; row++) {
    const parts = Array.from({ length: classes }, () => Math.max(0, sequence.normal()));
    parts[row % classes] = 1;
    const sum = parts.reduce((total, part) => total + part, 0);
    targets.set(
      parts.map((part) => part / sum),
      row * classes,
    );
  }
  return targets;
}

function drawInputs(held: CrossEntropyCase) {
  const { batch, classes, scale, notNumbers = [] } = held;
  const sequence = new RandomSequence(8, 2);
  const logits = Float32Array.from({ length: batch * classes }, () => scale * sequence.normal());
  const rows = Array.from({ length: batch }, (_, row) => row);
  for (const row of notNumbers) logits[row * classes + classes - 1] = Number.NaN;
  return {
    logits: tf.tensor2d(logits, [batch, classes]),
    targets: held.cast
      ? tf.cast(
          tf.oneHot(
            tf.tensor1d(
              rows.map((row) => row % classes),
              "int32",
            ),
            classes,
          ),
          "float32",
        )
      : tf.tensor2d(drawTargets(held), [batch, classes]),
    slopes: tf.tensor1d(Float32Array.from({ length: batch }, () => sequence.normal())),
  };
}

function difference(found: ArrayLike<number>, expected: ArrayLike<number>): number | null {
  let most = 0;
  for (let i = 0; i < expected.length; i++) {
    const [ours, value] = [found[i] as number, expected[i] as number];
    if (Number.isNaN(value) !== Number.isNaN(ours)) return null;
    if (!Number.isNaN(value)) most = Math.max(most, Math.abs(ours - value) / (1 + Math.abs(value)));
  }
  return most;
}

/** Computes the losses of a case and their gradient in both ways. */
export async function compareCrossEntropies(held: CrossEntropyCase): Promise<CrossEntropyFigures> {
  const { logits, targets, slopes } = drawInputs(held);
  const losses = () => softmaxCrossEntropy(logits, targets);
  const both = (): Tensor[] => {
    const given = ((z: Tensor) => softmaxCrossEntropy(z, targets)) as never;
    const { value, grad } = tf.valueAndGrad(given)(logits as never, slopes);
    return [value, grad];
  };
  const reference = (): Tensor[] => {
    const found = referenceCrossEntropy(logits, targets);
    return [found.losses, tf.mul(tf.reshape(slopes, [-1, 1]), found.difference)];
  };
  const count = async (work: () => Tensor | Tensor[]) => {
    // The first time brings the inputs to the device.
    tf.dispose(tidy(work));
    return countCalls(async () => tidy(work));
  };
  const ours = await count(both);
  const alone = await count(losses);
  const theirs = await count(reference);
  const read = ({ result }: { result: Tensor | Tensor[] }) =>
    Promise.all((result as Tensor[]).map((tensor) => tensor.data()));
  const [found, expected] = [await read(ours), await read(theirs)];
  const [foundLosses, foundGradient] = found as [Float32Array, Float32Array];
  const figures = {
    lossError: difference(foundLosses, expected[0] as Float32Array),
    gradientError: difference(foundGradient, expected[1] as Float32Array),
    notNumbers: [...foundLosses.keys()].filter((row) => Number.isNaN(foundLosses[row])),
    lossCalls: alone.calls,
    calls: ours.calls,
    referenceCalls: theirs.calls,
    recorded: countRecorded(both),
  };
  tf.dispose([logits, targets, slopes, ours.result, alone.result, theirs.result]);
  return figures;
}
