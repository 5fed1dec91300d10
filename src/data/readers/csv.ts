// Reads a table from CSV as people and programs write it: finds encoding, separator, header and decimal sign, and says what was read otherwise than it stands.
import { defaultExperiment } from "../../experiment/schema";
import { DataLineError } from "../errors";
import type { OpenedFile, ReadProgress } from "../types";
import { ByteReader } from "./bytes";
import { Crc32 } from "./crc32";
import {
  type CsvColumn,
  type DecimalSign,
  decimalOf,
  examineColumn,
  finishColumn,
  type RawColumn,
  type Readings,
} from "./csvColumns";
import { type Dialect, findDialect, headLength } from "./csvDialect";
import { blanks, type CsvRecord, Splitter } from "./csvRecords";
import { csvText, type Encoding, type FoundEncoding } from "./csvText";

export type { ColumnUse, CsvColumn, DecimalSign, Readings } from "./csvColumns";
export type { Encoding } from "./csvText";

/** Most rows of a table. */
export const mostRows = 100_000;
/** Most values in all; with rows and columns alone a table could need gigabytes. */
const mostValues = 10_000_000;
/** Rows that are kept as they stand, to be shown. */
const previewRows = 5;
const largestFingerprint = 2 ** 31;
/** Share of rows with too many values up to which they are left out; beyond it the separator is wrong. */
const mostOverlong = 0.05;
/** Lines that a remark names. */
const namedLines = 3;

/** Everything as the page proposes it. */
export const asProposed: Readings = defaultExperiment.data;

/** What a table was read as, found or chosen. */
export interface TableDialect {
  readonly encoding: Encoding;
  readonly separator: string;
  readonly header: boolean;
  /** Null where no column has a decimal sign or thousands. */
  readonly decimal: DecimalSign | "mixed" | null;
}

export interface CsvTable {
  readonly rows: number;
  /** Line of the header and of the beginning of each row in the file, from 1: empty lines count as editors count them. */
  readonly lines: { readonly header: number; readonly rows: readonly number[] };
  /** Check sum of the content, 0 … 2^31 − 1: tells this table from others without showing anything of it. */
  readonly fingerprint: number;
  /** The first rows as they stand in the file. */
  readonly first: readonly (readonly string[])[];
  readonly columns: readonly CsvColumn[];
  readonly dialect: TableDialect;
  /** What was read otherwise than it stands in the file, and what was left out. */
  readonly remarks: readonly string[];
}

const plural = (count: number, one: string, many = `${one}s`) =>
  `${count} ${count === 1 ? one : many}`;

function linesText(lines: readonly number[]): string {
  const named = lines.slice(0, namedLines).join(", ");
  return `line${lines.length === 1 ? "" : "s"} ${named}${lines.length > namedLines ? ", …" : ""}`;
}

/** One column as it is read. Texts are kept once each. */
class TextColumn {
  readonly codes: number[] = [];
  private readonly places = new Map<string, number>();
  empty = true;

  /** @param text undefined where the row is too short */
  add(text = ""): void {
    const known = this.places.get(text);
    if (known !== undefined) {
      this.codes.push(known);
      return;
    }
    if (text.trim() !== "") this.empty = false;
    this.codes.push(this.places.size);
    this.places.set(text, this.places.size);
  }

  get texts(): readonly string[] {
    return [...this.places.keys()];
  }
}

/** Puts records together to columns, and counts what is left out on the way. */
class TableBuilder {
  private readonly columns: TextColumn[] = [];
  private names: readonly string[] | null = null;
  private headerLine = 1;
  private readonly lines: number[] = [];
  private readonly first: (readonly string[])[] = [];
  private skipped = 0;
  private readonly titles: string[] = [];
  /** Empty lines since the last row; those at the end count for nothing. */
  private emptyLines = 0;
  private emptyRows = 0;
  private readonly short: number[] = [];
  private readonly overlong: { readonly line: number; readonly values: number }[] = [];

