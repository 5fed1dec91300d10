// How a table becomes inputs and answers: which columns count, how words become numbers, which rows are left out.
import type { CsvColumn, CsvTable } from "../readers/csv";

export type MissingValues = "mean" | "leaveOut";
/** How a column is predicted. */
export type AnswerKind = "classes" | "number";

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
export const mostClasses = 50;
/** Whole numbers of no more different values than this divide rows into groups. */
const mostNumberGroups = 10;
/** Rows that every class has on average where whole numbers are proposed as classes. */
const rowsOfClass = 5;

/** True where the row has no value in the column. */
export function isMissing(column: CsvColumn, row: number): boolean {
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

/**
 * The different values of a column in ascending order, where they are few whole numbers; else null.
 * @param most how many are few
 */
export function numberClasses(values: Float32Array, most = mostNumberGroups): number[] | null {
  const distinct = new Set<number>();
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    if (!Number.isInteger(value)) return null;
    distinct.add(value);
    if (distinct.size > most) return null;
  }
  return [...distinct].sort((a, b) => a - b);
}

/** Whole numbers are proposed as classes where there are two, or where they count up from −1, 0 or 1 with enough rows each. */
function meansClasses(classes: readonly number[], rows: number): boolean {
  if (classes.length === 2) return true;
  const [first = 0] = classes;
  const counted = classes.every((value, at) => value === first + at);
  return counted && Math.abs(first) <= 1 && rows >= rowsOfClass * classes.length;
}

/** @returns the ways to predict the column, the proposed one first, or why it cannot be predicted */
function answersOf(column: CsvColumn): readonly TableAnswer[] | string {
  if (column.kind === "names") return "it has more different words than anyone can learn";
  if (column.kind === "words") {
    const { words, values, natural } = column;
    if (words.length < 2) return "it has one value only";
    const numbers = natural === "number" ? words.map(Number) : null;
    const number: TableAnswer[] = numbers
      ? [{ kind: "number", at: (row) => numbers[values[row] as number] ?? Number.NaN }]
      : [];
    if (words.length <= mostClasses)
      return [{ kind: "classes", names: words, at: (row) => values[row] as number }, ...number];
    if (number.length > 0) return number;
    return `it has ${words.length} classes; at most ${mostClasses} are allowed`;
  }
  const { values, date, missing } = column;
  if (column.distinct < 2) return "it has one value only";
  const number: TableAnswer = { kind: "number", at: (row) => values[row] as number };
  const classes = date === null ? numberClasses(values, mostClasses) : null;
  if (classes === null || classes.length < 2) return [number];
  const places = new Map(classes.map((value, place) => [value, place]));
  const asClasses: TableAnswer = {
    kind: "classes",
    names: classes.map(String),
    at: (row) => places.get(values[row] as number) ?? -1,
  };
  const proposed = meansClasses(classes, values.length - missing);
  return proposed ? [asClasses, number] : [number, asClasses];
}

/** A table as it is learned from: one look at its columns serves for every answer. */
export class TablePlanner {
  private readonly inputs: readonly (readonly TableInput[])[];
  /** Values that are missing in each row, in columns that are used. */
  private readonly gaps: Uint16Array;

  constructor(
    readonly table: CsvTable,
    private readonly missing: MissingValues,
  ) {
    const used = table.columns.map(({ use }) => use !== "left out");
    this.inputs = table.columns.map((column, at) => (used[at] ? inputsOf(column, missing) : []));
    this.gaps = new Uint16Array(table.rows);
    table.columns.forEach((column, at) => {
      if (!used[at] || column.missing === 0) return;
      for (let row = 0; row < table.rows; row++)
        if (isMissing(column, row)) this.gaps[row] = (this.gaps[row] as number) + 1;
    });
  }

  /**
   * @param target number of the column to predict, from 1
   * @returns the ways to predict it, the proposed one first, or why it cannot be, in words that follow "cannot be predicted:"
   */
  plans(target: number): readonly TablePlan[] | string {
    const { columns } = this.table;
    const column = columns[target - 1];
    if (!column) return `the table has ${columns.length} columns`;
    const answers = answersOf(column);
    if (typeof answers === "string") return answers;
    const count = this.inputs.reduce((sum, { length }) => sum + length, 0);
    const width = count - (this.inputs[target - 1]?.length ?? 0);
    if (width === 0) return "no other column can be learned from";
    if (width > mostInputs)
      return `the other columns make ${width} inputs; at most ${mostInputs} are allowed`;
    const inputs = this.inputs.flatMap((list, at) => (at === target - 1 ? [] : list));
    const rows = this.usableRows(column);
    return answers.map((answer) => ({ inputs, answer, rows }));
  }

  private usableRows(column: CsvColumn): Int32Array {
    const strict = this.missing === "leaveOut";
    const rows: number[] = [];
    for (let row = 0; row < this.table.rows; row++) {
      if (isMissing(column, row) || (strict && (this.gaps[row] as number) > 0)) continue;
      rows.push(row);
    }
    return Int32Array.from(rows);
  }
}

/**
 * How the table is learned from.
 * @param target number of the column to predict, from 1
 * @param kind left out: as proposed
 * @returns the plan, or why there is none, in words that follow "cannot be predicted:"
 */
export function planTable(
  table: CsvTable,
  target: number,
  missing: MissingValues,
  kind?: AnswerKind,
): TablePlan | string {
  const plans = new TablePlanner(table, missing).plans(target);
  if (typeof plans === "string") return plans;
  const plan = kind ? plans.find(({ answer }) => answer.kind === kind) : plans[0];
  return plan ?? `it is no column of ${kind === "number" ? "numbers" : "classes"}`;
}
