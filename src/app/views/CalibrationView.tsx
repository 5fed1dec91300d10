// The reliability diagram: accuracy against confidence, and the figures that sum it up.
import { useRef, useState } from "react";
import type { ClassificationReport, DatasetSummary, ReliabilityBin } from "../../worker/protocol";
import { useWatched } from "../engine/watched";
import { figure, percent } from "../logic/figures";
import { binWords, calibrationWords } from "../logic/verdicts";
import { history } from "../store/run";
import { type Size, useSize } from "../ui/hooks";
import { useRoving } from "../ui/roving";
import { AsOfNow } from "./AsOfNow";
import { Figures } from "./Figures";
import { FoldedTable } from "./FoldedTable";
import { Judged, NoReport } from "./Judged";
import styles from "./report.module.css";
import views from "./views.module.css";

const edge = { left: 42, right: 6, top: 6, bottom: 18 } as const;
/** Height of the bars that show how many predictions a bin holds. */
const crowd = 26;

export function CalibrationView({ dataset }: { readonly dataset: DatasetSummary }) {
  const box = useRef<HTMLDivElement>(null);
  useWatched("report", box, 300);
  const report = history.latest("report");
  const [pointed, setPointed] = useState<number | null>(null);
  const bin = pointed === null ? undefined : report?.bins[pointed];
  return (
    <div className={views.body} ref={box} data-testid="calibration">
      {report ? (
        <>
          <p className={views.hint} data-testid="calibration-verdict">
            {calibrationWords(report)}
            <AsOfNow />
          </p>
          <Diagram bins={report.bins} onPoint={setPointed} />
          <p className={styles.words} data-testid="calibration-words">
            {bin ? (
              binWords(bin)
            ) : (
              <>
                Bars: accuracy at each confidence level (validation,{" "}
                <Judged report={report} dataset={dataset} />
                ). Perfect calibration follows the dashed line.
              </>
            )}
          </p>
          <div className={styles.foot}>
            <Scores report={report} />
            <BinTable bins={report.bins} />
          </div>
        </>
      ) : (
        <NoReport />
      )}
    </div>
  );
}

interface DiagramProps {
  readonly bins: readonly ReliabilityBin[];
  readonly onPoint: (bin: number | null) => void;
}

function Diagram({ bins, onPoint }: DiagramProps) {
  const box = useRef<HTMLDivElement>(null);
  const size = useSize(box);
  const { current, setCurrent, onKeyDown } = useRoving(bins.length);
  const share = 100 / bins.length;
  return (
    <div className={styles.diagram} ref={box}>
      {size.width > 0 ? <Drawing bins={bins} size={size} /> : null}
      <div
        role="toolbar"
        aria-label="Confidence levels"
        className={styles.bins}
        style={{ left: edge.left, right: edge.right }}
        onKeyDown={onKeyDown}
      >
        {bins.map((bin, index) => (
          <button
            key={bin.low}
            type="button"
            data-roving
            tabIndex={index === current ? 0 : -1}
            aria-label={binWords(bin)}
            style={{ left: `${share * index}%`, width: `${share}%` }}
            onPointerEnter={() => onPoint(index)}
            onPointerLeave={() => onPoint(null)}
            onFocus={() => {
              setCurrent(index);
              onPoint(index);
            }}
            onBlur={() => onPoint(null)}
          />
        ))}
      </div>
    </div>
  );
}

interface DrawingProps {
  readonly bins: readonly ReliabilityBin[];
  readonly size: Size;
}

