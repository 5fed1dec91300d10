// Settings of early stopping: when to end before the last epoch, and by which figure.
import * as v from "valibot";
import { choice, integer } from "../fields";

export const stoppingSection = v.strictObject({
  patience: integer({
    key: "patience",
    label: "Early stopping",
    effect: "live",
    minimum: 0,
    maximum: 1000,
    default: 0,
    scale: "logarithmic",
    smallest: 1,
    snaps: [0, 1, 2, 5, 10, 20, 50, 100, 200],
    unit: "epochs",
  }),
  metric: choice({
    key: "stopby",
    label: "Stop by",
    effect: "live",
    default: "loss",
    choices: [
      { value: "loss", label: "Loss" },
      { value: "accuracy", label: "Accuracy" },
    ],
  }),
});
