// Settings of the loss: what the network is asked to believe about its labels.
import * as v from "valibot";
import { choice, real } from "../fields";

export const lossSection = v.strictObject({
  labelSmoothing: real({
    key: "smooth",
    label: "Label smoothing",
    source: "Szegedy et al. 2016; Müller et al. 2019",
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
    source: "Zhang & Sabuncu 2018",
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
    source: "King & Zeng 2001; PyTorch CrossEntropyLoss(weight); Keras class_weight",
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
