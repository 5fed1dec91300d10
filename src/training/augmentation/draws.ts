// What augmentation does to each example of a step, drawn from (seed, step, example) alone: the same on every backend.
import { RandomSequence, random, Stream } from "../../data/random";
import type { Experiment } from "../../experiment/schema";

export type AugmentationSettings = Experiment["augmentation"];

/** A rectangle of pixels. */
export interface Rectangle {
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
}

/** The changes of one picture. */
export interface PictureChange {
  /** Pixels that the content moves up and left by: the window's place in the padded picture, less the padding. */
  readonly down: number;
  readonly right: number;
  readonly mirrored: boolean;
  /** Factors around 1. */
  readonly brightness: number;
  readonly contrast: number;
  readonly saturation: number;
  readonly erased: Rectangle | null;
}

/** Numbers kept for each example, so that one technique's draws do not depend on another's. */
const drawsPerExample = 16;
/** Area of an erased rectangle as a share of the picture, and its height over its width (Zhong et al. 2020). */
const erasedArea = [0.02, 0.33] as const;
const erasedAspect = [0.3, 1 / 0.3] as const;

/** @param u uniform in [0, 1). */
const between = (u: number, [low, high]: readonly [number, number]) => low + (high - low) * u;

function rectangle(draw: (k: number) => number, height: number, width: number): Rectangle {
  const area = between(draw(8), erasedArea) * height * width;
  const [low, high] = erasedAspect;
  const aspect = Math.exp(between(draw(9), [Math.log(low), Math.log(high)]));
  const within = (length: number, limit: number) =>
    Math.min(limit, Math.max(1, Math.round(length)));
  const h = within(Math.sqrt(area * aspect), height);
  const w = within(Math.sqrt(area / aspect), width);
  return {
    top: Math.floor(draw(10) * (height - h + 1)),
    left: Math.floor(draw(11) * (width - w + 1)),
    height: h,
    width: w,
  };
}

/** The changes of `count` pictures of height × width pixels at a step. */
export function drawPictureChanges(
  settings: AugmentationSettings,
  seed: number,
  step: number,
  count: number,
  height: number,
  width: number,
): readonly PictureChange[] {
  return Array.from({ length: count }, (_, example) => {
    const draw = (k: number) =>
      random(seed, Stream.augmentation, step, drawsPerExample * example + k);
    const shift = (k: number) => Math.floor(draw(k) * (2 * settings.crop + 1)) - settings.crop;
    const factor = (k: number, strength: number) => between(draw(k), [1 - strength, 1 + strength]);
    return {
      down: shift(0),
      right: shift(1),
      mirrored: settings.flip === "horizontal" && draw(2) < 0.5,
      brightness: factor(3, settings.brightness),
      contrast: factor(4, settings.contrast),
      saturation: factor(5, settings.saturation),
      erased: draw(7) < settings.erasing ? rectangle(draw, height, width) : null,
    };
  });
}

/** A draw from Gamma(shape, 1) (Marsaglia & Tsang 2000, ACM TOMS 26(3)). @param shape > 0 */
function drawGamma(sequence: RandomSequence, shape: number): number {
  if (shape < 1) {
    return drawGamma(sequence, shape + 1) * (1 - sequence.uniform()) ** (1 / shape);
  }
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = sequence.normal();
    const v = (1 + c * x) ** 3;
    if (v <= 0) continue;
    const u = 1 - sequence.uniform();
    if (Math.log(u) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** A draw from Beta(α, α), in [0, 1]. @param alpha > 0 */
export function drawBeta(sequence: RandomSequence, alpha: number): number {
  const [a, b] = [drawGamma(sequence, alpha), drawGamma(sequence, alpha)];
  // For very small α both can fall below the smallest number: the draw is then as good as 0 or 1.
  if (a + b === 0) return sequence.uniform() < 0.5 ? 0 : 1;
  return a / (a + b);
}

export interface Mixing {
  /** Share of the example itself in [0, 1]; its partner has the rest. */
  readonly share: number;
  /** Place in the batch of each example's partner, [count]; a permutation. */
  readonly partners: Int32Array;
}

/** How a batch is mixed at a step (Zhang et al. 2018: one share for the batch). */
export function drawMixing(alpha: number, seed: number, step: number, count: number): Mixing {
  const sequence = new RandomSequence(seed, Stream.mixup, step);
  const share = drawBeta(sequence, alpha);
  // The order of a batch is random already: a step around it pairs strangers, and nobody with themselves.
  const by = count > 1 ? 1 + sequence.below(count - 1) : 0;
  return { share, partners: Int32Array.from({ length: count }, (_, i) => (i + by) % count) };
}