function Drawing({ bins, size: { width, height } }: DrawingProps) {
  const bottom = height - edge.bottom - crowd - 4;
  const x = (share: number) => edge.left + share * (width - edge.left - edge.right);
  const y = (share: number) => bottom - share * (bottom - edge.top);
  const most = Math.max(1, ...bins.map(({ count }) => count));
  return (
    <svg width={width} height={height} aria-hidden="true" className={styles.drawing}>
      <pattern
        id="gap"
        width="5"
        height="5"
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <path d="M0 0V5" stroke="var(--valid)" strokeWidth="2.4" />
      </pattern>
      {[0, 0.5, 1].map((share) => (
        <g key={share}>
          <path d={`M${x(0)} ${y(share) + 0.5}H${x(1)}`} stroke="var(--line)" />
          <text x={edge.left - 6} y={y(share) + 4} textAnchor="end">
            {share * 100} %
          </text>
          <text
            x={x(share)}
            y={height - 4}
            textAnchor={share === 0 ? "start" : share === 1 ? "end" : "middle"}
          >
            {share * 100} %{share === 0.5 ? " confidence" : ""}
          </text>
        </g>
      ))}
      {bins.map((bin) => (
        <Bar key={bin.low} bin={bin} x={x} y={y} />
      ))}
      <path
        d={`M${x(0)} ${y(0)}L${x(1)} ${y(1)}`}
        stroke="var(--ink-2)"
        strokeWidth="1.4"
        strokeDasharray="5 4"
      />
      <path d={`M${x(0)} ${height - edge.bottom - 0.5}H${x(1)}`} stroke="var(--line-strong)" />
      {bins.map(({ low, high, count }) => (
        <rect
          key={low}
          x={x(low) + 1}
          width={Math.max(1, x(high) - x(low) - 2)}
          y={height - edge.bottom - Math.max(count > 0 ? 1.5 : 0, (crowd * count) / most)}
          height={Math.max(count > 0 ? 1.5 : 0, (crowd * count) / most)}
          fill="var(--ink-3)"
          opacity="0.55"
        />
      ))}
    </svg>
  );
}

interface BarProps {
  readonly bin: ReliabilityBin;
  readonly x: (share: number) => number;
  readonly y: (share: number) => number;
}

/** Right in: the filled bar. Sure: the stroke. Between them what is missing, or what is gained. */
function Bar({ bin: { low, high, accuracy, confidence }, x, y }: BarProps) {
  if (accuracy === null || confidence === null) return null;
  const left = x(low) + 1;
  const width = Math.max(1, x(high) - x(low) - 2);
  const missing = confidence > accuracy;
  return (
    <g>
      <rect
        x={left}
        width={width}
        y={y(accuracy)}
        height={y(0) - y(accuracy)}
        fill="var(--train)"
        opacity="0.75"
      />
      {missing ? (
        <rect
          x={left}
          width={width}
          y={y(confidence)}
          height={y(accuracy) - y(confidence)}
          fill="url(#gap)"
        />
      ) : null}
      <path
        d={`M${left - 1} ${y(confidence)}h${width + 2}`}
        stroke="var(--ink)"
        strokeWidth="1.6"
      />
    </g>
  );
}

function Scores({ report }: { readonly report: ClassificationReport }) {
  const figures = [
    [
      "ECE",
      percent(report.ece),
      "Expected calibration error: mean distance between confidence and accuracy over the 15 bins, weighted by their counts",
    ],
    [
      "Brier",
      figure(report.brier),
      "Brier score: mean squared distance between probabilities and truth, summed over the classes; 0 is perfect, 2 the worst",
    ],
    ["NLL", figure(report.nll), "Negative log-likelihood in nats: mean surprise at the true class"],
  ] as const;
  return <Figures figures={figures} testId="calibration-figures" />;
}

function BinTable({ bins }: { readonly bins: readonly ReliabilityBin[] }) {
  const rows = () =>
    bins.map(({ low, high, count, accuracy, confidence }) => [
      `${Math.round(low * 100)} to ${Math.round(high * 100)} %`,
      String(count),
      percent(confidence),
      percent(accuracy),
    ]);
  return (
    <FoldedTable
      head={["confidence", "predictions", "mean confidence", "accuracy"]}
      rows={rows}
      holds="numbers"
    />
  );
}
