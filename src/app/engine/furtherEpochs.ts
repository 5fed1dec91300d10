// How far a finished run can go on: as many epochs again, within what the settings allow.
import { maximumEpochs } from "../../experiment/bounds";
import { type Experiment, fieldEntry } from "../../experiment/schema";

function mostEpochs(experiment: Experiment): number {
  const { field } = fieldEntry("optimizer.epochs");
  const allowed = field.type === "integer" ? field.maximum : Number.POSITIVE_INFINITY;
  return Math.min(allowed, maximumEpochs(experiment));
}

/** The new number of epochs, or in words why there are none left. */
export function furtherEpochs(experiment: Experiment, epoch: number): number | string {
  const most = mostEpochs(experiment);
  const done = Math.round(epoch);
  if (done >= most) {
    return `Epochs is at its largest value, ${most}. Press Train again to start over with the present settings.`;
  }
  return Math.min(most, done + experiment.optimizer.epochs);
}
