// From a dropped CSV file to a run: looks into it, chooses a column to predict, sets what follows from that.
import type { FieldPath } from "../../experiment/schema";
import type { TableSummary } from "../../worker/protocol";
import { useSettings } from "../store/settings";
import { useTable } from "../store/table";
import { describeError } from "./connection";
import type { Engine } from "./engine";

/** Shares of the usable rows. */
const trainShare = 0.6;
const heldShare = 0.2;
/** Bounds of the settings. */
const [leastTrain, mostTrain] = [4, 60_000];
const [leastHeld, mostHeld] = [10, 10_000];
/** Rows that validation and test need at least. */
const leastLeft = 4;

const within = (value: number, low: number, high: number) => Math.max(low, Math.min(high, value));

/** Settings with which a column is predicted; null where it cannot be. @param target number of the column, from 1 */
export function settingsFor(
  { columns, fingerprint }: TableSummary,
  target: number,
): readonly (readonly [FieldPath, number])[] | null {
  const plan = columns[target - 1]?.asTarget;
  if (!plan || typeof plan === "string") return null;
  const { rows, inputs, answers } = plan;
  const train = Math.min(Math.round(trainShare * rows), rows - leastLeft);
  const held = within(Math.round(heldShare * rows), leastHeld, mostHeld);
  return [
    ["data.fingerprint", fingerprint],
    ["data.target", target],
    ["data.columns", inputs],
    ["data.answers", answers],
    ["data.trainSize", within(train, leastTrain, mostTrain)],
    ["data.validationSize", held],
    ["data.testSize", held],
  ];
}

/** The last column that can be predicted: where tables keep their answer. */
export function likelyTarget({ columns }: TableSummary): number | null {
  const place = columns.findLastIndex(({ asTarget }) => typeof asTarget !== "string");
  return place < 0 ? null : place + 1;
}

/** Begins a run that predicts a column of the table at hand. @returns why it cannot, or null */
export function predictColumn(engine: Engine, target: number): string | null {
  const { summary, file } = useTable.getState();
  const changes = summary && settingsFor(summary, target);
  if (!changes || !file) return "This column cannot be predicted.";
  const refused = useSettings.getState().change(changes);
  if (refused === null) engine.restart([file]);
  return refused;
}

/** Looks into a table in a worker of its own. Resolves when the page knows what is in it. */
async function inspect(engine: Engine, file: File): Promise<TableSummary | null> {
  const { missing } = useSettings.getState().experiment.data;
  try {
    const summary = await engine.inspect(file, missing);
    useTable.setState({ file, summary, problem: null });
    return summary;
  } catch (error) {
    useTable.setState({ file: null, summary: null, problem: describeError(error).message });
    return null;
  }
}

/**
 * Takes a dropped table. The experiment's own table starts its run; where none was asked for, the likeliest column is
 * predicted; another table than the link's is only shown.
 */
export async function takeTable(engine: Engine, files: readonly File[]): Promise<void> {
  const [file] = files;
  if (!file) return;
  const summary = await inspect(engine, file);
  const { fingerprint } = useSettings.getState().experiment.data;
  if (!summary) return;
  if (summary.fingerprint === fingerprint) return engine.restart([file]);
  const target = likelyTarget(summary);
  if (fingerprint === 0 && target !== null) predictColumn(engine, target);
}

/** Changes what becomes of missing values, which changes the inputs too. */
export async function changeMissing(engine: Engine, missing: string): Promise<void> {
  const { file } = useTable.getState();
  useSettings.getState().change([["data.missing", missing]]);
  if (!file) return;
  await inspect(engine, file);
  predictColumn(engine, useSettings.getState().experiment.data.target);
}

/** Takes files that were dropped or chosen, as the chosen data set needs them. */
export function takeFiles(engine: Engine, files: readonly File[]): void {
  if (files.length === 0) return;
  const { kind } = useSettings.getState().experiment.data;
  if (kind === "ownTable") void takeTable(engine, files);
  else if (kind === "ownPoints")
    void import("./ownPoints").then(({ takePoints }) => takePoints(engine, files));
  else engine.restart([...files]);
}
