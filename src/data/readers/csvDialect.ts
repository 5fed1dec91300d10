// How a table is written, told by its first lines: the separator under which they agree, lines of text above the header, header or not.

import type { Readings } from "./csvColumns";
import type { CsvRecord } from "./csvRecords";
import { blanks, Splitter } from "./csvRecords";
import { readDates } from "./values/dates";
import { isMissing } from "./values/missing";
import { readNumber } from "./values/numbers";

/** Characters of the beginning by which a table is judged. */
export const headLength = 1 << 16;
/** Records of it that are looked at. */
const headRecords = 200;
/** Most lines of text above a header. */
const mostTitles = 30;
/** A column is one of numbers or dates from this share on. */
const mostlyValues = 0.8;

export const separatorSigns = {
  comma: ",",
  semicolon: ";",
  tab: "\t",
  pipe: "|",
  blank: blanks,
} as const;

export interface Dialect {
  readonly separator: string;
  /** The file's first line says what separates: `sep=;`. */
  readonly separatorLine: boolean;
  /** Records of text above the table. */
  readonly titles: number;
  readonly header: boolean;
  /** The first line has numbers as names: 2019, 2020, 2021. */
  readonly numberedNames: boolean;
  /** Rows begin with a name for which the header has none, as R writes them. */
  readonly rowNames: boolean;
  /** Values of a usual row. */
  readonly width: number;
}

const filled = ({ values }: CsvRecord) => values.filter((value) => value.trim() !== "").length;

/** Records of the beginning under a separator, those without any value left out; null where its quotes make no sense. */
function split(head: string, separator: string, whole: boolean): CsvRecord[] | null {
  const splitter = new Splitter("", separator);
  const records: CsvRecord[] = [];
  try {
    records.push(...splitter.eat(head));
    if (whole) records.push(...splitter.end());
  } catch {
    // What came before the fault is judged; the fault itself is named when the file is read.
  }
  if (records.length === 0 && !whole) return null;
  return records.filter((record) => filled(record) > 0).slice(0, headRecords);
}

/** The most frequent number of values in a record, of equally frequent ones the larger. */
function usualLength(records: readonly CsvRecord[]): { length: number; count: number } {
  const counts = new Map<number, number>();
  for (const { values } of records) counts.set(values.length, (counts.get(values.length) ?? 0) + 1);
  let best = { length: 0, count: 0 };
  for (const [length, count] of counts) {
    if (count > best.count || (count === best.count && length > best.length))
      best = { length, count };
  }
  return best;
}

const isDate = (text: string) => readDates([text, text, text]) !== null;
const isValue = (text: string) => isMissing(text) || readNumber(text) !== null || isDate(text);

/** How much a value looks like one: 1 for numbers, less for words, little where another separator or a quote stands in it. */
function cleanness(text: string): number {
  if (isValue(text)) return 1;
  if (text.includes('"')) return 0;
  if (/[;\t|]/.test(text)) return 0.2;
  if (/,(?!\s)/.test(text)) return 0.4;
  return 0.9;
}

/** What a first record counts that is no header of the others; lines of text above a header are as strange under every separator. */
const strangeFirst = 0.6;
/** Blanks separate values only where most of those are numbers: words have blanks of their own. */
const blankShare = 0.9;

function scoreOf(records: readonly CsvRecord[], separator: string): number {
  const { length, count } = usualLength(records);
  if (length < 2) return 0;
  const share = count / records.length;
  let sum = 0;
  let values = 0;
  let cells = 0;
  for (const record of records) {
    if (record.values.length !== length) continue;
    for (const value of record.values) {
      const text = value.trim();
      sum += cleanness(text);
      if (isValue(text)) values++;
      cells++;
    }
  }
  if (separator === blanks && (share < blankShare || values < cells / 4)) return 0;
  const first = records[0]?.values.length ?? 0;
  const agrees = first === length || (length > 2 && first === length - 1);
  const doubt = (separator === blanks ? 0.8 : 1) * (agrees ? 1 : strangeFirst);
  return doubt * share * (sum / cells);
}

function findSeparator(head: string, whole: boolean): string {
  let best: string = separatorSigns.comma;
  let bestScore = 0;
  for (const separator of Object.values(separatorSigns)) {
    const records = split(head, separator, whole);
    const score = records ? scoreOf(records, separator) : 0;
    if (score > bestScore) [best, bestScore] = [separator, score];
  }
  return best;
}

const separatorLine = /^\ufeff?"?sep=(.)"?[;,\t]*(?:\r\n|\r|\n)/i;

/** Share of numbers and dates among the values of each column that are not missing. */
function valueShares(records: readonly CsvRecord[], columns: number): number[] {
  return Array.from({ length: columns }, (_, column) => {
    const texts = records
      .map(({ values }) => (values[column] ?? "").trim())
      .filter((text) => !isMissing(text));
    return texts.length === 0 ? 0 : texts.filter(isValue).length / texts.length;
  });
}

