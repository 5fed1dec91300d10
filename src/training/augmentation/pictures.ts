// Changes of a batch of pictures on the device: moved, mirrored, jittered in colour, partly erased.
import type { Scaling } from "../../data/types";
import type { StepTensors } from "../stepValues";
import { type Tensor, tf } from "../tensors";
import type { AugmentationSettings } from "./draws";

/** Raw pixels are bytes. */
const largestPixel = 255;
/** Weights of red, green and blue in grey (ITU-R BT.601, as torchvision has them). */
const greyWeights = [0.2989, 0.587, 0.114];

/** True when any of the settings changes pictures. */
export function changesPictures(settings: AugmentationSettings): boolean {
  const { crop, flip, brightness, contrast, saturation, erasing } = settings;
  return crop + brightness + contrast + saturation + erasing > 0 || flip !== "none";
}

/** Moves and mirrors whole pixels; what comes in from outside is black. */
function move(pictures: Tensor, rows: Tensor): Tensor {
  return tf.image.transform(pictures as never, rows as never, "nearest", "constant", 0);
}

const clip = (pictures: Tensor) => tf.clipByValue(pictures, 0, largestPixel);

/** Grey of every pixel, [batch, height, width, 1]. */
function greyOf(pictures: Tensor): Tensor {
  if (pictures.shape[3] !== 3) return tf.mean(pictures, 3, true);
  return tf.sum(tf.mul(pictures, tf.tensor1d(greyWeights)), 3, true);
}

/** Brightness, contrast and saturation, in this order, each within the range of a byte (torchvision's forms). */
function jitter(pictures: Tensor, { brightness, contrast, saturation }: StepTensors): Tensor {
  let held = pictures;
  const blend = (grey: Tensor, factor: Tensor) =>
    clip(tf.add(grey, tf.mul(factor, tf.sub(held, grey))));
  if (brightness) held = clip(tf.mul(held, brightness));
  if (contrast) held = blend(tf.mean(greyOf(held), [1, 2], true), contrast);
  if (saturation) held = blend(greyOf(held), saturation);
  return held;
}

/** 1 inside [from, to) along one axis, else 0. */
function inside(positions: Tensor, from: Tensor, to: Tensor): Tensor {
  return tf.mul(
    tf.cast(tf.greaterEqual(positions, from), "float32"),
    tf.cast(tf.less(positions, to), "float32"),
  );
}

function erase(pictures: Tensor, tables: StepTensors): Tensor {
  const [, height, width] = pictures.shape as [number, number, number, number];
  const side = (name: string) => tables[name] as Tensor;
  const rows = tf.reshape(tf.range(0, height), [1, height, 1, 1]);
  const columns = tf.reshape(tf.range(0, width), [1, 1, width, 1]);
  const covered = tf.mul(
    inside(rows, side("erasedTop"), side("erasedBottom")),
    inside(columns, side("erasedLeft"), side("erasedRight")),
  );
  return tf.mul(pictures, tf.sub(1, covered));
}

/**
 * The pictures with their changes. All work is done on raw pixels 0 … 255, so it means the same at every input scaling.
 * @param inputs scaled pictures, [batch, height · width · channels]; @param tables see tables.ts;
 * @param shape [height, width, channels]
 */
export function changePictures(
  inputs: Tensor,
  tables: StepTensors,
  shape: readonly number[],
  { offset, factor }: Scaling,
): Tensor {
  const [shift, scale] = [tf.tensor1d(offset), tf.tensor1d(factor)];
  const raw = tf.add(tf.div(inputs, scale), shift);
  let held: Tensor = tf.reshape(raw, [-1, ...shape]);
  if (tables.moves) held = move(held, tables.moves);
  held = jitter(held, tables);
  if (tables.erasedTop) held = erase(held, tables);
  return tf.mul(tf.sub(tf.reshape(held, inputs.shape), shift), scale);
}
