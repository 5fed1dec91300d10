// What the two charts show, made from the record: one description per line, rows thinned to what a screen can show.
import { lowerFirst } from "../../experiment/difference";
import { penaltyTerms } from "../../experiment/hyperparameters";
import type { TargetScale } from "../../worker/protocol";
import { decades, epochEnd, niceCeiling, niceTicks } from "../logic/axis";
import { chooseRows } from "../logic/decimate";
import type { ColumnName, Columns } from "../logic/history";
import { quantity, typicalError, unitWords } from "../logic/target";
import type { Domain, Scales } from "./geometry";

export type Shape = "disc" | "diamond" | "triangle" | "ring";

export interface Series {
  readonly key: string;
  readonly column: ColumnName;
  readonly name: string;
  /** Shorter name for the legend, where space is short. */
  readonly short?: string;
  readonly help?: string;
  readonly colour: string;
  readonly shape: Shape;
  readonly dashed?: boolean;
  /** Shown only where it was measured. */
  readonly optional?: boolean;
  /** Does not stretch the axis: it may lie far above the losses. */
  readonly guest?: boolean;
  /** From the recorded number to the shown one. */
  readonly show: (value: number) => number;
}

export interface ChartDescription {
  readonly id: "loss" | "score";
  readonly title: string;
  readonly series: readonly Series[];
  /** Shades the space between the first two lines. */
  readonly shaded: boolean;
  readonly unit: string;
  /** How its values are written; else with three digits. */
  readonly print?: (value: number) => string;
}

const labels = (has: (kind: string) => boolean) =>
  penaltyTerms
    .filter(({ kind }) => has(kind))
    .map(({ label }) => lowerFirst(label))
    .join(", ");

const same = (value: number) => value;
const train = { name: "train", colour: "var(--train)", shape: "disc" } as const;
const validation = { name: "validation", colour: "var(--valid)", shape: "diamond" } as const;

const averaged = {
  key: "averaged",
  name: "validation, averaged weights",
  short: "averaged",
  help: "Validation with the averaged weights instead of the live ones.",
  colour: "var(--valid)",
  shape: "ring",
  dashed: true,
  optional: true,
} as const;

export const lossChart: ChartDescription = {
  id: "loss",
  title: "Loss",
  shaded: false,
  unit: "",
  series: [
    { ...train, key: "train", column: "trainLoss", show: same },
    { ...validation, key: "validation", column: "validationLoss", show: same },
    { ...averaged, column: "averagedLoss", show: same },
    {
      key: "penalty",
      column: "penalty",
      name: "penalty",
      help: `The penalties in the loss: ${labels((kind) => kind === "penalty")}. Training minimizes train loss + penalty.`,
      colour: "var(--penalty)",
      shape: "triangle",
      guest: true,
      show: same,
    },
    {
      key: "implied",
      column: "implied",
      name: "decay (as penalty)",
      short: "decay (as penalty)",
      help: `What ${labels((kind) => kind !== "penalty")} would be as penalties. They are not in the loss.`,
      colour: "var(--penalty)",
      shape: "ring",
      dashed: true,
      guest: true,
      show: same,
    },
  ],
};

const toPercent = (share: number) => share * 100;

export const accuracyChart: ChartDescription = {
  id: "score",
  title: "Accuracy",
  shaded: true,
  unit: " %",
  series: [
    { ...train, key: "train", column: "trainAccuracy", show: toPercent },
    { ...validation, key: "validation", column: "validationAccuracy", show: toPercent },
    { ...averaged, column: "averagedAccuracy", show: toPercent },
  ],
};

/** In the unit of the predicted value itself, so that it can be compared with the picture of the curve. */
export const errorChart: ChartDescription = {
  id: "score",
  title: "Typical error",
  shaded: true,
  unit: "",
  series: [
    { ...train, key: "train", column: "trainLoss", show: Math.sqrt },
    { ...validation, key: "validation", column: "validationLoss", show: Math.sqrt },
    { ...averaged, column: "averagedLoss", show: Math.sqrt },
  ],
};