  constructor(
    private readonly file: string,
    private readonly dialect: Dialect,
  ) {}

  get rows(): number {
    return this.lines.length;
  }

  add({ line, values }: CsvRecord): void {
    if (values.every((value) => value.trim() === "")) {
      if (this.names === null && this.rows === 0) return;
      if (values.length > 1) this.emptyRows++;
      else this.emptyLines++;
    } else if (this.skipped < this.dialect.titles) {
      this.skipped++;
      this.titles.push(values.join(" ").trim());
    } else if (this.dialect.header && this.names === null) {
      this.names = values.map((name) => name.replace(/^\ufeff/, "").trim());
      this.headerLine = line;
    } else this.addRow(line, values);
  }

  private addRow(line: number, values: readonly string[]): void {
    this.emptyRows += this.emptyLines;
    this.emptyLines = 0;
    if (this.columns.length === 0) this.open();
    const width = this.columns.length;
    if (this.tooLong(line, values)) return;
    const refuse = (most: string) => new DataLineError(this.file, line, most, "more");
    if (this.rows === mostRows) throw refuse(`at most ${mostRows} rows`);
    if ((this.rows + 1) * width > mostValues) throw refuse(`at most ${mostValues} values in all`);
    if (values.length < width) this.short.push(line);
    this.lines.push(line);
    if (this.first.length < previewRows) this.first.push(values);
    for (let column = 0; column < width; column++) this.columns[column]?.add(values[column]);
  }

  /** As many columns as the header has names, without one as a usual row has values. */
  private open(): void {
    if (this.names && this.dialect.rowNames) this.names = ["", ...this.names];
    const width = this.names?.length ?? this.dialect.width;
    for (let column = 0; column < width; column++) this.columns.push(new TextColumn());
  }

  /** True for a row with values behind the last column, which is left out and named. */
  private tooLong(line: number, values: readonly string[]): boolean {
    const width = this.columns.length;
    if (values.length <= width) return false;
    if (values.slice(width).every((value) => value.trim() === "")) return false;
    this.overlong.push({ line, values: values.length });
    // Where many rows are too long, something else is wrong: no need to read on.
    if (this.overlong.length > 1000 && this.overlong.length > this.rows) this.checkOverlong();
    return true;
  }

  private checkOverlong(): void {
    const [first] = this.overlong;
    if (!first || this.overlong.length <= mostOverlong * (this.rows + this.overlong.length)) return;
    const width = this.columns.length;
    const where = this.names ? "as in the header" : "as in the first row";
    throw new DataLineError(
      this.file,
      first.line,
      `${width} values, ${where} (a value with a separator in it needs quotes)`,
      `${first.values}`,
    );
  }

  finish(): {
    readonly raw: readonly RawColumn[];
    readonly first: readonly (readonly string[])[];
    readonly lines: CsvTable["lines"];
    readonly remarks: readonly string[];
  } {
    this.checkOverlong();
    if (this.names === null && this.rows === 0)
      throw new DataLineError(this.file, 1, "a table with a header", "no line with a value");
    if (this.rows === 0) {
      throw new DataLineError(
        this.file,
        this.headerLine + 1,
        "at least one row of values below the names",
        "none",
      );
    }
    const named = this.namedColumns();
    const first = this.first.map((values) => named.kept.map((at) => values[at] ?? ""));
    const lines = { header: this.names ? this.headerLine : (this.lines[0] ?? 1), rows: this.lines };
    return { raw: named.raw, first, lines, remarks: [...this.remarks(), ...named.remarks] };
  }

