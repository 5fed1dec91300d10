// The moment that the right column speaks about: the live end of the run, or where the scrub bar stands.
import { type Experiment, withValue } from "../../experiment/schema";
import { describeTask } from "../../experiment/tasks";
import { lastAtMost } from "../logic/decimate";
import type { Moment } from "../logic/diagnosis/types";
import type { Mark } from "../logic/marks";
import { usePage } from "../store/page";
import { history, type Run, useRun } from "../store/run";
import { useTarget, useTaskType } from "../store/selectors";
import { useSettings } from "../store/settings";
import { useHistory } from "../ui/hooks";

/** @param visible while false nothing new is heard of */
export function useMoment(visible: boolean): Moment {
  useHistory(["points"], 250, visible);
  const scrub = usePage((page) => page.scrub);
  const type = useTaskType();
  const state = useRun((run) => run.state);
  const marks = useRun((run) => run.marks);
  const mislabelled = useRun(countMislabelled);
  const planned = useSettings((settings) => settings.experiment);
  const { columns } = history;
  const row =
    scrub === null || history.length === 0
      ? history.length - 1
      : lastAtMost(columns.epoch, scrub + 1e-9);
  const earlyStop = useRun((run) => run.earlyStop);
  const target = useTarget();
  const failed = useRun(({ phase }) => phase === "failed");
  const trainCount = useRun(({ dataset }) => dataset?.counts.train ?? 0);
  const spread = useRun(targetSpread);
  const experiment = settingsAt(planned, marks, columns.epoch[row] ?? 0);
  const held = { columns, row, type, target, state, spread, trainCount, experiment };
  const classes = describeTask(experiment.data).outputs;
  const totalEpochs = planned.optimizer.epochs;
  return { ...held, classes, totalEpochs, marks, mislabelled, earlyStop, failed };
}

/** The settings that led to an epoch: changes made at it or later have had no effect on it. */
function settingsAt(now: Experiment, marks: readonly Mark[], epoch: number): Experiment {
  return marks
    .filter((mark) => mark.path !== "stopping.patience" && mark.epoch >= epoch - 1e-9)
    .reduceRight((held, { path, from }) => withValue(held, path, from), now);
}

function countMislabelled({ dataset, experiment }: Run): number {
  const flags = dataset?.points?.train.mislabelled;
  if (flags) return flags.reduce((sum, flag) => sum + flag, 0);
  return Math.round((dataset?.counts.train ?? 0) * (experiment?.data.mislabelled ?? 0));
}

/** Variance of the training targets; a table's column is standardized. */
function targetSpread({ dataset }: Run): number | null {
  if (dataset?.target) return 1;
  const targets = dataset?.points?.train.targets;
  if (!targets || targets.length === 0) return null;
  const mean = targets.reduce((sum, value) => sum + value, 0) / targets.length;
  return targets.reduce((sum, value) => sum + (value - mean) ** 2, 0) / targets.length;
}
