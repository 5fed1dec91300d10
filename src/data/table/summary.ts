// What the page shows of a table before anything is learned: columns, first rows, and what each column would be as an answer.
import { type CsvColumn, type CsvTable, readCsv } from "../readers/csv";
import { type MissingValues, planTable } from "./plan";

export interface ColumnSummary {
  readonly name: string;
  /** In words: "numbers 0.1 … 7.9", "3 words: a, b, c". */
  readonly content: string;
  readonly missing: number;
  /** What predicting this column takes, or why it cannot be predicted. */
  readonly asTarget:
    | { readonly inputs: number; readonly answers: number; readonly rows: number }
    | string;
}

export interface TableSummary {
  readonly file: string;
  readonly fingerprint: number;
  readonly rows: number;
  readonly columns: readonly ColumnSummary[];
  /** The first rows as they stand in the file. */
  readonly first: readonly (readonly string[])[];
}

/** Words that are named in a summary; more are counted. */
const wordsShown = 4;

function contentOf(column: CsvColumn): string {
  if (column.kind === "names") return "many different words: left out";
  if (column.kind === "words") {
    const { words } = column;
    const more = words.length > wordsShown ? ", …" : "";
    return `${words.length} words: ${words.slice(0, wordsShown).join(", ")}${more}`;
  }
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of column.values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const figure = (value: number) => String(Number(value.toPrecision(4)));
  return `numbers ${figure(low)} … ${figure(high)}`;
}

/** @param file the name under which it was found */
export function summarizeTable(
  file: string,
  table: CsvTable,
  missing: MissingValues,
): TableSummary {
  const columns = table.columns.map((column, place): ColumnSummary => {
    const plan = planTable(table, place + 1, missing);
    const asTarget =
      typeof plan === "string"
        ? plan
        : {
            inputs: plan.inputs.length,
            answers: plan.answer.kind === "classes" ? plan.answer.names.length : 0,
            rows: plan.rows.length,
          };
    return { name: column.name, content: contentOf(column), missing: column.missing, asTarget };
  });
  const { fingerprint, rows, first } = table;
  return { file, fingerprint, rows, columns, first };
}

/** Reads a given file for its summary. @throws DataLineError or DataFileError */
export async function inspectTable(file: File, missing: MissingValues): Promise<TableSummary> {
  const table = await readCsv({ name: file.name, stream: file.stream(), size: file.size });
  return summarizeTable(file.name, table, missing);
}
