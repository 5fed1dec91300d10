// A table's values: what the network predicts against what is true, both in the unit of the column.
import { useCallback, useRef, useState } from "react";
import type { DatasetSummary, RegressionReport, TargetScale } from "../../worker/protocol";
import { useWatched } from "../engine/watched";
import { niceTicks, tickText } from "../logic/axis";
import { plainNumber } from "../logic/figures";
import { commonRange, exampleWords, furthestOff, predictionsVerdict } from "../logic/predictions";
import { quantity, unitWords, valueText } from "../logic/target";
import { history } from "../store/run";
import { Canvas } from "../ui/Canvas";
import { type Palette, usePalette } from "../ui/colours";
import type { Size } from "../ui/hooks";
import { AsOfNow } from "./AsOfNow";
import { Figures } from "./Figures";
import { FoldedTable } from "./FoldedTable";
import { Judged, NoReport } from "./Judged";
import styles from "./report.module.css";
import views from "./views.module.css";

const edge = { left: 44, right: 10, top: 8, bottom: 34 } as const;
/** Pixels from a dot within which it is meant. */
const reach = 24;
/** Rows of the table. */
const shownRows = 30;

interface Frame {
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  readonly range: readonly [number, number];
}

function makeFrame(report: RegressionReport, { width, height }: Size): Frame {
  const [low, high] = commonRange(report);
  const across = (width - edge.left - edge.right) / (high - low);
  const up = (height - edge.top - edge.bottom) / (high - low);
  return {
    range: [low, high],
    x: (value) => edge.left + (value - low) * across,
    y: (value) => height - edge.bottom - (value - low) * up,
  };
}

export function ValuesView({ dataset }: { readonly dataset: DatasetSummary }) {
  const box = useRef<HTMLDivElement>(null);
  useWatched("predictions", box, 300);
  const report = history.latest("predictions");
  const { target } = dataset;
  return (
    <div className={views.body} ref={box} data-testid="values">
      {report && target ? (
        <Predictions report={report} target={target} dataset={dataset} />
      ) : (
        <NoReport />
      )}
    </div>
  );
}

interface Props {
  readonly report: RegressionReport;
  readonly target: TargetScale;
  readonly dataset: DatasetSummary;
}

function Predictions({ report, target, dataset }: Props) {
  const [pointed, setPointed] = useState<number | null>(null);
  const held = pointed !== null && pointed < report.count ? pointed : null;
  return (
    <>
      <p className={views.hint} data-testid="values-verdict">
        {predictionsVerdict(report, target)}
        <AsOfNow />
      </p>
      <Scatter report={report} target={target} pointed={held} onPoint={setPointed} />
      <p className={styles.words} data-testid="values-words">
        {held === null ? (
          <>
            Validation, <Judged report={report} dataset={dataset} /> examples. On the dashed line
            the prediction is true; below it is too low.
          </>
        ) : (
          exampleWords(report, target, held)
        )}
      </p>
      <div className={styles.foot}>
        <Errors report={report} target={target} />
        <FurthestOff report={report} target={target} />
      </div>
    </>
  );
}

interface ScatterProps {
  readonly report: RegressionReport;
  readonly target: TargetScale;
  readonly pointed: number | null;
  readonly onPoint: (index: number | null) => void;
}

function Scatter({ report, target, pointed, onPoint }: ScatterProps) {
  const frame = useRef<Frame | null>(null);
  const palette = usePalette();
  const draw = useCallback(
    (context: CanvasRenderingContext2D, size: Size) => {
      frame.current = makeFrame(report, size);
      drawAxes(context, size, frame.current, palette, target.name);
      drawDots(context, report, frame.current, palette, pointed);
    },
    [report, target, palette, pointed],
  );
  const point = (event: React.PointerEvent<HTMLDivElement>) => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    const [x, y] = [event.clientX - left, event.clientY - top];
    onPoint(frame.current && nearest(report, frame.current, x, y));
  };
  return (
    <div className={styles.diagram} onPointerMove={point} onPointerLeave={() => onPoint(null)}>
      <Canvas
        draw={draw}
        className={styles.drawing}
        label={`Predicted against actual values, ${unitWords(target)}; the table below has the figures`}
        testId="values-scatter"
      />
    </div>
  );
}

