// From a dropped CSV file to a run: looks into it, chooses a column to predict, sets what follows from that, reads it otherwise on request.
import type { FieldValue } from "../../experiment/fields";
import { defaultExperiment, type Experiment, type FieldPath } from "../../experiment/schema";
import { tableFields } from "../../experiment/sections/table";
import { tableSettings } from "../../experiment/tableSettings";
import type { AnswerOption, ColumnSummary, TableSummary } from "../../worker/protocol";
import { inWords } from "../logic/failures";
import { useSettings } from "../store/settings";
import { useTable } from "../store/table";
import type { Engine } from "./engine";

type DataSettings = Experiment["data"];
type Changes = readonly (readonly [FieldPath, FieldValue])[];
export type ColumnUse = ColumnSummary["use"];
/** Settings of how a table is read. */
export type ReadingName = keyof typeof tableFields | "missing";

const readingNames = [...Object.keys(tableFields), "missing"] as readonly ReadingName[];

const current = () => useSettings.getState().experiment.data;

/** The way in which a column is predicted. @param kind null: as proposed. @returns null where it cannot be */
export function optionFor(
  { columns }: TableSummary,
  target: number,
  kind: AnswerOption["kind"] | null,
): AnswerOption | null {
  const options = columns[target - 1]?.asTarget;
  if (!options || typeof options === "string") return null;
  return options.find((option) => option.kind === kind) ?? options[0] ?? null;
}

/** Settings with which a column is predicted; null where it cannot be. @param target number of the column, from 1 */
export function settingsFor(
  summary: TableSummary,
  target: number,
  kind: AnswerOption["kind"] | null = null,
): Changes | null {
  const option = optionFor(summary, target, kind);
  if (!option) return null;
  return tableSettings({ ...option, fingerprint: summary.fingerprint, target });
}

const readingsOf = (data: DataSettings): Changes =>
  readingNames.map((name) => [`data.${name}`, data[name]] as const);

/**
 * Begins a run that predicts a column of the table at hand, read as it is shown.
 * @param kind classes or number, null: as proposed
 * @returns why it cannot, or null
 */
export function predictColumn(
  engine: Engine,
  target: number,
  kind: AnswerOption["kind"] | null = null,
): string | null {
  const { summary, file, read } = useTable.getState();
  const changes = summary && settingsFor(summary, target, kind);
  if (!changes || !file || !read) return "This column cannot be predicted.";
  const { kind: data } = current();
  const refused = data === "ownTable" ? null : useSettings.getState().chooseData("ownTable");
  if (refused !== null) return refused;
  const problem = useSettings.getState().change([...readingsOf(read), ...changes]);
  if (problem === null) engine.restart([file]);
  return problem;
}

/** Looks into a table in a worker of its own. Resolves when the page knows what is in it. */
async function inspect(
  engine: Engine,
  file: File,
  read: DataSettings,
): Promise<TableSummary | null> {
  try {
    const summary = await engine.inspect(file, read);
    useTable.setState({ file, summary, read, problem: null });
    return summary;
  } catch (error) {
    useTable.setState({ file: null, summary: null, problem: inWords(error) });
    return null;
  }
}

/** The data settings with a table read as the page proposes. */
const asProposed = (data: DataSettings): DataSettings => ({
  ...data,
  ...Object.fromEntries(readingNames.map((name) => [name, defaultExperiment.data[name]])),
});

/**
 * Takes a dropped table. The experiment's own table starts its run; where none was asked for, or another data set was
 * chosen, the likeliest column is predicted; another table than the link's is only shown.
 */
export async function takeTable(engine: Engine, files: readonly File[]): Promise<void> {
  const [file] = files;
  if (!file) return;
  const data = current();
  const here = data.kind === "ownTable";
  const wanted = here ? data.fingerprint : 0;
  const found = await inspect(engine, file, here ? data : asProposed(data));
  if (found && found.fingerprint === wanted) return engine.restart([file]);
  const own = here && wanted !== 0;
  // Readings of the link's table are no readings of another one; nor does one that cannot be read so damage it.
  const summary = own ? await inspect(engine, file, asProposed(data)) : found;
  const target = summary?.likely ?? null;
  if (target !== null && wanted === 0) predictColumn(engine, target);
}

/** Reads the table at hand otherwise, and learns from it again where it is the experiment's. */
export async function readOtherwise(
  engine: Engine,
  changes: Partial<Pick<DataSettings, ReadingName>>,
): Promise<string | null> {
  const { file, read, summary: before } = useTable.getState();
  if (!file || !read) return null;
  const next = { ...read, ...changes };
  let summary: TableSummary;
  try {
    summary = await engine.inspect(file, next);
  } catch (error) {
    // What was shown stays: the reading that does not work is taken back.
    return inWords(error);
  }
  useTable.setState({ summary, read: next });
  const { fingerprint, target, answers } = current();
  if (summary.fingerprint !== fingerprint) return null;
  const sameColumns = before?.columns.length === summary.columns.length;
  const kept = sameColumns && optionFor(summary, target, null) ? target : summary.likely;
  if (kept === null) return "No column of the table can be predicted when it is read so.";
  return predictColumn(engine, kept, kept === target ? (answers > 0 ? "classes" : "number") : null);
}

/** What is set when a column is used so. @param number of the column, from 1 */
export function usesWith(
  read: DataSettings,
  number: number,
  { proposed, natural }: Pick<ColumnSummary, "proposed" | "natural">,
  use: ColumnUse,
): Pick<DataSettings, "leftOut" | "kept" | "asCategories" | "asNumbers"> {
  const own: keyof typeof tableFields =
    use === "left out"
      ? "leftOut"
      : use === natural
        ? "kept"
        : use === "category"
          ? "asCategories"
          : "asNumbers";
  const list = (name: "leftOut" | "kept" | "asCategories" | "asNumbers") => {
    const others = read[name].filter((other) => other !== number);
    const named = name === own && use !== proposed;
    return named ? [...others, number].sort((a, b) => a - b) : others;
  };
  return {
    leftOut: list("leftOut"),
    kept: list("kept"),
    asCategories: list("asCategories"),
    asNumbers: list("asNumbers"),
  };
}

/** Takes files that were dropped or chosen, as the chosen data set needs them. */
export function takeFiles(engine: Engine, files: readonly File[]): void {
  if (files.length === 0) return;
  const { kind } = current();
  if (kind === "ownTable") void takeTable(engine, files);
  else if (kind === "ownPoints")
    void import("./ownPoints").then(({ takePoints }) => takePoints(engine, files));
  else engine.restart([...files]);
}

/** By its name. */
export const isTable = ({ name }: File) => /\.(csv|tsv|tab|txt|dat)(\.gz)?$/i.test(name);

/** The header of a file of clicked points. */
const pointsHeader = /^\ufeff?\s*"?x"?\s*[,;\t]\s*"?y"?\s*[,;\t]\s*"?class"?\s*$/i;

/** True where files that fall on the page are tables, whatever data set is chosen. A set of points is none. */
export async function bringTable(files: readonly File[]): Promise<boolean> {
  const [file] = files;
  const { kind } = current();
  if (!file || kind === "ownTable" || !files.every(isTable)) return false;
  if (kind !== "ownPoints") return true;
  if (/\.gz$/i.test(file.name)) return false;
  const [line = ""] = (await file.slice(0, 1000).text()).split(/\r|\n/, 1);
  return !pointsHeader.test(line);
}
