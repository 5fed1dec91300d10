// A learner's own table as a data set: the file that the experiment means, divided by the seed.
import type { Experiment } from "../../experiment/schema";
import { DataFileError, DataLineError, DataMissingError, DataSizeError } from "../errors";
import { mislabel } from "../labels";
import { chooseTraining } from "../pictures/parts";
import { permutation, Stream } from "../random";
import { type CsvTable, readCsv } from "../readers/csv";
import type {
  ColumnGroups,
  FileSource,
  PartName,
  RawExamples,
  ReadProgress,
  TargetScale,
} from "../types";
import { divideByGroups, findEqualRows, smallestPart } from "./equalRows";
import { columnGroups } from "./groupings";
import { planTable, type TablePlan } from "./plan";

type DataSettings = Experiment["data"];

export interface TableParts {
  readonly parts: Readonly<Record<PartName, RawExamples>>;
  readonly classNames: readonly string[];
  readonly inputNames: readonly string[];
  readonly columnGroups: readonly ColumnGroups[];
  /** Undefined for classes. */
  readonly target: TargetScale | undefined;
}

/** Names of files that hold tables. */
export const tableName = /\.(csv|tsv|tab|txt|dat)(\.gz)?$/i;

/** Names of the tables among the files of a source. */
export async function tableNames(source: FileSource): Promise<string[]> {
  const names = (await source.list?.()) ?? [];
  return names.filter((name) => tableName.test(name)).map((name) => name.replace(/\.gz$/i, ""));
}

/** Among other files one may be no table at all: that is said, and the search goes on. */
function explain(error: unknown): string {
  if (error instanceof DataLineError || error instanceof DataFileError) return error.message;
  throw error;
}

/** The table with the experiment's fingerprint. @throws DataMissingError saying what was found in its place */
async function findTable(
  data: DataSettings,
  sources: readonly FileSource[],
  progress?: ReadProgress,
): Promise<CsvTable> {
  const { fingerprint } = data;
  const others: string[] = [];
  for (const source of sources) {
    for (const name of await tableNames(source)) {
      const file = await source.open(name);
      if (!file) continue;
      const table = await readCsv(file, progress, data).catch(explain);
      if (typeof table === "string") others.push(table);
      else if (table.fingerprint === fingerprint) return table;
      else others.push(`${file.name} is another table (fingerprint ${table.fingerprint}).`);
    }
  }
  const wanted = fingerprint === 0 ? "a CSV file" : `the table with fingerprint ${fingerprint}`;
  throw DataMissingError.ofTable(wanted, others);
}

/** Sizes of the parts: validation and test share what training leaves. @throws DataSizeError when that is nothing */
export function tableSizes(
  rows: number,
  {
    trainSize,
    validationSize,
    testSize,
  }: Pick<DataSettings, "trainSize" | "validationSize" | "testSize">,
): Readonly<Record<PartName, number>> {
  const left = rows - trainSize;
  if (left < 2 * smallestPart) {
    throw new DataSizeError(
      `The table has ${rows} usable rows. ${trainSize} for training leave ${Math.max(0, left)} for validation and test: set training examples to ${Math.max(0, rows - 2 * smallestPart)} or fewer.`,
    );
  }
  if (left >= validationSize + testSize) {
    return { train: trainSize, validation: validationSize, test: testSize };
  }
  const share = Math.round((left * validationSize) / (validationSize + testSize));
  const validation = Math.min(left - smallestPart, Math.max(smallestPart, share));
  return { train: trainSize, validation, test: left - validation };
}

function gather({ inputs, answer }: TablePlan, rows: Int32Array): RawExamples {
  const values = new Float32Array(rows.length * inputs.length);
  rows.forEach((row, at) => {
    inputs.forEach((input, place) => {
      values[at * inputs.length + place] = input.at(row);
    });
  });
  const classes = answer.kind === "classes";
  return {
    count: rows.length,
    inputs: values,
    labels: classes ? rows.map((row) => answer.at(row)) : new Int32Array(0),
    targets: classes ? new Float32Array(0) : Float32Array.from(rows, (row) => answer.at(row)),
    mislabelled: new Uint8Array(rows.length),
  };
}