const whole = /^[+-]?\d+$/;

/** Whole numbers that go up one by one: names such as 2019, 2020, 2021 or 0, 1, 2. */
function ascends(texts: readonly string[]): boolean {
  const numbers = texts.filter((text) => whole.test(text)).map(Number);
  const all = texts.every((text) => whole.test(text) || readNumber(text) === null);
  return (
    all &&
    numbers.length > 1 &&
    numbers.every((n, at) => at === 0 || n === (numbers[at - 1] as number) + 1)
  );
}

type Header = Pick<Dialect, "header" | "numberedNames">;

/** Share of rows with one value more than the header from which they have names. */
const mostlyLonger = 0.8;

/** One value more than the header has, and not an empty one: names of rows in front. */
function namesRows([first, ...rest]: readonly CsvRecord[]): boolean {
  if (!first) return false;
  const { length } = first.values;
  const longer = rest.filter(({ values }) => values.length === length + 1);
  if (longer.length === 0 || longer.length < mostlyLonger * rest.length) return false;
  return longer.some(({ values }) => values[length]?.trim() !== "");
}

/** Whether the first record names the columns: words above numbers do, numbers above numbers and repeated words don't. */
function findHeader(records: readonly CsvRecord[]): Header {
  const [first, ...rest] = records;
  if (!first) return { header: true, numberedNames: false };
  const texts = first.values.map((value) => value.trim());
  if (rest.length === 0) {
    const values = texts.some((text) => text !== "" && isValue(text));
    return { header: !values, numberedNames: false };
  }
  const second = (rest[0] as CsvRecord).values.map((value) => value.trim());
  const numberedNames = ascends(texts) && !ascends(second);
  const shift = namesRows(records) ? 1 : 0;
  const shares = valueShares(rest, texts.length + shift).slice(shift);
  let names = 0;
  let values = 0;
  texts.forEach((text, column) => {
    const above = (shares[column] as number) >= mostlyValues;
    if (text === "" || isMissing(text)) return;
    if (isValue(text)) {
      if (!numberedNames && above) values++;
    } else if (above) names++;
    else if (rest.some((record) => record.values[column + shift]?.trim() === text)) values++;
  });
  return { header: names >= values, numberedNames };
}

/** No value in it is a number or a date. */
const looksLikeNames = ({ values }: CsvRecord) =>
  values.every((value) => value.trim() === "" || !isValue(value.trim()));

/** Records of text above the table: one value in front of wider records, or comments. */
function countTitles(records: readonly CsvRecord[]): number {
  const { length: usual } = usualLength(records);
  if (usual < 2) return 0;
  const fillings = records.map(filled).sort((a, b) => a - b);
  const typical = fillings[fillings.length >> 1] as number;
  let titles = 0;
  for (const [at, record] of records.slice(0, Math.min(mostTitles, records.length - 1)).entries()) {
    const later = records.slice(at + 1, mostTitles + 1);
    const width = record.values.length;
    const alone = filled(record) === 1 && (record.values[0] ?? "").trim() !== "";
    const comment = /^\s*[#%]/.test(record.values[0] ?? "") && width !== usual;
    const wider = later.some((one) => one.values.length >= usual && filled(one) > 1);
    // The header of one column beside row names is alone too: then values follow at once.
    const rowNames = usual === 2 && width === 1 && !looksLikeNames(later[0] as CsvRecord);
    const title =
      wider &&
      ((alone && typical > 1 && !rowNames) ||
        comment ||
        (width !== usual &&
          filled(record) < typical &&
          later.some((one) => one.values.length === usual && looksLikeNames(one))));
    if (title) titles = at + 1;
    else break;
  }
  return titles;
}

/**
 * @param head beginning of the text
 * @param complete true where the head is the whole text
 */
export function findDialect(
  head: string,
  complete: boolean,
  wanted: Pick<Readings, "separator" | "header">,
): Dialect {
  const said = separatorLine.exec(head);
  const body = said ? head.slice(said[0].length) : head;
  const separator =
    wanted.separator !== "found"
      ? separatorSigns[wanted.separator]
      : ((said?.[1] === " " ? blanks : said?.[1]) ?? findSeparator(body, complete));
  const records = split(body, separator, complete) ?? [];
  const titles = countTitles(records);
  const table = records.slice(titles);
  const found = findHeader(table);
  const header = wanted.header === "found" ? found.header : wanted.header === "names";
  return {
    separator,
    separatorLine: said !== null,
    titles,
    header,
    numberedNames: header && found.numberedNames,
    rowNames: header && namesRows(table),
    width: usualLength(header ? table.slice(1) : table).length,
  };
}
