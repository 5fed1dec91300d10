// Reads a table from CSV: a header, columns of numbers and columns of words, missing values; anything doubtful is refused by line.
import { DataLineError } from "../errors";
import type { OpenedFile, ReadProgress } from "../types";
import { ByteReader } from "./bytes";
import { Crc32 } from "./crc32";
import { csvRecords } from "./csvRecords";

/** Most rows of a table. */
export const mostRows = 100_000;
/** Most values in all; with rows and columns alone a table could need gigabytes. */
const mostValues = 10_000_000;
/** Most different words of a column: more are names or free text, not categories. */
export const mostCategories = 100;
/** Rows that are kept as they stand, to be shown. */
const previewRows = 5;
const largestFingerprint = 2 ** 31;
/** Share of numbers from which a column is meant to be one of numbers. */
const mostlyNumbers = 0.9;

const missingWords = new Set(["", "?", "na", "n/a", "null", "none", "-"]);
const endless = /^[+-]?(nan|inf(inity)?|1\.#\w+)$/i;
const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

export type CsvColumn =
  | {
      readonly kind: "numbers";
      readonly name: string;
      readonly missing: number;
      readonly values: Float32Array;
    }
  | {
      readonly kind: "words";
      readonly name: string;
      readonly missing: number;
      /** The words in order of their first appearance. */
      readonly words: readonly string[];
      /** Place in `words` of each row, −1 where missing. */
      readonly values: Int32Array;
    }
  /** Too many different words to learn from. */
  | { readonly kind: "names"; readonly name: string; readonly missing: number };

export interface CsvTable {
  readonly rows: number;
  /** Line of the header and of the beginning of each row in the file, from 1: empty lines count as editors count them. */
  readonly lines: { readonly header: number; readonly rows: readonly number[] };
  /** Check sum of the content, 0 … 2^31 − 1: tells this table from others without showing anything of it. */
  readonly fingerprint: number;
  /** The first rows as they stand in the file. */
  readonly first: readonly (readonly string[])[];
  readonly columns: readonly CsvColumn[];
}

/** One column as it is read. Words are kept once each. */
class ColumnReader {
  private readonly codes: number[] = [];
  private readonly places = new Map<string, number>();
  private numbers = 0;
  private missing = 0;

  constructor(
    private readonly file: string,
    private readonly name: string,
  ) {}

  add(text: string, line: number): void {
    const value = text.trim();
    if (endless.test(value)) {
      throw new DataLineError(
        this.file,
        line,
        `a finite number or nothing in column ${this.name}`,
        value,
      );
    }
    if (missingWords.has(value.toLowerCase())) {
      this.missing++;
      this.codes.push(-1);
      return;
    }
    if (number.test(value)) this.numbers++;
    const known = this.places.get(value);
    const place = known ?? this.places.size;
    if (known === undefined) this.places.set(value, place);
    this.codes.push(place);
  }

  /** @param lines line of each row */
  finish(lines: readonly number[]): CsvColumn {
    const { name, missing } = this;
    const words = [...this.places.keys()];
    const present = this.codes.length - missing;
    if (present > 0 && this.numbers >= mostlyNumbers * present)
      return this.finishNumbers(words, lines);
    if (words.length > mostCategories) return { kind: "names", name, missing };
    return { kind: "words", name, missing, words, values: Int32Array.from(this.codes) };
  }

  /** @throws DataLineError at the first value that is no number, or too large for one */
  private finishNumbers(words: readonly string[], lines: readonly number[]): CsvColumn {
    const numbers = words.map((word) =>
      number.test(word) ? Math.fround(Number(word)) : Number.NaN,
    );
    const values = Float32Array.from(this.codes, (place, row) => {
      if (place < 0) return Number.NaN;
      const value = numbers[place] as number;
      if (Number.isFinite(value)) return value;
      const what = `a number in column ${this.name}, as in most of its rows`;
      throw new DataLineError(this.file, lines[row] as number, what, JSON.stringify(words[place]));
    });
    return { kind: "numbers", name: this.name, missing: this.missing, values };
  }
}

function checkHeader(file: string, line: number, names: readonly string[]): void {
  const refuse = (expected: string, found: string) => {
    throw new DataLineError(file, line, expected, found);
  };
  const empty = names.indexOf("");
  if (empty >= 0) refuse("a name for every column", `none for column ${empty + 1}`);
  const twice = names.find((name, place) => names.indexOf(name) < place);
  if (twice !== undefined) refuse("a different name for every column", `${twice} twice`);
  if (names.every((name) => number.test(name))) {
    refuse(
      "a header with the names of the columns",
      `only numbers: ${names.slice(0, 3).join(", ")}`,
    );
  }
}

async function readTable(reader: ByteReader): Promise<CsvTable> {
  let columns: ColumnReader[] | null = null;
  const lines = { header: 1, rows: [] as number[] };
  const sum = new Crc32();
  const first: (readonly string[])[] = [];
  for await (const { line, values } of csvRecords(reader, sum)) {
    const refuse = (expected: string, found: string) =>
      new DataLineError(reader.name, line, expected, found);
    if (columns === null) {
      const names = values.map((name) => name.replace(/^\ufeff/, "").trim());
      lines.header = line;
      checkHeader(reader.name, line, names);
      columns = names.map((name) => new ColumnReader(reader.name, name));
      continue;
    }
    if (values.length !== columns.length) {
      throw refuse(`${columns.length} values, as in the header`, `${values.length}`);
    }
    const row = lines.rows.length;
    if (row === mostRows) throw refuse(`at most ${mostRows} rows`, "more");
    if ((row + 1) * columns.length > mostValues) {
      throw refuse(`at most ${mostValues} values in all`, "more");
    }
    lines.rows.push(line);
    if (first.length < previewRows) first.push(values);
    columns.forEach((column, place) => {
      column.add(values[place] as string, line);
    });
  }
  if (columns === null)
    throw reader.error("a header with the names of the columns", "an empty file", 0);
  const rows = lines.rows.length;
  if (rows === 0)
    throw new DataLineError(reader.name, lines.header + 1, "at least one row of values", "none");
  const fingerprint = sum.value % largestFingerprint;
  const read = columns.map((column) => column.finish(lines.rows));
  return { rows, lines, fingerprint, first, columns: read };
}

/**
 * Reads a table, plain or gzip.
 * @throws DataLineError with file, line, expectation and finding; DataFileError where bytes are wrong
 */
export async function readCsv(file: OpenedFile, progress?: ReadProgress): Promise<CsvTable> {
  const reader = await ByteReader.open(file, progress);
  try {
    return await readTable(reader);
  } finally {
    await reader.close();
  }
}
