// The column of curves: loss with its penalties, and below it the score with the gap.
import { useMemo } from "react";
import type { TargetScale } from "../../worker/protocol";
import { gapAt } from "../logic/diagnosis/measures";
import { figure, points } from "../logic/figures";
import { errorGap, quantity, valueText } from "../logic/target";
import { history } from "../store/run";
import { useTarget, useTaskType } from "../store/selectors";
import { useHistory } from "../ui/hooks";
import { CurvePanel } from "./CurvePanel";
import { useShownRow } from "./Overlay";
import { accuracyChart, errorChart, errorChartFor, lossChart } from "./series";

export function Curves() {
  const type = useTaskType();
  const target = useTarget();
  const errors = useMemo(() => (target ? errorChartFor(target) : errorChart), [target]);
  return (
    <>
      <CurvePanel chart={lossChart} aside={target ? <Standardized target={target} /> : null} />
      <CurvePanel
        chart={type === "classification" ? accuracyChart : errors}
        aside={<Gap type={type} target={target} />}
      />
    </>
  );
}

/** What the loss is measured in where the network learns a column of a table. */
function Standardized({ target }: { readonly target: TargetScale }) {
  const { name, mean, deviation } = target;
  return (
    <span
      title={`The network learns (${name} − ${valueText(mean, target)}) / ${quantity(deviation)}, by mean and standard deviation of the training part, so that learning rates and strengths mean the same for every column.`}
      data-testid="standardized"
    >
      of standardized values
    </span>
  );
}

interface GapProps {
  readonly type: "classification" | "regression";
  readonly target: TargetScale | null;
}

function Gap({ type, target }: GapProps) {
  useHistory(["points"], 300);
  const row = useShownRow();
  if (row < 0) return null;
  if (type === "classification") {
    return (
      <>
        gap <b data-testid="gap">{points(gapAt(history.columns, row, type))}</b> points
      </>
    );
  }
  if (target) {
    return (
      <>
        gap <b data-testid="gap">{quantity(errorGap(history.columns, row, target))}</b>
      </>
    );
  }
  return (
    <>
      loss gap <b data-testid="gap">{figure(gapAt(history.columns, row, type))}</b>
    </>
  );
}
