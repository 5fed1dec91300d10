// Tells a screen reader how the run stands: politely, in one sentence, every so many epochs and never more than every 5 s.

import { useEffect, useRef, useState } from "react";
import type { TargetScale } from "../../worker/protocol";
import { gapAt } from "../logic/diagnosis/measures";
import { figure, percent, points } from "../logic/figures";
import { quantity, typicalError, unitWords } from "../logic/target";
import { history, useRun } from "../store/run";
import { useTarget, useTaskType } from "../store/selectors";
import { useSettings } from "../store/settings";
import { useHistory } from "../ui/hooks";

const shortestPause = 5000;
/** Announcements over a whole run. */
const parts = 10;

function sentence(type: "classification" | "regression", target: TargetScale | null): string {
  const { columns } = history;
  const row = history.length - 1;
  const epoch = Math.round(columns.epoch[row] as number);
  if (target) {
    const error = (loss: readonly number[]) => quantity(typicalError(loss[row] as number, target));
    return `Epoch ${epoch}: training error ${error(columns.trainLoss)}, validation error ${error(columns.validationLoss)}, ${unitWords(target)}.`;
  }
  if (type === "regression") {
    return `Epoch ${epoch}: training loss ${figure(columns.trainLoss[row])}, validation loss ${figure(columns.validationLoss[row])}.`;
  }
  return `Epoch ${epoch}: training accuracy ${percent(columns.trainAccuracy[row])}, validation accuracy ${percent(columns.validationAccuracy[row])}, gap ${points(gapAt(columns, row, type))} points.`;
}

export function Announcer() {
  const version = useHistory(["points"], 1000);
  const type = useTaskType();
  const target = useTarget();
  const state = useRun((run) => run.state);
  const total = useSettings(({ experiment }) => experiment.optimizer.epochs);
  const [text, setText] = useState("");
  const last = useRef({ time: Number.NEGATIVE_INFINITY, part: 0, state });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the record's version says when there is news
  useEffect(() => {
    if (history.length < 2) return;
    const epoch = history.columns.epoch.at(-1) ?? 0;
    const part = Math.floor((epoch / total) * parts);
    const ended = state !== last.current.state && (state === "finished" || state === "paused");
    const due = part !== last.current.part && performance.now() - last.current.time > shortestPause;
    if (!due && !ended) return;
    last.current = { time: performance.now(), part, state };
    setText(
      `${state === "finished" ? "Finished. " : state === "paused" ? "Paused. " : ""}${sentence(type, target)}`,
    );
  }, [version, state, type, target, total]);
  useEffect(() => {
    if (state === "training") last.current = { ...last.current, state };
  }, [state]);
  return (
    <p className="visually-hidden" aria-live="polite" data-testid="announcer">
      {text}
    </p>
  );
}
