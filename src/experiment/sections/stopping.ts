// Settings of early stopping: when to end before the last epoch, and by which figure.
import * as v from "valibot";
import { choice, integer } from "../fields";

export const stoppingSection = v.strictObject({
  patience: integer({
    key: "patience",
    label: "Early stopping",
    help: "Ends training when validation has not improved for this many epochs, and brings back the weights of its best moment. 0 switches it off. What was measured after the best moment stays on the curves.",
    source: "Prechelt 1998, Early Stopping – But When?",
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
    help: "The validation figure that must improve.",
    effect: "live",
    default: "loss",
    choices: [
      { value: "loss", label: "Loss" },
      { value: "accuracy", label: "Accuracy" },
    ],
  }),
});
