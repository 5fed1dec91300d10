// The moment that the right column speaks about: the live end of the run, or where the scrub bar stands.
import { lastAtMost } from "../logic/decimate";
import type { Moment } from "../logic/reading";
import { usePage } from "../store/page";
import { history, useRun } from "../store/run";
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
  const totalEpochs = useSettings(({ experiment }) => experiment.optimizer.epochs);
  const { columns } = history;
  const row =
    scrub === null || history.length === 0
      ? history.length - 1
      : lastAtMost(columns.epoch, scrub + 1e-9);
  const earlyStop = useRun((run) => run.earlyStop);
  const target = useTarget();
  const failed = useRun(({ phase }) => phase === "failed");
  const held = { columns, row, type, target, state, totalEpochs };
  return { ...held, marks, mislabelled, earlyStop, failed };
}

function countMislabelled({ dataset, experiment }: ReturnType<typeof useRun.getState>): number {
  const flags = dataset?.points?.train.mislabelled;
  if (flags) return flags.reduce((sum, flag) => sum + flag, 0);
  return Math.round((dataset?.counts.train ?? 0) * (experiment?.data.mislabelled ?? 0));
}
