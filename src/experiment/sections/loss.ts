// Settings of the loss: what the network is asked to believe about its labels.
import * as v from "valibot";
import { choice, real } from "../fields";

export const lossSection = v.strictObject({
  labelSmoothing: real({
    key: "smooth",
    label: "Label smoothing",
    help: "The target is 1 − s + s/K for the true class and s/K for the others. A network that is never asked for certainty stays less sure of itself, and its confidence fits its accuracy better. Both losses shown include it.",
    source: "Szegedy et al. 2016; Müller et al. 2019",
    effect: "live",
    minimum: 0,
    maximum: 0.9,
    default: 0,
    scale: "linear",
    snaps: [0, 0.05, 0.1, 0.2, 0.3],
  }),
  robustness: real({
    key: "robust",
    label: "Robust loss",
    help: "Generalized cross entropy (1 − pᵠ)/q: 0 is cross entropy, 1 is 1 − p, like the mean absolute error. In between, examples that the network finds very unlikely pull less, so wrong labels are learned later or not at all.",
    source: "Zhang & Sabuncu 2018",
    effect: "live",
    minimum: 0,
    maximum: 1,
    default: 0,
    scale: "linear",
    snaps: [0, 0.3, 0.5, 0.7, 1],
  }),
  classWeights: choice({
    key: "classweight",
    label: "Class weights",
    help: "Weighs each example by how rare its class is in the training part, so that a frequent class does not drown the others.",
    source: "King & Zeng 2001; PyTorch CrossEntropyLoss(weight); Keras class_weight",
    effect: "new run",
    default: "none",
    choices: [
      { value: "none", label: "None" },
      {
        value: "balancedWeighted",
        label: "Balanced",
        help: "Divided by the sum of the batch's weights (PyTorch).",
      },
      {
        value: "balancedMean",
        label: "Balanced (mean)",
        help: "The same weights, divided by the batch size (Keras).",
      },
    ],
  }),
});
