// The column of curves: loss with its penalties, and below it the score with the gap.
import { figure, points } from "../logic/figures";
import { gapAt } from "../logic/reading";
import { history } from "../store/run";
import { useTaskType } from "../store/selectors";
import { useHistory } from "../ui/hooks";
import { CurvePanel } from "./CurvePanel";
import styles from "./curves.module.css";
import { useShownRow } from "./Overlay";
import { accuracyChart, errorChart, lossChart } from "./series";

export function Curves() {
  const type = useTaskType();
  return (
    <>
      <CurvePanel chart={lossChart} className={styles.loss} />
      <CurvePanel
        chart={type === "classification" ? accuracyChart : errorChart}
        aside={<Gap type={type} />}
        className={styles.score}
      />
    </>
  );
}

function Gap({ type }: { readonly type: "classification" | "regression" }) {
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
  return (
    <>
      loss gap <b data-testid="gap">{figure(gapAt(history.columns, row, type))}</b>
    </>
  );
}
