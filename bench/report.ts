// The tables that the bench prints.
import { alignColumns } from "../src/cli/table";
import type { ComparisonResult, EntryResult } from "./compare";
import { figure, percent, times, withSpread } from "./format";
import { type GoalLine, goalLines, speedRatio } from "./goals";
import type { OptimizerResult } from "./optimizerBench";
import type { BenchResults, Machine } from "./results";
import { ratioOf, spreadOf } from "./statistics";

/** Load above which other programs disturb the figures. */
const quietLoad = 1.5;

/** Processor, browser, date, and whether others used the machine. */
export function machineLine({ processor, cores, browser, date, loadBefore }: Machine): string {
  const shared =
    loadBefore > quietLoad ? `; shared with other programs (load ${loadBefore.toFixed(1)})` : "";
  return `${date}, ${processor}, ${cores} cores, ${browser}, one thread${shared}`;
}

const scripts = ({ rounds }: EntryResult) => rounds.map(({ script }) => script);
const usesDevice = ({ entry }: EntryResult) => /^webg/.test(entry.backend);

function rowOf(result: EntryResult, ours: EntryResult | undefined): string[] {
  const { entry, rounds, dispatches } = result;
  const ratio = ours ? speedRatio(result, ours) : null;
  const script =
    ours && ratio && usesDevice(result) && usesDevice(ours)
      ? times(ratioOf(scripts(result), scripts(ours)))
      : "";
  return [
    entry.title,
    withSpread(spreadOf(rounds.map(({ total }) => total))),
    figure(Math.min(...rounds.map(({ total }) => total))),
    figure(spreadOf(scripts(result)).median),
    dispatches === null ? "–" : String(dispatches),
    ratio ? times(ratio) : "",
    script,
  ];
}

/** One comparison: a table of those that ran, then a line for each that did not and each remark. */
export function comparisonTable({ comparison, results }: ComparisonResult): string {
  const ran = results.filter(({ failure }) => failure === null);
  const oursFor = ({ entry }: EntryResult) => ran.find((other) => other.entry.id === entry.against);
  const head = [
    "",
    "ms per step",
    "fastest",
    "JavaScript ms",
    "dispatches",
    "ours is faster by",
    "in JavaScript",
  ];
  const remarks = results.flatMap(({ entry, failure }) => [
    ...(failure === null ? [] : [`${entry.title}: ${failure}`]),
    ...(entry.note === null ? [] : [`${entry.title}: ${entry.note}`]),
  ]);
  const device = results.find((result) => usesDevice(result) && result.device)?.device;
  return [
    `${comparison.title}${device ? ` (${device})` : ""}`,
    ...(ran.length === 0
      ? ["Nothing ran."]
      : [alignColumns(withoutEmptyColumns([head, ...ran.map((one) => rowOf(one, oursFor(one)))]))]),
    ...remarks.map((remark) => `· ${remark}`),
  ].join("\n");
}

/** Leaves out columns that say nothing below their head. The first one stays. */
export function withoutEmptyColumns(rows: readonly (readonly string[])[]): string[][] {
  const [, ...body] = rows;
  const told = (column: number) => column === 0 || body.some((row) => row[column] !== "");
  return rows.map((row) => row.filter((_, column) => told(column)));
}

/** Dispatches of the optimizer's step, and how far its results are from the operations one by one. */
export function optimizerLines({ steps }: OptimizerResult): string[] {
  return steps.map(
    ({ optimizer, calls, referenceCalls, error }) =>
      `${optimizer} on WebGPU: ${calls} ${calls === 1 ? "dispatch" : "dispatches"}, operation by operation ${referenceCalls}; largest difference ${error === null ? "NaN" : error.toExponential(1)}`,
  );
}

function insideText(results: BenchResults): string[] {
  const { products, telemetry, optimizer, live, responsiveness, start } = results;
  const lines: string[] = optimizer ? optimizerLines(optimizer) : [];
  if (products) {
    lines.push(
      `MLP's step on WASM ${withSpread(products.step)} ms, its five bare matrix products ${withSpread(products.products)} ms: ${times(products.ratio)}`,
    );
  }
  if (telemetry) {
    const { watched, unwatched, share, frames, looking } = telemetry;
    lines.push(
      `telemetry: ${withSpread(unwatched)} steps/s unseen, ${withSpread(watched)} with curves and the default panels at ${figure(frames.median)} frames/s: by its own clock looking takes ${percent(looking)}, by the step rate ${percent(share)}`,
    );
  }
  for (const { backend, epochsPerSecond, seconds } of live) {
    lines.push(
      `2-8-8-1 on 250 points, batch 10, page live, ${backend}: ${epochsPerSecond.toFixed(0)} epochs/s over ${seconds.toFixed(0)} s`,
    );
  }
  if (responsiveness) {
    const { longTasks, longestMilliseconds, busiestMilliseconds, seconds, stepsPerSecond } =
      responsiveness;
    const longest = longTasks === 0 ? "" : `, the longest ${longestMilliseconds.toFixed(0)} ms`;
    lines.push(
      `${responsiveness.experiment} on the page, WASM, ${seconds} s at full speed: ${longTasks} main-thread tasks above 50 ms${longest}; the busiest took ${busiestMilliseconds.toFixed(0)} ms of the processor; ${stepsPerSecond} steps/s`,
    );
  }
  if (start) {
    const phases = start.phases.map(({ name, at }) => `${name} ${at.toFixed(0)}`).join(", ");
    lines.push(
      `first visit with everything in the cache: first training step after ${withSpread(start.firstStep)} ms (${phases})`,
    );
  }
  return lines;
}

/** ✓ reached, ✗ missed, – not measured. */
function goalRow({ goal, measured, met }: GoalLine): string {
  return `${met === null ? "–" : met ? "✓" : "✗"} ${goal}: ${measured}`;
}

/** The whole report. */
export function reportText(results: BenchResults): string {
  return [
    machineLine(results.machine),
    "Medians of rounds in turn, quartiles in brackets; the fastest round shows what others on the machine disturb.",
    ...results.comparisons.map((comparison) => `\n${comparisonTable(comparison)}`),
    `\n${insideText(results).join("\n")}`,
    "\nGoals",
    ...goalLines(results).map(goalRow),
  ].join("\n");
}
