// How a table becomes inputs and answers: which columns count, how words become numbers, which rows are left out.
import type { CsvColumn, CsvTable } from "../readers/csv";

export type MissingValues = "mean" | "leaveOut";

/** One input of the network. Missing values are NaN until the training part is known. */
export interface TableInput {
  readonly name: string;
  /** Its value in a row of the table. */
  readonly at: (row: number) => number;
}

/** What is to be predicted. */
export type TableAnswer =
  | {
      readonly kind: "classes";
      readonly names: readonly string[];
      readonly at: (row: number) => number;
    }
  | { readonly kind: "number"; readonly at: (row: number) => number };

export interface TablePlan {
  readonly inputs: readonly TableInput[];
  readonly answer: TableAnswer;
  /** Rows of the table that can be used. */
  readonly rows: Int32Array;
}

/** Most inputs that a table may become, words counted one by one. */
export const mostInputs = 500;
/** Most classes of an answer. */
export const mostClasses = 20;
/** Whole numbers of no more different values than this are taken for classes. */
const mostNumberClasses = 10;

function isMissing(column: CsvColumn, row: number): boolean {
  if (column.kind === "numbers") return Number.isNaN(column.values[row]);
  return column.kind === "words" && column.values[row] === -1;
}

/** Inputs of a column: a number as it is, two words as 0 and 1, more words one by one; nothing of a constant. */
function inputsOf(column: CsvColumn, missing: MissingValues): TableInput[] {
  if (column.kind === "names") return [];
  const flag: TableInput[] =
    missing === "mean" && column.missing > 0
      ? [{ name: `${column.name} missing`, at: (row) => (isMissing(column, row) ? 1 : 0) }]
      : [];
  if (column.kind === "numbers") {
    return [{ name: column.name, at: (row) => column.values[row] as number }, ...flag];
  }
  const { words, values, name } = column;
  if (words.length < 2) return flag;
  // Two words are one question; more are one question each.
  const asked = words.length === 2 ? [1] : words.map((_, place) => place);
  const inputs = asked.map((place) => ({
    name: `${name} ${words[place]}`,
    at: (row: number) => (values[row] === -1 ? Number.NaN : values[row] === place ? 1 : 0),
  }));
  return [...inputs, ...flag];
}

/** The different values of a column in ascending order, where they are few whole numbers; else null. */
export function numberClasses(values: Float32Array): number[] | null {
  const distinct = new Set<number>();
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    if (!Number.isInteger(value)) return null;
    distinct.add(value);
    if (distinct.size > mostNumberClasses) return null;
  }
  return [...distinct].sort((a, b) => a - b);
}

/** @returns the answer, or why the column cannot be one */
function answerOf(column: CsvColumn): TableAnswer | string {
  if (column.kind === "names") return "it has more different words than anyone can learn";
  if (column.kind === "words") {
    const { words, values } = column;
    if (words.length < 2) return "it has one value only";
    if (words.length > mostClasses)
      return `it has ${words.length} classes; at most ${mostClasses} are allowed`;
    return { kind: "classes", names: words, at: (row) => values[row] as number };
  }
  const { values } = column;
  const classes = numberClasses(values);
  if (classes === null) return { kind: "number", at: (row) => values[row] as number };
  if (classes.length < 2) return "it has one value only";
  const places = new Map(classes.map((value, place) => [value, place]));
  return {
    kind: "classes",
    names: classes.map(String),
    at: (row) => places.get(values[row] as number) ?? -1,
  };
}

/**
 * How the table is learned from.
 * @param target number of the column to predict, from 1
 * @returns the plan, or why there is none, in words that follow "cannot be predicted:"
 */
export function planTable(
  table: CsvTable,
  target: number,
  missing: MissingValues,
): TablePlan | string {
  const column = table.columns[target - 1];
  if (!column) return `the table has ${table.columns.length} columns`;
  const answer = answerOf(column);
  if (typeof answer === "string") return answer;
  const others = table.columns.filter((other) => other !== column && other.kind !== "names");
  const inputs = others.flatMap((other) => inputsOf(other, missing));
  if (inputs.length === 0) return "no other column can be learned from";
  if (inputs.length > mostInputs) {
    return `the other columns make ${inputs.length} inputs; at most ${mostInputs} are allowed`;
  }
  const rows: number[] = [];
  for (let row = 0; row < table.rows; row++) {
    if (isMissing(column, row)) continue;
    if (missing === "leaveOut" && others.some((other) => isMissing(other, row))) continue;
    rows.push(row);
  }
  return { inputs, answer, rows: Int32Array.from(rows) };
}