/** Puts the training part's mean in place of what is missing, column by column. */
function fillMissing(parts: readonly RawExamples[], train: RawExamples, width: number): void {
  for (let place = 0; place < width; place++) {
    let sum = 0;
    let known = 0;
    for (let at = place; at < train.inputs.length; at += width) {
      const value = train.inputs[at] as number;
      if (Number.isNaN(value)) continue;
      sum += value;
      known++;
    }
    const mean = known > 0 ? sum / known : 0;
    for (const { inputs } of parts) {
      for (let at = place; at < inputs.length; at += width) {
        if (Number.isNaN(inputs[at])) inputs[at] = mean;
      }
    }
  }
}

/** Brings values to predict to mean 0 and deviation 1 of the training part, so that rates mean the same as elsewhere. */
function standardizeTargets(
  parts: readonly RawExamples[],
  { targets }: RawExamples,
  name: string,
): TargetScale | undefined {
  if (targets.length === 0) return undefined;
  const mean = targets.reduce((sum, value) => sum + value, 0) / targets.length;
  const square = targets.reduce((sum, value) => sum + (value - mean) ** 2, 0) / targets.length;
  const deviation = Math.sqrt(square) || 1;
  for (const part of parts) {
    part.targets.forEach((value, at) => {
      part.targets[at] = (value - mean) / deviation;
    });
  }
  return { name, mean, deviation };
}

function checkShape({ inputs, answer }: TablePlan, data: DataSettings): void {
  const answers = answer.kind === "classes" ? answer.names.length : 0;
  if (inputs.length === data.columns && answers === data.answers) return;
  throw new DataSizeError(
    `Column ${data.target} of this table is predicted from ${inputs.length} inputs and has ${answers} classes; the experiment says ${data.columns} and ${data.answers}. Choose the column to predict again: tables may be read otherwise than when the link was made.`,
  );
}

/** Rows of the table that make each part, equal rows in one of them. */
function divide(table: CsvTable, plan: TablePlan, data: DataSettings, seed: number) {
  const sizes = tableSizes(plan.rows.length, data);
  const order = permutation(plan.rows.length, seed, Stream.split, 0);
  const { groups } = findEqualRows(table, data.target, plan.rows);
  const divided = divideByGroups(order, (at) => groups?.[at] ?? at, sizes);
  const rowsAt = (places: Int32Array) => places.map((at) => plan.rows[at] as number);
  const pool = rowsAt(divided.pool);
  const { answer } = plan;
  const chosen =
    answer.kind === "number"
      ? pool.slice(0, sizes.train)
      : chooseTraining(pool, (row) => answer.at(row), answer.names.length, data);
  return { train: chosen, validation: rowsAt(divided.validation), test: rowsAt(divided.test) };
}

/**
 * Reads the experiment's table. Training comes from the front of a seeded order of its usable rows, test from its
 * back, validation from in front of that.
 * @throws DataMissingError, DataLineError, DataFileError or DataSizeError
 */
export async function readTable(
  data: DataSettings,
  seed: number,
  sources: readonly FileSource[],
  progress?: ReadProgress,
): Promise<TableParts> {
  const table = await findTable(data, sources, progress);
  const kind = data.answers > 0 ? "classes" : "number";
  const plan = planTable(table, data.target, data.missing, kind);
  if (typeof plan === "string") {
    throw new DataSizeError(`Column ${data.target} of this table cannot be predicted: ${plan}.`);
  }
  checkShape(plan, data);
  const rows = divide(table, plan, data, seed);
  const parts = {
    train: gather(plan, rows.train),
    validation: gather(plan, rows.validation),
    test: gather(plan, rows.test),
  };
  const all = [parts.train, parts.validation, parts.test];
  fillMissing(all, parts.train, plan.inputs.length);
  const column = table.columns[data.target - 1]?.name ?? "";
  const target = standardizeTargets(all, parts.train, column);
  const classNames = plan.answer.kind === "classes" ? plan.answer.names : [];
  const mislabelled = mislabel(parts.train.labels, classNames.length, data.mislabelled, seed);
  const inputNames = plan.inputs.map(({ name }) => name);
  const train = classNames.length > 0 ? { ...parts.train, mislabelled } : parts.train;
  const groups = columnGroups(table, data.target, data.missing, rows.validation);
  return { parts: { ...parts, train }, classNames, inputNames, columnGroups: groups, target };
}
