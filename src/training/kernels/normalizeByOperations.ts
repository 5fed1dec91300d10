// Normalization in tensor operations: the reference as in the papers, and the same with its gradient written out, for backends without a program of their own.
import { type Tensor, tf } from "../tensors";
import type { Grouping, NormalizeOptions } from "./normalize";

/** Shape that puts groups apart, the axes that are normalized together, and the shape of scale and shift in it. */
function viewOf({ examples, places, groups, width }: Grouping) {
  if (groups === 1) {
    return { shape: [examples, places, width], axes: [1, 2], features: [width] };
  }
  if (places === 1) {
    return { shape: [examples, groups, width], axes: [2], features: [groups, width] };
  }
  return { shape: [examples, places, groups, width], axes: [1, 3], features: [groups, width] };
}

/** As in the papers, with the gradient left to automatic differentiation: the oracle of all others. */
export function referenceNormalize(
  x: Tensor,
  scale: Tensor,
  shift: Tensor | null,
  grouping: Grouping,
  { epsilon, centred }: NormalizeOptions,
): Tensor {
  const { shape, axes } = viewOf(grouping);
  const view = tf.reshape(x, shape);
  const held = centred ? tf.sub(view, tf.mean(view, axes, true)) : view;
  const spread = tf.mean(tf.square(held), axes, true);
  const normalized = tf.div(held, tf.sqrt(tf.add(spread, epsilon)));
  const scaled = tf.mul(tf.reshape(normalized, x.shape), scale);
  return shift ? tf.add(scaled, shift) : scaled;
}

type Save = (tensors: Tensor[]) => void;

/** The same result with its gradient in few operations. */
export function normalizeByOperations(
  x: Tensor,
  scale: Tensor,
  shift: Tensor | null,
  grouping: Grouping,
  { epsilon, centred }: NormalizeOptions,
): Tensor {
  const { shape, axes, features } = viewOf(grouping);
  const leading = shape.slice(0, shape.length - features.length).map((_, axis) => axis);
  const seen = (tensor: Tensor, as: number[]) => tf.reshape(tensor, as);
  const run = tf.customGrad(((values: Tensor, gamma: Tensor, ...rest: [...Tensor[], Save]) => {
    const save = rest.at(-1) as Save;
    const view = seen(values, shape);
    const held = centred ? tf.sub(view, tf.mean(view, axes, true)) : view;
    const perDeviation = tf.rsqrt(tf.add(tf.mean(tf.square(held), axes, true), epsilon));
    const normalized = tf.mul(held, perDeviation);
    const factors = seen(gamma, features);
    save([normalized, perDeviation, factors]);
    const scaled = tf.mul(normalized, factors);
    const y = shift ? tf.add(scaled, seen(rest[0] as Tensor, features)) : scaled;
    return {
      value: seen(y, x.shape),
      gradFunc: (dy: Tensor, saved: Tensor[]) => {
        const [n, r, factor] = saved as [Tensor, Tensor, Tensor];
        const slopes = seen(dy, shape);
        const along = tf.mul(slopes, n);
        const scaledSlopes = tf.mul(slopes, factor);
        const drift = tf.mul(n, tf.mean(tf.mul(along, factor), axes, true));
        const straight = centred
          ? tf.sub(scaledSlopes, tf.mean(scaledSlopes, axes, true))
          : scaledSlopes;
        const dx = seen(tf.mul(tf.sub(straight, drift), r), x.shape);
        const dScale = seen(tf.sum(along, leading), scale.shape);
        return shift ? [dx, dScale, seen(tf.sum(slopes, leading), scale.shape)] : [dx, dScale];
      },
    };
  }) as never) as (...tensors: Tensor[]) => Tensor;
  return shift ? run(x, scale, shift) : run(x, scale);
}
