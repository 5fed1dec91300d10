// Settings of augmentation: each time a training example is used, the network sees it changed a little.
import * as v from "valibot";
import { choice, integer, real } from "../fields";

const shares = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.75, 1];

export const augmentationSection = v.strictObject({
  crop: integer({
    key: "crop",
    label: "Crop with padding",
    effect: "live",
    minimum: 0,
    maximum: 8,
    default: 0,
    scale: "linear",
    snaps: [0, 1, 2, 3, 4, 6, 8],
  }),
  flip: choice({
    key: "flip",
    label: "Flip",
    effect: "live",
    default: "none",
    choices: [
      { value: "none", label: "None" },
      { value: "horizontal", label: "Left to right" },
    ],
  }),
  brightness: real({
    key: "bright",
    label: "Brightness",
    effect: "live",
    minimum: 0,
    maximum: 1,
    default: 0,
    scale: "linear",
    snaps: shares,
  }),
  contrast: real({
    key: "contrast",
    label: "Contrast",
    effect: "live",
    minimum: 0,
    maximum: 1,
    default: 0,
    scale: "linear",
    snaps: shares,
  }),
  saturation: real({
    key: "saturation",
    label: "Saturation",
    effect: "live",
    minimum: 0,
    maximum: 1,
    default: 0,
    scale: "linear",
    snaps: shares,
  }),
  erasing: real({
    key: "erase",
    label: "Random erasing",
    effect: "live",
    minimum: 0,
    maximum: 1,
    default: 0,
    scale: "linear",
    snaps: shares,
  }),
  mixup: real({
    key: "mixup",
    label: "Mixup",
    effect: "live",
    minimum: 0,
    maximum: 4,
    default: 0,
    scale: "linear",
    snaps: [0, 0.1, 0.2, 0.4, 1, 2, 4],
  }),
});
