// Normalization layers: each brings activations to a common scale, over the batch or over each example.
import { batchNormalize } from "../kernels/batchNormalize";
import {
  type NormalizeOptions,
  normalize as normalizeGroups,
  withinExamples,
} from "../kernels/normalize";
import { normalizeByOperations } from "../kernels/normalizeByOperations";
import { type Tensor, tf } from "../tensors";
import type { Layer, ParameterSpecification } from "./layer";

function scaleAndShift(name: string, features: number, shift: boolean): ParameterSpecification[] {
  const shared = { shape: [features], fanIn: features, fanOut: features };
  const scale = { ...shared, name: `${name}.weight`, kind: "normScale" } as const;
  return shift ? [scale, { ...shared, name: `${name}.bias`, kind: "normShift" } as const] : [scale];
}

/** (x − mean) / √(variance + ε), then scale and shift per feature. */
function normalize(
  x: Tensor,
  mean: Tensor,
  variance: Tensor,
  epsilon: number,
  [scale, shift]: readonly Tensor[],
): Tensor {
  const normalized = tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, epsilon)));
  return tf.add(tf.mul(normalized, scale as Tensor), shift as Tensor);
}

/** Normalization of each example by itself, as one operation where the backend has it. */
function normalizeExamples(
  x: Tensor,
  [scale, shift]: readonly Tensor[],
  groups: number,
  options: NormalizeOptions,
): Tensor {
  const given = [x, scale as Tensor, shift ?? null] as const;
  const grouping = withinExamples(x, groups);
  const whole = normalizeGroups(...given, grouping, options);
  return whole ? whole.y : normalizeByOperations(...given, grouping, options);
}

/**
 * Batch normalization over the last axis of x [batch, features] or [batch, height, width, channels]
 * (Ioffe & Szegedy 2015; PyTorch's conventions). Training uses mean and biased variance of the batch and moves the
 * running ones: running ← (1 − momentum)·running + momentum·batch, with the unbiased variance. Evaluation uses the running ones.
 * @param momentum share of the new batch, in [0, 1]; Keras' momentum is 1 minus this.
 */
export function batchNormalization(
  name: string,
  features: number,
  momentum = 0.1,
  epsilon = 1e-5,
): Layer {
  const [meanName, varianceName] = [`${name}.running_mean`, `${name}.running_var`];
  return {
    name,
    role: "normalization",
    parameters: scaleAndShift(name, features, true),
    buffers: [
      { name: meanName, shape: [features], start: 0 },
      { name: varianceName, shape: [features], start: 1 },
    ],
    forward(x, parameters, context) {
      if (!context.training) {
        const [mean, variance] = [context.buffer(meanName), context.buffer(varianceName)];
        return normalize(x, mean, variance, epsilon, parameters);
      }
      const [scale, shift] = parameters as [Tensor, Tensor];
      const { y, mean, variance } = batchNormalize(x, scale, shift, epsilon);
      const count = x.size / features;
      const rate = context.statisticsRate ?? momentum;
      const moved = (running: Tensor, batch: Tensor, factor: number) =>
        tf.add(tf.mul(running, 1 - rate), tf.mul(batch, rate * factor));
      context.updateBuffer(meanName, moved(context.buffer(meanName), mean, 1));
      const unbiased = count / (count - 1);
      context.updateBuffer(varianceName, moved(context.buffer(varianceName), variance, unbiased));
      return y;
    },
  };
}

/** Layer normalization: mean and biased variance of each example over all its features (Ba et al. 2016). */
export function layerNormalization(name: string, features: number, epsilon = 1e-5): Layer {
  return {
    name,
    role: "normalization",
    parameters: scaleAndShift(name, features, true),
    forward: (x, parameters) => normalizeExamples(x, parameters, 1, { epsilon, centred: true }),
  };
}

/** RMS normalization: x / √(mean(x²) + ε) over each example, no mean, no shift (Zhang & Sennrich 2019). */
export function rmsNormalization(name: string, features: number, epsilon = 1e-5): Layer {
  return {
    name,
    role: "normalization",
    parameters: scaleAndShift(name, features, false),
    forward: (x, parameters) => normalizeExamples(x, parameters, 1, { epsilon, centred: false }),
  };
}

/** The largest number of groups up to `wanted` that divides the features. */
export function groupsFor(features: number, wanted: number): number {
  let groups = Math.min(wanted, features);
  while (features % groups !== 0) groups--;
  return groups;
}

/**
 * Group normalization: like layer normalization, within each of `groups` groups of neighbouring features (Wu & He 2018).
 * Where `groups` does not divide the features, the next smaller number that does is used.
 */
export function groupNormalization(
  name: string,
  features: number,
  groups: number,
  epsilon = 1e-5,
): Layer {
  const held = groupsFor(features, groups);
  return {
    name,
    role: "normalization",
    parameters: scaleAndShift(name, features, true),
    forward: (x, parameters) => normalizeExamples(x, parameters, held, { epsilon, centred: true }),
  };
}
