// The tables that the command line prints.

import type { TargetScale } from "../data/types";
import { applies } from "../experiment/applies";
import { formatValue } from "../experiment/difference";
import { fieldEntries, getValue } from "../experiment/schema";
import type { RunRecord } from "../runs/record";
import type { PartMetrics } from "../training/telemetry";

/** Columns aligned: the first to the left, the others to the right. */
export function alignColumns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? "").length)),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

const percent = (share: number) => `${(share * 100).toFixed(2)} %`;

/** @param target of a table of values: its typical error stands in the place of the accuracy */
function partRow(name: string, { loss, accuracy }: PartMetrics, target?: TargetScale): string[] {
  const error = target ? (target.deviation * Math.sqrt(loss)).toPrecision(4) : "–";
  return [
    name,
    loss < 1e6 ? loss.toFixed(4) : loss.toExponential(2),
    accuracy === null ? error : percent(accuracy),
  ];
}

/** Results of a run: parts, gap, norms and zeros per layer. */
export function resultTable(record: RunRecord): string {
  const { final, layers, target } = record;
  const regression = final.train.accuracy === null;
  const gap = regression
    ? `gap ${final.gap.toFixed(4)} (validation loss − train loss)`
    : `gap ${(final.gap * 100).toFixed(2)} points (train − validation accuracy)`;
  return [
    alignColumns([
      ["part", "loss", target ? `RMSE in "${target.name}"` : "accuracy"],
      partRow("train", final.train, target),
      partRow("validation", final.validation, target),
      partRow("test", final.test, target),
    ]),
    gap,
    "",
    alignColumns([
      ["layer", "shape", "L1 norm", "L2 norm", "largest", "|w| < 1e-3", "exactly 0"],
      ...layers.map((layer) => [
        layer.name,
        layer.shape.join("×"),
        layer.norm1.toFixed(2),
        layer.norm2.toFixed(3),
        layer.largest.toFixed(3),
        percent(layer.nearZero),
        percent(layer.exactZero),
      ]),
      ["all parameters", "", "", "", "", percent(record.nearZero), percent(record.exactZero)],
    ]),
    "",
    `${record.backend.name}${record.backend.device ? ` (${record.backend.device})` : ""}, ${record.stepsPerSecond.toFixed(0)} steps/s, seed ${record.seed}`,
  ].join("\n");
}

/** Settings that differ from nothing: all that apply, one line each, for stderr. */
export function settingsLine(record: Pick<RunRecord, "experiment">): string {
  return fieldEntries
    .filter(({ path, field }) => !field.advanced && applies(record.experiment, path))
    .map(
      ({ path, field }) =>
        `${field.key}=${formatValue(field, getValue(record.experiment, path)).replaceAll(" ", "")}`,
    )
    .join(" ");
}
