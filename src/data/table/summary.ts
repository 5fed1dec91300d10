// What the page shows of a table before anything is learned: what was understood, columns, first rows, and what each column would be as an answer.
import { DataLineError } from "../errors";
import {
  asProposed,
  type ColumnUse,
  type CsvColumn,
  type CsvTable,
  type Readings,
  readCsv,
  type TableDialect,
} from "../readers/csv";
import type { OpenedFile } from "../types";
import { findEqualRows } from "./equalRows";
import { type AnswerKind, type MissingValues, type TablePlan, TablePlanner } from "./plan";

/** One way to predict a column. */
export interface AnswerOption {
  readonly kind: AnswerKind;
  readonly inputs: number;
  /** Classes, 0 for a number. */
  readonly answers: number;
  readonly rows: number;
  /** What stands against it. */
  readonly remarks: readonly string[];
}

export interface ColumnSummary {
  readonly name: string;
  /** In words: "0.1 … 7.9", "3 words: a, b, c". */
  readonly content: string;
  readonly missing: number;
  /** Different values. */
  readonly distinct: number;
  readonly use: ColumnUse;
  /** What is proposed, and what it would be as an input. */
  readonly proposed: ColumnUse;
  readonly natural: "number" | "category";
  /** What can be chosen. */
  readonly uses: readonly ColumnUse[];
  readonly remarks: readonly string[];
  /** What predicting this column takes, the proposed way first, or why it cannot be predicted. */
  readonly asTarget: readonly AnswerOption[] | string;
}

export interface TableSummary {
  readonly file: string;
  readonly fingerprint: number;
  readonly rows: number;
  readonly dialect: TableDialect;
  /** What was read otherwise than it stands in the file, and what was left out. */
  readonly remarks: readonly string[];
  /** Labels that differ only in case and blanks are there. */
  readonly spellings: boolean;
  readonly columns: readonly ColumnSummary[];
  /** Number of the column that is likely to be predicted, from 1: the last one that is used and can be. */
  readonly likely: number | null;
  /** The first rows as they stand in the file. */
  readonly first: readonly (readonly string[])[];
}

/** Fewest rows that can be learned from: 4 to train on, 2 each to validate and to test. */
export const leastRows = 8;
/** Words that are named in a summary; more are counted. */
const wordsShown = 4;
/** Classes with fewer rows than this cannot be in all three parts. */
const rowsOfThreeParts = 3;

function contentOf(column: CsvColumn): string {
  if (column.kind === "names") return `${column.distinct} different words`;
  if (column.distinct === 0) return "nothing";
  if (column.kind === "words") {
    const { words } = column;
    const more = words.length > wordsShown ? ", …" : "";
    return `${words.length === 1 ? "1 word" : `${words.length} words`}: ${words.slice(0, wordsShown).join(", ")}${more}`;
  }
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of column.values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const figure = (value: number) => String(Number(value.toPrecision(4)));
  const range = `${figure(low)} … ${figure(high)}`;
  return column.date === "dates" ? `days ${range}` : `numbers ${range}`;
}

/** Classes with too few rows to be both learned and checked. */
function rareClasses({ answer, rows }: TablePlan): string[] {
  if (answer.kind !== "classes") return [];
  const counts = new Array<number>(answer.names.length).fill(0);
  for (const row of rows) {
    const at = answer.at(row);
    counts[at] = (counts[at] as number) + 1;
  }
  const rare = answer.names.filter((_, at) => (counts[at] as number) < rowsOfThreeParts);
  if (rare.length === 0) return [];
  const named = rare
    .slice(0, 3)
    .map((name) => `“${name}” (${counts[answer.names.indexOf(name)]})`)
    .join(", ");
  const more = rare.length > 3 ? ", …" : "";
  return [
    `too few rows of ${named}${more} for training, validation and test: add rows, or take ${rare.length === 1 ? "this class" : "these classes"} out of the file`,
  ];
}

function optionOf(plan: TablePlan): AnswerOption {
  const { inputs, answer, rows } = plan;
  const answers = answer.kind === "classes" ? answer.names.length : 0;
  const remarks = rareClasses(plan);
  return { kind: answer.kind, inputs: inputs.length, answers, rows: rows.length, remarks };
}

function equalRowsRemark(table: CsvTable): string[] {
  const all = Int32Array.from({ length: table.rows }, (_, row) => row);
  const { repeated, groups } = findEqualRows(table, 0, all);
  if (repeated === 0) return [];
  const rows = repeated === 1 ? "1 row equals another" : `${repeated} rows equal others`;
  return [
    groups
      ? `${rows}: equal rows are kept in one part (training, validation or test)`
      : `${rows}, some so often that equal rows are in more than one part`,
  ];
}

/** Tables keep their answer in the last column. */
function likelyTarget(columns: readonly ColumnSummary[]): number | null {
  const able = ({ asTarget }: ColumnSummary) => typeof asTarget !== "string";
  const used = columns.findLastIndex((column) => able(column) && column.use !== "left out");
  const place = used < 0 ? columns.findLastIndex(able) : used;
  return place < 0 ? null : place + 1;
}

/** @param file the name under which it was found */
export function summarizeTable(
  file: string,
  table: CsvTable,
  missing: MissingValues,
): TableSummary {
  const planner = new TablePlanner(table, missing);
  const columns = table.columns.map((column, place): ColumnSummary => {
    const plans = planner.plans(place + 1);
    const { name, missing: gaps, distinct, use, proposed, natural, uses, remarks } = column;
    return {
      ...{ name, missing: gaps, distinct, use, proposed, natural, uses, remarks },
      content: contentOf(column),
      asTarget: typeof plans === "string" ? plans : plans.map(optionOf),
    };
  });
  const { fingerprint, rows, first, dialect } = table;
  const remarks = [...table.remarks, ...equalRowsRemark(table)];
  const spellings = table.columns.some((column) =>
    column.remarks.some((remark) => remark.startsWith("spellings")),
  );
  const likely = likelyTarget(columns);
  return { file, fingerprint, rows, dialect, remarks, spellings, columns, likely, first };
}

/**
 * Reads a given file for its summary.
 * @throws DataLineError or DataFileError, also where there are too few rows to learn from
 */
export async function inspectTable(
  file: OpenedFile,
  missing: MissingValues = "mean",
  readings: Readings = asProposed,
): Promise<TableSummary> {
  const table = await readCsv(file, undefined, readings);
  if (table.rows < leastRows) {
    throw new DataLineError(
      file.name,
      table.lines.rows.at(-1) ?? 1,
      `at least ${leastRows} rows of values (4 to train on, 2 each to validate and to test)`,
      `${table.rows}; add rows, or set “First line” if the header was taken for values`,
    );
  }
  return summarizeTable(file.name, table, missing);
}
