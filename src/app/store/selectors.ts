// Questions that several parts of the page ask of the stores.
import { describeTask } from "../../experiment/tasks";
import type { TargetScale } from "../../worker/protocol";
import { useRun } from "./run";
import { useSettings } from "./settings";

/** The type of the run on the page; before there is one, of the experiment on the controls. */
export function useTaskType(): "classification" | "regression" {
  const ran = useRun((run) => run.experiment);
  const planned = useSettings((settings) => settings.experiment);
  return describeTask((ran ?? planned).data).type;
}

/** The column of values that the run on the page predicts; null where losses are in the unit of what is predicted. */
export function useTarget(): TargetScale | null {
  return useRun((run) => run.dataset?.target ?? null);
}