  private remarks(): string[] {
    const remarks: string[] = [];
    const { separatorLine, header, numberedNames } = this.dialect;
    if (separatorLine) remarks.push("first line “sep=” obeyed");
    if (this.titles.length > 0) {
      const [title] = this.titles as [string];
      const text = title.length > 40 ? `${title.slice(0, 37)}…` : title;
      remarks.push(
        `${plural(this.titles.length, "line")} above the header left out: “${text}”${this.titles.length > 1 ? ", …" : ""}`,
      );
    }
    if (!header) remarks.push("first line read as values");
    if (numberedNames) remarks.push("first line read as names, though some are numbers");
    if (this.emptyRows > 0) remarks.push(`${plural(this.emptyRows, "empty row")} left out`);
    if (this.short.length > 0) {
      remarks.push(
        `${plural(this.short.length, "short row")} filled up with missing values: ${linesText(this.short)}`,
      );
    }
    if (this.overlong.length > 0) {
      const lines = this.overlong.map(({ line }) => line);
      remarks.push(
        `${plural(lines.length, "row")} with more values than columns left out: ${linesText(lines)}`,
      );
    }
    return remarks;
  }

  /** Columns with names of their own; wholly empty ones without a name are left out. */
  private namedColumns() {
    const names = this.names ?? [];
    const kept: number[] = [];
    let empty = 0;
    this.columns.forEach((column, at) => {
      if (column.empty && (names[at] ?? "") === "") empty++;
      else kept.push(at);
    });
    const used = new Map<string, number>();
    const twice = new Set<string>();
    const raw = kept.map((at, place): RawColumn => {
      const rowNames = place === 0 && this.names !== null && names[at] === "" && kept.length > 1;
      const wanted = (names[at] ?? "") || (rowNames ? "row" : `column ${at + 1}`);
      let count = (used.get(wanted) ?? 0) + 1;
      while (count > 1 && used.has(`${wanted} (${count})`)) count++;
      used.set(wanted, count);
      if (count > 1) twice.add(wanted);
      const name = count > 1 ? `${wanted} (${count})` : wanted;
      used.set(name, used.get(name) ?? 1);
      const { texts, codes } = this.columns[at] as TextColumn;
      return { name, number: place + 1, rowNames, texts, codes };
    });
    const remarks: string[] = [];
    if (empty > 0) remarks.push(`${plural(empty, "empty column")} without a name left out`);
    if (raw[0]?.rowNames) remarks.push("first column has no name: called “row” and left out");
    for (const name of twice) remarks.push(`more than one column is called “${name}”: numbered`);
    return { raw, kept, remarks };
  }
}

const separatorNames: Readonly<Record<string, string>> = {
  ",": "comma",
  ";": "semicolon",
  "\t": "tab",
  "|": "pipe",
  [blanks]: "blank",
};

const encodingNames: Readonly<Record<Encoding, string>> = {
  "utf-8": "UTF-8",
  "utf-16le": "UTF-16",
  "utf-16be": "UTF-16",
  "windows-1252": "Windows-1252",
  "windows-1250": "Windows-1250",
  "windows-1251": "Windows-1251",
  macintosh: "Mac Roman",
  shift_jis: "Shift JIS",
  gb18030: "GB 18030",
};

function dialectRemarks(
  { encoding, damaged }: FoundEncoding,
  { separator, separatorLine }: Dialect,
  readings: Readings,
): string[] {
  const remarks: string[] = [];
  if (encoding !== "utf-8") {
    const why =
      readings.encoding === "found" && encoding === "windows-1252" ? ", as it is not UTF-8" : "";
    remarks.push(`read as ${encodingNames[encoding]}${why}`);
  }
  if (damaged > 0)
    remarks.push(
      `${plural(damaged, "character")} cannot be read as ${encodingNames[encoding]} and stand as �`,
    );
  if (separator !== "," && !separatorLine)
    remarks.push(`${separatorNames[separator] ?? separator} read as separator`);
  return remarks;
}

