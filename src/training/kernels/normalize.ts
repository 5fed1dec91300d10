// Normalization as one operation with its own gradient: left to automatic differentiation it costs more than the layer before it.
import { type Tensor, tf } from "../tensors";

export const normalizeKernel = "RegularizationNormalize";
export const normalizeGradientKernel = "RegularizationNormalizeGradient";

/**
 * What is normalized together. Values are seen as [examples, places, groups, width]; those of one example and one group,
 * at all places, share mean and variance. A feature is a place in [groups, width]: it has its scale and shift.
 */
export interface Grouping {
  readonly examples: number;
  readonly places: number;
  readonly groups: number;
  readonly width: number;
}

export interface NormalizeOptions {
  readonly epsilon: number;
  /** False divides by the root of the mean square and leaves the mean in. */
  readonly centred: boolean;
}

export interface NormalizeAttributes extends Grouping, NormalizeOptions {}

export interface Normalized {
  /** (x − mean) / √(variance + ε) · scale + shift, like x. */
  readonly y: Tensor;
  /** Of each example's groups, [examples · groups]; 0 where it is left in. */
  readonly mean: Tensor;
  /** Biased, [examples · groups]; the mean square where the mean is left in. */
  readonly variance: Tensor;
}

/** Each example's features in neighbouring groups: one for layer and RMS normalization. */
export function withinExamples(x: Tensor, groups: number): Grouping {
  const features = x.shape.at(-1) as number;
  const examples = x.shape[0] as number;
  const width = features / groups;
  return { examples, places: x.size / (examples * features), groups, width };
}

/** Each feature over the whole batch. */
export function acrossBatch(x: Tensor): Grouping {
  const features = x.shape.at(-1) as number;
  return { examples: 1, places: x.size / features, groups: features, width: 1 };
}

/** True where a group is one feature over everything: its sums are then the gradients of scale and shift. */
export const sumsAreFeatures = ({ examples, width }: Pick<Grouping, "examples" | "width">) =>
  examples === 1 && width === 1;

/**
 * Normalizes x [batch, …, features] (Ioffe & Szegedy 2015, Ba et al. 2016, Wu & He 2018, Zhang & Sennrich 2019).
 * @param scale, shift [features]; no shift for null.
 * @returns y and the statistics, through which no gradient flows; null where the backend has no program for it.
 */
export function normalize(
  x: Tensor,
  scale: Tensor,
  shift: Tensor | null,
  grouping: Grouping,
  options: NormalizeOptions,
): Normalized | null {
  if (!tf.getKernel(normalizeKernel, tf.getBackend())) return null;
  const inputs = shift ? { x, scale, shift } : { x, scale };
  const [y, mean, variance] = tf
    .engine()
    .runKernel(
      normalizeKernel,
      inputs as never,
      { ...grouping, ...options } as never,
    ) as unknown as [Tensor, Tensor, Tensor];
  return { y, mean, variance };
}

tf.registerGradient({
  kernelName: normalizeKernel,
  inputsToSave: ["x", "scale"],
  outputsToSave: [false, true, true],
  gradFunc: (dys, saved, attributes) => {
    const [x, scale, mean, variance] = saved as Tensor[];
    const dy = (dys as Tensor[])[0] as Tensor;
    // All three at once: each of the functions below runs in a scope of its own, which would free the other results.
    const [dx, dScale, dShift] = tf
      .engine()
      .runKernel(
        normalizeGradientKernel,
        { dy, x, scale, mean, variance } as never,
        attributes,
      ) as unknown as [Tensor, Tensor, Tensor];
    return { x: () => dx, scale: () => dScale, shift: () => dShift };
  },
});