/** The same for a column of a table: losses are standardized, errors are shown in the column's own unit. */
export function errorChartFor(target: TargetScale): ChartDescription {
  const show = (loss: number) => typicalError(loss, target);
  return {
    ...errorChart,
    title: `Typical error ${unitWords(target)}`,
    series: errorChart.series.map((series) => ({ ...series, show })),
    print: quantity,
  };
}

/** Lines that have anything to show: a penalty that was never switched on is no line. */
export function presentSeries(chart: ChartDescription, columns: Columns): readonly Series[] {
  return chart.series.filter(
    ({ guest, optional, column }) =>
      (!guest && !optional) || columns[column].some((value) => value > 0),
  );
}

export type Row = Readonly<Record<string, number | null | readonly [number, number]>>;

export interface Drawing {
  readonly rows: readonly Row[];
  readonly series: readonly Series[];
  readonly scales: Scales;
  readonly xTicks: readonly number[];
  readonly yTicks: readonly number[];
}

const mostRows = 300;

function drawable(value: number, logarithmic: boolean): number | null {
  return Number.isFinite(value) && (!logarithmic || value > 0) ? value : null;
}

export function draw(
  chart: ChartDescription,
  columns: Columns,
  totalEpochs: number,
  logarithmic: boolean,
): Drawing {
  const series = presentSeries(chart, columns);
  const length = columns.step.length;
  const chosen = chooseRows(
    series.map(({ column }) => columns[column]),
    length,
    mostRows,
  );
  const rows = chosen.map((row) => makeRow(chart, series, columns, row, logarithmic));
  const end = epochEnd(columns.epoch[length - 1] ?? 0, totalEpochs);
  const y = yAxis(chart, series, rows, logarithmic);
  const guests = series.filter(({ guest }) => guest).map(({ key }) => key);
  return {
    rows: guests.length > 0 ? rows.map((row) => hideGuests(row, guests, y.domain[1])) : rows,
    series,
    scales: { x: [0, end], y: y.domain, logarithmic },
    xTicks: niceTicks(0, end, 5),
    yTicks: y.ticks,
  };
}

function makeRow(
  chart: ChartDescription,
  series: readonly Series[],
  columns: Columns,
  row: number,
  logarithmic: boolean,
): Row {
  const made: Record<string, number | null | readonly [number, number]> = {
    epoch: columns.epoch[row] as number,
  };
  for (const { key, column, show } of series) {
    made[key] = drawable(show(columns[column][row] as number), logarithmic);
  }
  const { train: low, validation: high } = made;
  if (chart.shaded && typeof low === "number" && typeof high === "number") made.band = [low, high];
  return made;
}

/** Penalties are drawn while they are in force and fit the axis; the legend shows their value in any case. */
function hideGuests(row: Row, guests: readonly string[], top: number): Row {
  const hidden = guests.filter((key) => row[key] === 0 || (row[key] as number) > top);
  if (hidden.length === 0) return row;
  return { ...row, ...Object.fromEntries(hidden.map((key) => [key, null])) };
}

function yAxis(
  chart: ChartDescription,
  series: readonly Series[],
  rows: readonly Row[],
  logarithmic: boolean,
): { domain: Domain; ticks: readonly number[] } {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const { key } of series.filter(({ guest }) => !guest || logarithmic)) {
    for (const row of rows) {
      const value = row[key];
      if (typeof value !== "number") continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  if (logarithmic) return high > 0 ? decades(low, high) : decades(0.01, 1);
  if (chart.unit === " %") return percentAxis(low);
  const top = niceCeiling(Number.isFinite(high) ? high : 1);
  return { domain: [0, top], ticks: niceTicks(0, top, 5) };
}

/** Up to 100, down to the ten below the worst value; at least thirty points wide. */
function percentAxis(low: number): { domain: Domain; ticks: readonly number[] } {
  const held = Number.isFinite(low) ? low : 50;
  const bottom = Math.max(0, Math.min(70, Math.floor((held - 1) / 10) * 10));
  return { domain: [bottom, 100], ticks: niceTicks(bottom, 100, 5) };
}
