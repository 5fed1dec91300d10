// One chart with its legend, its table and its file: redrawn a few times a second however fast the run is.
import { lazy, type ReactNode, Suspense, useMemo, useRef } from "react";
import { figure } from "../logic/figures";
import { usePage } from "../store/page";
import { history, useRun } from "../store/run";
import { useSettings } from "../store/settings";
import { useSwitch } from "../store/shown";
import { useHistory, useSize, useVisible } from "../ui/hooks";
import { Panel, Toggle } from "../ui/Panel";
import ui from "../ui/ui.module.css";
import { CurveTable } from "./CurveTable";
import styles from "./charts.module.css";
import { download, toCsv } from "./csv";
import { toEpoch } from "./geometry";
import { Overlay, useShownRow } from "./Overlay";
import { LegendShape } from "./Shape";
import { type ChartDescription, type Drawing, draw } from "./series";

const Plot = lazy(() => import("./Plot"));

/** Least time between two redraws of a chart, in milliseconds. */
const redrawInterval = 300;

interface Props {
  readonly chart: ChartDescription;
  readonly aside?: ReactNode;
}

export function CurvePanel({ chart, aside }: Props) {
  const [asTable, toggleTable] = useSwitch(`${chart.id}table`);
  const [onLogAxis, toggleLogAxis] = useSwitch("log");
  const logarithmic = onLogAxis && chart.id === "loss";
  const total = useSettings(({ experiment }) => experiment.optimizer.epochs);
  const box = useRef<HTMLElement>(null);
  const version = useHistory(["points"], redrawInterval, useVisible(box));
  // biome-ignore lint/correctness/useExhaustiveDependencies: the columns grow in place, the version says when
  const drawing = useMemo(
    () => draw(chart, history.columns, total, logarithmic),
    [chart, total, logarithmic, version],
  );
  const end = (
    <>
      {chart.id === "loss" && !asTable ? (
        <Toggle pressed={logarithmic} label="log axis for the loss" onToggle={toggleLogAxis}>
          log
        </Toggle>
      ) : null}
      <Toggle pressed={asTable} label={`${chart.title} as a table`} onToggle={toggleTable}>
        table
      </Toggle>
      {chart.id === "loss" ? <CsvButton /> : null}
    </>
  );
  return (
    <Panel title={chart.title} aside={aside} end={end} box={box} testId={`chart-${chart.id}`}>
      <Legend chart={chart} drawing={drawing} />
      {asTable ? (
        <CurveTable chart={chart} series={drawing.series} columns={history.columns} />
      ) : (
        <PlotBox chart={chart} drawing={drawing} />
      )}
    </Panel>
  );
}

function CsvButton() {
  const save = () => {
    const { backend, experiment, dataset } = useRun.getState();
    const name = `curves-${experiment?.data.kind}-seed${experiment?.seed}-${backend?.chosen}.csv`;
    download(name, toCsv(history.columns, dataset?.target));
  };
  return (
    <button type="button" className={ui.tab} onClick={save} title="All curves as a CSV file">
      CSV
    </button>
  );
}

interface PlotProps {
  readonly chart: ChartDescription;
  readonly drawing: Drawing;
}

function PlotBox({ chart, drawing }: PlotProps) {
  const box = useRef<HTMLDivElement>(null);
  const size = useSize(box);
  const { setHover } = usePage.getState();
  const ready = size.width > 0 && size.height > 0;
  const point = (event: React.PointerEvent<HTMLDivElement>) => {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left;
    setHover(toEpoch(x, drawing.scales, size.width));
  };
  return (
    // The table says the same in text; the focus stop is for moving the crosshair by keys.
    <div
      ref={box}
      className={styles.plot}
      role="slider"
      tabIndex={0}
      aria-label={`${chart.title}: crosshair, arrow keys move it`}
      aria-valuemin={0}
      aria-valuemax={drawing.scales.x[1]}
      aria-valuenow={Math.round(history.columns.epoch.at(-1) ?? 0)}
      aria-valuetext={useValueText(drawing, chart.print)}
      onPointerMove={point}
      onPointerDown={point}
      onPointerLeave={() => setHover(null)}
      onKeyDown={(event) => moveByKey(event, drawing)}
      onBlur={() => setHover(null)}
    >
      <Suspense fallback={null}>
        {ready ? <Plot drawing={drawing} width={size.width} height={size.height} /> : null}
      </Suspense>
      {ready ? <Overlay drawing={drawing} size={size} worded={chart.id === "loss"} /> : null}
    </div>
  );
}

function useValueText(drawing: Drawing, print: (value: number) => string = figure): string {
  const row = useShownRow();
  if (row < 0) return "no values yet";
  const values = drawing.series.map(
    ({ name, column, show }) => `${name} ${print(show(history.columns[column][row] as number))}`,
  );
  return `epoch ${Math.round(history.columns.epoch[row] as number)}: ${values.join(", ")}`;
}

function moveByKey(event: React.KeyboardEvent, { scales }: Drawing): void {
  const direction = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
  if (direction === 0) return;
  event.preventDefault();
  event.stopPropagation();
  const { hover, setHover } = usePage.getState();
  const last = history.columns.epoch.at(-1) ?? 0;
  const stride = Math.max(scales.x[1] / 100, 0.01);
  setHover(Math.min(last, Math.max(0, (hover ?? last) + direction * stride)));
}

function Legend({ chart, drawing }: PlotProps) {
  const row = useShownRow();
  return (
    <div className={styles.legend}>
      {drawing.series.map((series) => {
        const value = history.columns[series.column][row];
        return (
          <span key={series.key} className={styles.key} title={series.help}>
            <LegendShape series={series} />
            {series.short ?? series.name}
            <b data-testid={`${chart.id}-${series.key}`}>
              {value === undefined ? "–" : shown(series.show(value), chart)}
            </b>
            {value !== undefined && value > drawing.scales.y[1] ? (
              <span title="Above the axis">↑</span>
            ) : null}
          </span>
        );
      })}
    </div>
  );
}

function shown(value: number, { unit, print = figure }: ChartDescription): string {
  return unit === " %" ? `${value.toFixed(1)} %` : print(value);
}
