// For tests: normalization in each of its forms against the reference, values and gradients, on the backend in use.
import { RandomSequence } from "../../data/random";
import {
  batchNormalization,
  groupNormalization,
  type Layer,
  layerNormalization,
  rmsNormalization,
} from "../layers";
import { type Tensor, tf, tidy } from "../tensors";
import { acrossBatch, type Grouping, withinExamples } from "./normalize";
import { normalizeByOperations, referenceNormalize } from "./normalizeByOperations";

export const normalizations = ["batch", "layer", "rms", "group"] as const;
export type Normalization = (typeof normalizations)[number];

/** The layer itself, its gradient written out in operations, or the reference. */
export type Form = "layer" | "operations" | "reference";

export interface NormalizationCase {
  readonly kind: Normalization;
  /** [batch, …, features] */
  readonly shape: readonly number[];
  /** Added to all inputs: far from 0 differences of squares would lose their digits. */
  readonly offset?: number;
}

const epsilon = 1e-5;
const groups = 2;

const groupingOf = (kind: Normalization, x: Tensor): Grouping =>
  kind === "batch" ? acrossBatch(x) : withinExamples(x, kind === "group" ? groups : 1);

const layerOf = (kind: Normalization, features: number): Layer =>
  ({
    batch: () => batchNormalization("n", features, 0.1, epsilon),
    layer: () => layerNormalization("n", features, epsilon),
    rms: () => rmsNormalization("n", features, epsilon),
    group: () => groupNormalization("n", features, groups, epsilon),
  })[kind]();

/** The normalization of a case as a function of x, scale and shift (which RMS normalization lacks). */
export function normalizationOf(kind: Normalization, form: Form) {
  return (x: Tensor, scale: Tensor, shift?: Tensor): Tensor => {
    if (form === "layer") {
      const zeros = tf.zerosLike(scale);
      return layerOf(kind, scale.size).forward(x, shift ? [scale, shift] : [scale], {
        training: true,
        masks: { mask: () => null },
        buffer: () => zeros,
        updateBuffer: () => undefined,
      });
    }
    const compute = form === "reference" ? referenceNormalize : normalizeByOperations;
    const options = { epsilon, centred: kind !== "rms" };
    return compute(x, scale, shift ?? null, groupingOf(kind, x), options);
  };
}

/** Inputs, scale and, except for RMS, shift, and the slope of the loss. */
export function drawInputs({ kind, shape, offset = 0 }: NormalizationCase) {
  const sequence = new RandomSequence(7, 1);
  const draw = (lengths: readonly number[], centre: number) =>
    tf.tensor(
      Float32Array.from(
        { length: tf.util.sizeFromShape([...lengths]) },
        () => centre + sequence.normal(),
      ),
      [...lengths],
    );
  const features = [shape.at(-1) as number];
  const scaleAndShift =
    kind === "rms" ? [draw(features, 1)] : [draw(features, 1), draw(features, 0)];
  return { inputs: [draw(shape, offset), ...scaleAndShift], slope: draw(shape, 0) };
}

/** Forward and backward: the output, then the gradients of all inputs. */
export function passBoth(kind: Normalization, form: Form, inputs: Tensor[], slope: Tensor) {
  const compute = normalizationOf(kind, form) as (...tensors: Tensor[]) => Tensor;
  return tidy(() => {
    const { value, grads } = tf.valueAndGrads(((...tensors: Tensor[]) =>
      compute(...tensors)) as never)(inputs, slope);
    return [value, ...grads];
  });
}

/** Largest difference of output and gradients from the reference, each relative to its largest entry. */
export async function normalizationErrors(held: NormalizationCase, form: Form): Promise<number[]> {
  const { inputs, slope } = drawInputs(held);
  const expected = passBoth(held.kind, "reference", inputs, slope);
  const found = passBoth(held.kind, form, inputs, slope);
  const errors = await Promise.all(
    expected.map(async (tensor, index) => {
      const wanted = (await tensor.data()) as Float32Array;
      const got = await (found[index] as Tensor).data();
      // Math.max keeps NaN.
      const most = (read: (value: number, index: number) => number) =>
        wanted.reduce<number>((held, value, index) => Math.max(held, read(value, index)), 0);
      const largest = most(Math.abs);
      return most((value, index) => Math.abs(value - (got[index] as number))) / largest;
    }),
  );
  tf.dispose([expected, found, inputs, slope]);
  return errors;
}
