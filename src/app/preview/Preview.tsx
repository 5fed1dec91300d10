// On a phone: boundary, loss and figures in small, in sight while the controls are, so that a change and its effect are seen together.
import { useMemo, useRef } from "react";
import type { DatasetSummary } from "../../worker/protocol";
import { type Drawing, draw, lossChart } from "../charts/series";
import { gapAt } from "../logic/diagnosis/measures";
import type { Moment } from "../logic/diagnosis/types";
import { figure, percent, points } from "../logic/figures";
import { useMoment } from "../meaning/useMoment";
import { history, useRun } from "../store/run";
import { useHistory, useVisible } from "../ui/hooks";
import { BoundaryMap, useBoundary } from "../views/BoundaryView";
import styles from "./preview.module.css";

/** Least time between two redraws, in milliseconds. */
const redrawInterval = 300;

export default function Preview() {
  const box = useRef<HTMLElement>(null);
  const visible = useVisible(box);
  const moment = useMoment(visible);
  const dataset = useRun((run) => run.dataset);
  return (
    <section ref={box} className={styles.preview} aria-label="Preview" data-testid="preview">
      {dataset?.points ? <SmallBoundary dataset={dataset} /> : null}
      <SmallLoss visible={visible} total={moment.totalEpochs} />
      <Figures moment={moment} />
    </section>
  );
}

function SmallBoundary({ dataset }: { readonly dataset: DatasetSummary }) {
  const box = useRef<HTMLDivElement>(null);
  const picture = useBoundary(box);
  return (
    <div ref={box} className={styles.map} data-classes={dataset.classNames.length}>
      <BoundaryMap picture={picture} />
    </div>
  );
}

function SmallLoss({ visible, total }: { readonly visible: boolean; readonly total: number }) {
  const version = useHistory(["points"], redrawInterval, visible);
  const marks = useRun((run) => run.marks);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the columns grow in place, the version says when
  const drawing = useMemo(() => draw(lossChart, history.columns, total, false), [total, version]);
  const [, end] = drawing.scales.x;
  return (
    <svg
      className={styles.loss}
      viewBox="0 0 100 100"
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {marks.map(({ step, path, epoch }) => (
        <path
          key={`${step}-${path}`}
          d={`M${(100 * epoch) / end} 0V100`}
          stroke="var(--penalty)"
          strokeDasharray="3 3"
        />
      ))}
      {drawing.series.map(({ key, colour, dashed }) => (
        <path
          key={key}
          d={outline(drawing, key)}
          stroke={colour}
          strokeWidth="2"
          {...(dashed ? { strokeDasharray: "5 4" } : {})}
        />
      ))}
    </svg>
  );
}

/** A line of the chart within 100×100, broken where there is nothing to draw. */
function outline({ rows, scales }: Drawing, key: string): string {
  const [, end] = scales.x;
  const [low, high] = scales.y;
  let pen = "M";
  return rows
    .map((row) => {
      const value = row[key];
      if (typeof value !== "number") {
        pen = "M";
        return "";
      }
      const x = (100 * (row.epoch as number)) / end;
      const y = 100 - (100 * (value - low)) / (high - low);
      const place = `${pen}${x.toFixed(2)} ${y.toFixed(2)}`;
      pen = "L";
      return place;
    })
    .join("");
}

function Figures({ moment: { columns, row, type } }: { readonly moment: Moment }) {
  const classifies = type === "classification";
  const at = (accuracy: readonly number[], loss: readonly number[]) =>
    row < 0 ? "–" : classifies ? percent(accuracy[row]) : figure(loss[row]);
  const gap = row < 0 ? Number.NaN : gapAt(columns, row, type);
  const what = classifies ? "" : " loss";
  return (
    <dl className={styles.figures}>
      <div data-part="train">
        <dt>{`train${what}`}</dt>
        <dd>{at(columns.trainAccuracy, columns.trainLoss)}</dd>
      </div>
      <div data-part="validation">
        <dt>{`val.${what}`}</dt>
        <dd>{at(columns.validationAccuracy, columns.validationLoss)}</dd>
      </div>
      <div>
        <dt>gap</dt>
        <dd data-testid="preview-gap">
          {Number.isNaN(gap) ? "–" : classifies ? points(gap) : figure(gap)}
        </dd>
      </div>
    </dl>
  );
}