/** Puts the columns' values together; what is said of many columns is said once. */
function finishTable(
  built: ReturnType<TableBuilder["finish"]>,
  dialect: Dialect,
  found: FoundEncoding,
  readings: Readings,
): Omit<CsvTable, "fingerprint"> {
  const examined = built.raw.map(examineColumn);
  const context = { file: decimalOf(examined), separator: dialect.separator, readings };
  const finished = examined.map((column) => finishColumn(column, context));
  const signs = new Set(finished.flatMap(({ sign }) => sign ?? []));
  const [sign = null] = signs;
  const columns = withInputs(
    finished.map(({ column }) => column),
    readings,
  );
  const remarks = [...dialectRemarks(found, dialect, readings), ...built.remarks];
  for (const said of new Set(columns.flatMap((column) => column.remarks))) {
    const of = columns.filter((column) => column.remarks.includes(said));
    if (of.some(({ use }) => use !== "left out") && /read as/.test(said)) {
      const names =
        of.length === columns.length
          ? ""
          : ` (${of
              .slice(0, 3)
              .map(({ name }) => name)
              .join(", ")}${of.length > 3 ? ", …" : ""})`;
      remarks.push(`${said}${names}`);
    }
  }
  return {
    rows: built.lines.rows.length,
    lines: built.lines,
    first: built.first,
    columns,
    dialect: {
      encoding: found.encoding,
      separator: separatorNames[dialect.separator] ?? dialect.separator,
      header: dialect.header,
      decimal: signs.size > 1 ? "mixed" : sign,
    },
    remarks,
  };
}

/** Least columns that a table is learned from: an input and an answer. */
const leastColumns = 2;

/** Where leaving counters out would leave nothing to learn from, they are used: x and y of a curve ascend too. */
function withInputs(columns: readonly CsvColumn[], readings: Readings): readonly CsvColumn[] {
  const used = columns.filter(({ use }) => use !== "left out").length;
  let wanted = leastColumns - used;
  return columns.map((column, at) => {
    const able = column.uses.includes(column.natural) && column.kind === "numbers";
    const counter = able && column.date === null && column.proposed === "left out";
    if (wanted <= 0 || !counter || readings.leftOut.includes(at + 1) || column.name === "row")
      return column;
    wanted--;
    return { ...column, use: column.natural, proposed: column.natural };
  });
}

async function readTable(reader: ByteReader, readings: Readings): Promise<CsvTable> {
  const sum = new Crc32();
  const found: FoundEncoding = { encoding: "utf-8", damaged: 0 };
  const texts = csvText(reader, sum, readings.encoding, found);
  let head = "";
  let complete = false;
  while (head.length < headLength && !complete) {
    const { value, done } = await texts.next();
    if (done) complete = true;
    else head += value;
  }
  if (complete && head.trim() === "")
    throw reader.error("a table of values", head === "" ? "an empty file" : "blanks only", 0);
  const dialect = findDialect(head, complete, readings);
  const splitter = new Splitter(reader.name, dialect.separator);
  const builder = new TableBuilder(reader.name, dialect);
  let skip = dialect.separatorLine ? 1 : 0;
  const take = (records: readonly CsvRecord[]) => {
    for (const record of records) {
      if (skip > 0) skip--;
      else builder.add(record);
    }
  };
  take(splitter.eat(head));
  if (!complete) for await (const text of texts) take(splitter.eat(text));
  take(splitter.end());
  const table = finishTable(builder.finish(), dialect, found, readings);
  return { ...table, fingerprint: sum.value % largestFingerprint };
}

/**
 * Reads a table, plain or gzip.
 * @param readings what the learner has read otherwise than it is found
 * @throws DataLineError with file, line, expectation and finding; DataFileError where bytes are wrong
 */
export async function readCsv(
  file: OpenedFile,
  progress?: ReadProgress,
  readings: Readings = asProposed,
): Promise<CsvTable> {
  const reader = await ByteReader.open(file, progress);
  try {
    return await readTable(reader, readings);
  } finally {
    await reader.close();
  }
}