/** Number of the example whose dot is nearest to a place, or null where none is near. */
function nearest(report: RegressionReport, { x, y }: Frame, left: number, top: number) {
  let best: number | null = null;
  let least = reach;
  report.actual.forEach((actual, index) => {
    const distance = Math.hypot(x(actual) - left, y(report.predicted[index] as number) - top);
    if (distance < least) [best, least] = [index, distance];
  });
  return best;
}

function drawAxes(
  context: CanvasRenderingContext2D,
  { width, height }: Size,
  { x, y, range }: Frame,
  palette: Palette,
  name: string,
): void {
  context.font = "11px system-ui, sans-serif";
  context.fillStyle = palette.css("--ink-3");
  context.strokeStyle = palette.css("--line");
  context.lineWidth = 1;
  const bottom = height - edge.bottom;
  for (const tick of niceTicks(range[0], range[1], 5)) {
    context.beginPath();
    context.moveTo(edge.left, y(tick));
    context.lineTo(width - edge.right, y(tick));
    context.stroke();
    context.textAlign = "right";
    context.fillText(tickText(tick), edge.left - 6, y(tick) + 4);
    context.textAlign = "center";
    // The last one stays within the picture.
    const most = width - context.measureText(tickText(tick)).width / 2;
    context.fillText(tickText(tick), Math.min(x(tick), most), bottom + 14);
  }
  context.textAlign = "right";
  context.fillText(`actual ${name}`, width - edge.right, height - 6, width - edge.left);
  context.textAlign = "left";
  context.fillText(`predicted ${name}`, edge.left + 4, edge.top + 10, width - edge.left);
  context.beginPath();
  context.moveTo(x(range[0]), y(range[0]));
  context.lineTo(x(range[1]), y(range[1]));
  context.strokeStyle = palette.css("--ink-3");
  context.lineWidth = 1.4;
  context.setLineDash([5, 4]);
  context.stroke();
  context.setLineDash([]);
}

function drawDots(
  context: CanvasRenderingContext2D,
  { predicted, actual }: RegressionReport,
  { x, y }: Frame,
  palette: Palette,
  pointed: number | null,
): void {
  context.fillStyle = palette.css("--valid");
  context.globalAlpha = 0.6;
  const dot = (index: number, radius: number) => {
    context.beginPath();
    context.arc(x(actual[index] as number), y(predicted[index] as number), radius, 0, 2 * Math.PI);
    context.fill();
  };
  for (const index of actual.keys()) dot(index, 2.5);
  context.globalAlpha = 1;
  if (pointed === null) return;
  context.fillStyle = palette.css("--ink");
  dot(pointed, 4.5);
}

function Errors({ report, target }: Pick<Props, "report" | "target">) {
  const unit = unitWords(target);
  const figures = [
    [
      "RMSE",
      quantity(report.rootMeanSquare),
      `Root mean square error, ${unit}: large misses count more`,
    ],
    ["MAE", quantity(report.meanAbsolute), `Mean absolute error, ${unit}: how far off on average`],
    [
      "R²",
      plainNumber(report.explained),
      "Coefficient of determination: 1 is perfect, 0 is no better than the mean of the true values, below 0 is worse",
    ],
  ] as const;
  return <Figures figures={figures} testId="values-figures" />;
}

function FurthestOff({ report, target }: Pick<Props, "report" | "target">) {
  const rows = () =>
    furthestOff(report, shownRows).map((index) => {
      const [said, is] = [report.predicted[index] as number, report.actual[index] as number];
      const values = [said, is].map((value) => valueText(value, target));
      return [`example ${index}`, ...values, quantity(said - is)];
    });
  return (
    <FoldedTable
      head={["furthest off", "predicted", "actual", "off by"]}
      rows={rows}
      holds="numbers"
    />
  );
}
