// Settings of averaged weights: a second set of weights that follows the first and is evaluated beside it.
import * as v from "valibot";
import { choice, real } from "../fields";

export const averagingSection = v.strictObject({
  kind: choice({
    key: "average",
    label: "Averaged weights",
    effect: "new run",
    default: "none",
    choices: [
      { value: "none", label: "None" },
      { value: "ema", label: "EMA" },
      {
        value: "swa",
        label: "SWA",
      },
    ],
  }),
  decay: real({
    key: "averagedecay",
    label: "EMA decay",
    effect: "live",
    hyperparameter: "averageDecay",
    neutral: 0,
    minimum: 0,
    maximum: 0.9999,
    default: 0.99,
    scale: "linear",
    snaps: [0.5, 0.9, 0.95, 0.99, 0.999],
  }),
  start: real({
    key: "averagestart",
    label: "SWA start",
    effect: "new run",
    minimum: 0,
    maximum: 1,
    default: 0.5,
    scale: "linear",
    snaps: [0, 0.25, 0.5, 0.75, 0.9],
    unit: "%",
  }),
});
