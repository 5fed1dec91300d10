// Changes of a batch of pictures on the device: moved, mirrored, jittered in colour, partly erased.
import type { Scaling } from "../../data/types";
import { type Tensor, tf } from "../tensors";
import type { AugmentationSettings, PictureChange } from "./draws";

/** Raw pixels are bytes. */
const largestPixel = 255;
/** Weights of red, green and blue in grey (ITU-R BT.601, as torchvision has them). */
const greyWeights = [0.2989, 0.587, 0.114];

/** True when any of the settings changes pictures. */
export function changesPictures(settings: AugmentationSettings): boolean {
  const { crop, flip, brightness, contrast, saturation, erasing } = settings;
  return crop + brightness + contrast + saturation + erasing > 0 || flip !== "none";
}

/** One number per example as [batch, 1, 1, 1]. */
function perExample(values: readonly number[]): Tensor {
  return tf.tensor(values as number[], [values.length, 1, 1, 1], "float32");
}

/** Moves and mirrors whole pixels; what comes in from outside is black. */
function move(pictures: Tensor, changes: readonly PictureChange[]): Tensor {
  const width = pictures.shape[2] as number;
  // Each row maps a place in the result to a place in the picture: x ← a₀·x + a₂, y ← y + b₂.
  const transforms = changes.flatMap(({ down, right, mirrored }) =>
    mirrored ? [-1, 0, width - 1 + right, 0, 1, down, 0, 0] : [1, 0, right, 0, 1, down, 0, 0],
  );
  const rows = tf.tensor2d(transforms, [changes.length, 8], "float32");
  return tf.image.transform(pictures as never, rows, "nearest", "constant", 0);
}

const clip = (pictures: Tensor) => tf.clipByValue(pictures, 0, largestPixel);

/** Grey of every pixel, [batch, height, width, 1]. */
function greyOf(pictures: Tensor): Tensor {
  if (pictures.shape[3] !== 3) return tf.mean(pictures, 3, true);
  return tf.sum(tf.mul(pictures, tf.tensor1d(greyWeights)), 3, true);
}

/** Brightness, contrast and saturation, in this order, each within the range of a byte (torchvision's forms). */
function jitter(
  pictures: Tensor,
  changes: readonly PictureChange[],
  settings: AugmentationSettings,
): Tensor {
  let held = pictures;
  const factors = (name: "brightness" | "contrast" | "saturation") =>
    perExample(changes.map((change) => change[name]));
  const blend = (grey: Tensor, factor: Tensor) =>
    clip(tf.add(grey, tf.mul(factor, tf.sub(held, grey))));
  if (settings.brightness > 0) held = clip(tf.mul(held, factors("brightness")));
  if (settings.contrast > 0) {
    held = blend(tf.mean(greyOf(held), [1, 2], true), factors("contrast"));
  }
  if (settings.saturation > 0) held = blend(greyOf(held), factors("saturation"));
  return held;
}

/** 1 inside [start, start + length) along one axis, else 0. */
function inside(positions: Tensor, starts: readonly number[], lengths: readonly number[]): Tensor {
  const from = perExample(starts);
  const to = perExample(starts.map((start, i) => start + (lengths[i] as number)));
  return tf.mul(
    tf.cast(tf.greaterEqual(positions, from), "float32"),
    tf.cast(tf.less(positions, to), "float32"),
  );
}

function erase(pictures: Tensor, changes: readonly PictureChange[]): Tensor {
  const [, height, width] = pictures.shape as [number, number, number, number];
  const side = (name: "top" | "left" | "height" | "width") =>
    changes.map(({ erased }) => erased?.[name] ?? 0);
  const rows = tf.reshape(tf.range(0, height), [1, height, 1, 1]);
  const columns = tf.reshape(tf.range(0, width), [1, 1, width, 1]);
  const covered = tf.mul(
    inside(rows, side("top"), side("height")),
    inside(columns, side("left"), side("width")),
  );
  return tf.mul(pictures, tf.sub(1, covered));
}

/**
 * The pictures with their changes. All work is done on raw pixels 0 … 255, so it means the same at every input scaling.
 * @param inputs scaled pictures, [batch, height · width · channels]; @param shape [height, width, channels]
 */
export function changePictures(
  inputs: Tensor,
  changes: readonly PictureChange[],
  settings: AugmentationSettings,
  shape: readonly number[],
  { offset, factor }: Scaling,
): Tensor {
  const [shift, scale] = [tf.tensor1d(offset), tf.tensor1d(factor)];
  const raw = tf.add(tf.div(inputs, scale), shift);
  let held: Tensor = tf.reshape(raw, [changes.length, ...shape]);
  if (settings.crop > 0 || settings.flip !== "none") held = move(held, changes);
  held = jitter(held, changes, settings);
  if (settings.erasing > 0) held = erase(held, changes);
  return tf.mul(tf.sub(tf.reshape(held, inputs.shape), shift), scale);
}
