// `train -- FILE.csv --target COLUMN`: from a table and a column to the experiment that the page would make of them.
import { type ColumnSummary, inspectTable, type TableSummary } from "../data/table/summary";
import { type Experiment, withValue } from "../experiment/schema";
import { tableSettings } from "../experiment/tableSettings";
import { checkExperiment } from "../experiment/validate";
import { applySettings, type TableArguments } from "./arguments";
import { InputError } from "./errors";
import { openedFile } from "./openedFile";

/** Column names that an error lists; more are counted. */
const namesListed = 30;

function listed(columns: readonly ColumnSummary[]): string {
  const names = columns.slice(0, namesListed).map(({ name }, at) => `${at + 1} ${name}`);
  const more = columns.length - names.length;
  return `${names.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

/** Number of a column by its name, in any case, or by its number. */
function findTarget({ columns, likely }: TableSummary, file: string, wanted: string | null) {
  if (wanted === null) {
    if (likely !== null) return likely;
    throw new InputError(`No column of ${file} can be predicted. Columns: ${listed(columns)}.`);
  }
  const same = (name: string) => name.toLowerCase() === wanted.trim().toLowerCase();
  const exact = columns.findIndex(({ name }) => name === wanted);
  const place = exact >= 0 ? exact : columns.findIndex(({ name }) => same(name));
  const number = place >= 0 ? place + 1 : Number(wanted);
  if (columns[number - 1]) return number;
  throw new InputError(
    `--target ${wanted}: ${file} has no such column. Columns: ${listed(columns)}.`,
  );
}

/**
 * @param start the experiment without what follows from the table
 * @returns the experiment, and what was understood of the table in lines for people
 * @throws InputError naming the columns, DataLineError or DataFileError
 */
export async function tableExperiment(
  { file, target: wanted, as, settings }: TableArguments,
  start: Experiment,
): Promise<{ readonly experiment: Experiment; readonly said: readonly string[] }> {
  const summary = await inspectTable(await openedFile(file), start.data.missing, start.data);
  const { columns, remarks, fingerprint } = summary;
  const target = findTarget(summary, file, wanted);
  const { name, asTarget } = columns[target - 1] as ColumnSummary;
  if (typeof asTarget === "string")
    throw new InputError(
      `--target ${name} cannot be predicted: ${asTarget}. Columns: ${listed(columns)}.`,
    );
  const option = as === null ? asTarget[0] : asTarget.find(({ kind }) => kind === as);
  if (!option)
    throw new InputError(
      `--as ${as}: column ${name} can be predicted as ${asTarget[0]?.kind} only.`,
    );
  const derived = tableSettings({ ...option, fingerprint, target });
  const made = derived.reduce((held, [path, value]) => withValue(held, path, value), start);
  const experiment = applySettings(made, settings);
  const problems = checkExperiment(experiment);
  if (problems.length > 0) throw new InputError(problems.join("\n"));
  const out = columns.filter(({ use }, at) => use === "left out" && at !== target - 1);
  const answer = option.kind === "classes" ? `${option.answers} classes` : "a number";
  return {
    experiment,
    said: [
      `${summary.file}: ${summary.rows} rows; predicts ${name} (${answer}) from ${option.inputs} inputs.`,
      ...out.map(
        (column) => `- ${column.name} left out${column.remarks.map((one) => `: ${one}`).join("")}`,
      ),
      ...[...remarks, ...option.remarks].map((remark) => `- ${remark}`),
    ],
  };
}
