// Settings of averaged weights: a second set of weights that follows the first and is evaluated beside it.
import * as v from "valibot";
import { choice, real } from "../fields";

export const averagingSection = v.strictObject({
  kind: choice({
    key: "average",
    label: "Averaged weights",
    help: "Keeps an average of the weights along the way and shows its validation beside the live network's. Training itself is not changed. The average often generalizes a little better, above all when the live curve is noisy.",
    source: "Polyak & Juditsky 1992; Izmailov et al. 2018",
    effect: "new run",
    default: "none",
    choices: [
      { value: "none", label: "None" },
      { value: "ema", label: "EMA", help: "Exponential moving average, after every step." },
      {
        value: "swa",
        label: "SWA",
        help: "Plain mean of the weights at the ends of epochs, from the start below on.",
      },
    ],
  }),
  decay: real({
    key: "averagedecay",
    label: "EMA decay",
    help: "Share of the old average that is kept at each step: 0.99 looks back over about a hundred steps.",
    effect: "live",
    minimum: 0,
    maximum: 0.9999,
    default: 0.99,
    scale: "linear",
    snaps: [0.5, 0.9, 0.95, 0.99, 0.999],
  }),
  start: real({
    key: "averagestart",
    label: "SWA start",
    help: "Share of the run after which the mean begins.",
    effect: "new run",
    minimum: 0,
    maximum: 1,
    default: 0.5,
    scale: "linear",
    snaps: [0, 0.25, 0.5, 0.75, 0.9],
    unit: "%",
  }),
});
