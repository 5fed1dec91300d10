// Settings of the loss: what the network is asked to believe about its labels.
import * as v from "valibot";
import { choice, real } from "../fields";

export const lossSection = v.strictObject({
  labelSmoothing: real({
    key: "smooth",
    label: "Label smoothing",
    effect: "live",
    hyperparameter: true,
    minimum: 0,
    maximum: 0.9,
    default: 0,
    scale: "linear",
    snaps: [0, 0.05, 0.1, 0.2, 0.3],
  }),
  robustness: real({
    key: "robust",
    label: "Robust loss",
    effect: "live",
    hyperparameter: true,
    minimum: 0,
    maximum: 1,
    default: 0,
    scale: "linear",
    snaps: [0, 0.3, 0.5, 0.7, 1],
  }),
  classWeights: choice({
    key: "classweight",
    label: "Class weights",
    effect: "new run",
    default: "none",
    choices: [
      { value: "none", label: "None" },
      {
        value: "balancedWeighted",
        label: "Balanced",
      },
      {
        value: "balancedMean",
        label: "Balanced (mean)",
      },
    ],
  }),
});
