// What the columns of a table are: numbers (under which decimal sign), dates, categories or names, and what is proposed for each.
import type { Experiment } from "../../experiment/schema";
import { type Dates, readDates } from "./values/dates";
import { mergeSpellings } from "./values/labels";
import { isMissing } from "./values/missing";
import { type NumberText, readNumber } from "./values/numbers";

/** Most different words of a column: more are names or free text, not categories. */
export const mostCategories = 100;
/** Most different numbers with decimals that may be names of categories. */
const mostFractions = 20;
/** Share of numbers from which a column is meant to be one of numbers; the rest counts as missing. */
const mostlyNumbers = 0.9;
/** Share of numbers from which a column of words can be read as one of numbers. */
const halfNumbers = 0.5;
/** Of different words so many are categories in any table. */
const fewWords = 10;
/** Whole numbers that ascend by chance are rarer with more rows. */
const leastCounted = 5;
/** A counter in another order, with some rows left out, still fills its range so far. */
const counterShare = 0.6;

/** What the network makes of a column. */
export type ColumnUse = "number" | "category" | "left out";
export type DecimalSign = "point" | "comma";

/** How the learner has a table read: settings of the experiment, all of them as proposed by default. */
export type Readings = Pick<
  Experiment["data"],
  | "encoding"
  | "separator"
  | "header"
  | "decimal"
  | "spellings"
  | "leftOut"
  | "kept"
  | "asCategories"
  | "asNumbers"
>;

interface Common {
  readonly name: string;
  /** Rows without a value. */
  readonly missing: number;
  /** Different values. */
  readonly distinct: number;
  readonly use: ColumnUse;
  readonly proposed: ColumnUse;
  /** What can be chosen. */
  readonly uses: readonly ColumnUse[];
  /** What it is by its values, used or not. */
  readonly natural: "number" | "category";
  /** What was read otherwise than it stands there, and why it is proposed to be left out. */
  readonly remarks: readonly string[];
}

export type CsvColumn = Common &
  (
    | {
        readonly kind: "numbers";
        /** Days since the first date, or hours of the day, where the column holds dates or times. */
        readonly date: "dates" | "times" | null;
        /** NaN where missing. */
        readonly values: Float32Array;
      }
    | {
        readonly kind: "words";
        /** The words in order of their first appearance. */
        readonly words: readonly string[];
        /** Place in `words` of each row, −1 where missing. */
        readonly values: Int32Array;
      }
    /** Too many different words to learn from. */
    | { readonly kind: "names" }
  );

/** A column as it stands in the file: each text once, and which one each row has. */
export interface RawColumn {
  readonly name: string;
  /** Number of the column, from 1. */
  readonly number: number;
  /** True for a column without a name in front of the others, which programs write for their row numbers. */
  readonly rowNames: boolean;
  readonly texts: readonly string[];
  /** Place in `texts` of each row. */
  readonly codes: readonly number[];
}

/** A column looked at under both decimal signs. */
export interface Examined {
  readonly raw: RawColumn;
  /** Different values in order of appearance, without what is missing. */
  readonly words: readonly string[];
  /** Rows of each word. */
  readonly counts: readonly number[];
  /** Place in `words` of each text of the file, −1 where it is a mark of a missing value. */
  readonly places: Int32Array;
  /** Marks of missing values and how often each stands. */
  readonly marks: ReadonlyMap<string, number>;
  readonly present: number;
  /** Each word as a number, null where it is none. */
  readonly numbers: readonly (NumberText | null)[];
  /** Rows that are numbers under either sign. */
  readonly fits: Readonly<Record<DecimalSign, number>>;
  /** Words that say different numbers under the two signs. */
  readonly ambiguous: number;
}

/** Units must be the same in all values, but 0 needs none and money is often written once. */
function sameUnit(numbers: readonly (NumberText | null)[]): boolean {
  const units = new Set<string>();
  let bare = false;
  for (const number of numbers) {
    if (!number) continue;
    if (number.unit !== "") units.add(number.unit);
    else if (number.point !== 0) bare = true;
  }
  if (units.size > 1) return false;
  const [unit] = units;
  return unit === undefined || !bare || /\p{Sc}/u.test(unit);
}

export function examineColumn(raw: RawColumn): Examined {
  const textCounts = new Float64Array(raw.texts.length);
  for (const code of raw.codes) textCounts[code] = (textCounts[code] as number) + 1;
  const known = new Map<string, number>();
  const counts: number[] = [];
  const marks = new Map<string, number>();
  const places = Int32Array.from(raw.texts, (text, code) => {
    const word = text.trim();
    const count = textCounts[code] as number;
    if (isMissing(word)) {
      marks.set(word, (marks.get(word) ?? 0) + count);
      return -1;
    }
    const place = known.get(word) ?? known.size;
    known.set(word, place);
    counts[place] = (counts[place] ?? 0) + count;
    return place;
  });
  const words = [...known.keys()];
  const read = words.map(readNumber);
  const numbers = sameUnit(read) ? read : read.map((one) => (one?.unit ? null : one));
  const fits = { point: 0, comma: 0 };
  let ambiguous = 0;
  numbers.forEach((number, place) => {
    if (!number) return;
    if (number.point !== null) fits.point += counts[place] as number;
    if (number.comma !== null) fits.comma += counts[place] as number;
    if (number.point !== null && number.comma !== null && number.point !== number.comma)
      ambiguous++;
  });
  const present = counts.reduce((sum, count) => sum + count, 0);
  return { raw, words, counts, places, marks, present, numbers, fits, ambiguous };
}

const shareOfNumbers = ({ fits, present }: Examined) =>
  Math.max(fits.point, fits.comma) / Math.max(1, present);
const isNumeric = (column: Examined) =>
  column.present > 0 && shareOfNumbers(column) >= mostlyNumbers;

/** The decimal sign of the whole file, by the columns that fit only one; null where none tells. */
export function decimalOf(columns: readonly Examined[]): DecimalSign | null {
  const votes = { point: 0, comma: 0 };
  for (const column of columns) {
    if (!isNumeric(column) || column.fits.point === column.fits.comma) continue;
    votes[column.fits.point > column.fits.comma ? "point" : "comma"]++;
  }
  if (votes.point === votes.comma) return null;
  return votes.point > votes.comma ? "point" : "comma";
}

/** Different values with a sign from which they tell whether it groups thousands. */
const tellingWords = 5;

/** The sign of a column that fits both, such as 1,234 throughout. */
function ambiguousSign(
  { numbers, words }: Examined,
  file: DecimalSign | null,
  separator: string,
): DecimalSign {
  if (file !== null) return file;
  const commas = words.filter((word) => word.includes(",")).length;
  const points = words.filter((word) => word.includes(".")).length;
  const groups = numbers.filter((number) => number?.groups === "," || number?.groups === ".");
  const thousands = commas > 0 ? "point" : "comma";
  // Whoever prints three decimals prints them in every value; whoever groups thousands leaves smaller numbers bare.
  if (groups.length >= tellingWords && commas + points < words.length) return thousands;
  if (commas > 0) return separator === ";" ? "comma" : "point";
  return "point";
}

/** How a column of numbers is read. */
function signOf(
  column: Examined,
  file: DecimalSign | null,
  separator: string,
  wanted: Readings["decimal"],
): DecimalSign {
  const { fits, present, ambiguous } = column;
  if (wanted !== "found" && fits[wanted] >= mostlyNumbers * present) return wanted;
  if (fits.point !== fits.comma) return fits.point > fits.comma ? "point" : "comma";
  return ambiguous > 0 ? ambiguousSign(column, file, separator) : (file ?? "point");
}

/** A column with its values, before it is decided whether it is used. */
interface Content {
  readonly numbers: {
    readonly values: Float64Array;
    readonly date: "dates" | "times" | null;
  } | null;
  readonly remarks: string[];
  /** Words that are no numbers in a column of numbers. */
  readonly odd: number;
  /** The decimal sign that its values were read with, where it matters. */
  readonly sign: DecimalSign | null;
}

const shown = (word: string) => (word.length > 24 ? `${word.slice(0, 21)}…` : word);
const quoted = (words: readonly string[]) => words.map((word) => `“${shown(word)}”`).join(", ");

function valueUnder(number: NumberText | null, sign: DecimalSign): number {
  const value = number?.[sign];
  return value === null || value === undefined || !Number.isFinite(Math.fround(value))
    ? Number.NaN
    : value;
}

function readAsNumbers(column: Examined, sign: DecimalSign): Content {
  const { numbers, words, counts } = column;
  const values = Float64Array.from(numbers, (number) => valueUnder(number, sign));
  const used = numbers.filter((number): number is NumberText => number !== null);
  const remarks: string[] = [];
  const mark = sign === "comma" ? "," : ".";
  const other = sign === "comma" ? "." : ",";
  const decimals = words.some((word, at) => {
    const number = numbers[at];
    return number && number[sign] !== null && word.includes(mark);
  });
  if (sign === "comma" && decimals) remarks.push("comma read as decimal sign");
  const groups = used.find(({ groups }) => groups === other || groups === " " || groups === "'");
  const separators = { ",": "comma", ".": "point", " ": "blank", "'": "apostrophe" };
  if (groups && groups[sign] !== null) {
    const name = separators[groups.groups as keyof typeof separators];
    remarks.push(`${name} read as thousands separator`);
  }
  if (column.ambiguous > 0 && column.fits.point === column.fits.comma) {
    const at = numbers.findIndex((one) => one && one.point !== one.comma);
    const [word, number] = [words[at] as string, numbers[at] as NumberText];
    remarks.push(
      `“${word}” read as ${number[sign]}, not ${number[sign === "comma" ? "point" : "comma"]}`,
    );
  }
  const unit = used.find((number) => number.unit !== "")?.unit;
  if (unit) remarks.push(unit === "%" ? "percent sign left out" : `unit ${unit} left out`);
  if (used.some(({ fullWidth }) => fullWidth)) remarks.push("full-width digits read as digits");
  if (used.some(({ minus }) => minus)) remarks.push("− read as minus sign");
  if (used.some(({ parentheses }) => parentheses)) remarks.push("parentheses read as minus");
  const odd = words.filter((_, at) => Number.isNaN(values[at]));
  const rows = counts.reduce((sum, count, at) => sum + (Number.isNaN(values[at]) ? count : 0), 0);
  if (odd.length > 0) {
    const more = odd.length > 3 ? ", …" : "";
    remarks.push(
      `no ${odd.length === 1 ? "number" : "numbers"} and counted as missing: ${quoted(odd.slice(0, 3))}${more}`,
    );
  }
  const matters = decimals || column.ambiguous > 0;
  return { numbers: { values, date: null }, remarks, odd: rows, sign: matters ? sign : null };
}

function readAsDates({ kind, values, order }: Dates): Content {
  const ways = order ? ` (${order})` : "";
  const remarks = [
    kind === "dates"
      ? `dates${ways}; as a number: days since the first`
      : "times of day; as a number: hours",
  ];
  return { numbers: { values, date: kind }, remarks, odd: 0, sign: null };
}

/** Codes such as 00123 and 9007199254740993, which a number would cut. */
function isCode(words: readonly string[]): boolean {
  return words.some((word) => /^0\d{2,}$/.test(word) || /^\d{16,}$/.test(word));
}

export interface ColumnContext {
  /** The decimal sign of the file, null where no column tells. */
  readonly file: DecimalSign | null;
  /** What separates its values. */
  readonly separator: string;
  readonly readings: Readings;
}

function numericContent(column: Examined, { file, separator, readings }: ColumnContext): Content {
  return readAsNumbers(column, signOf(column, file, separator, readings.decimal));
}

function naturalContent(column: Examined, context: ColumnContext): Content {
  const { words, present } = column;
  const share = shareOfNumbers(column);
  const dates = present > 0 ? readDates(words) : null;
  if (dates) return readAsDates(dates);
  if (isNumeric(column) && !isCode(words)) return numericContent(column, context);
  const remarks = isCode(words)
    ? ["read as codes: a number would lose digits"]
    : share >= halfNumbers
      ? [
          `${Math.round(share * 100)} % of the values are numbers, the others words such as ${quoted(words.filter((_, at) => !column.numbers[at]).slice(0, 2))}`,
        ]
      : [];
  return { numbers: null, remarks, odd: 0, sign: null };
}

/** Names of columns that identify a row, alone or behind a word: id, customer_id, customerId. */
const idName =
  /^(#|№|nr\.?|no\.?|num|number|nummer|index|idx|row|rownames|unnamed: 0|uuid|guid|key|code|id|.*[_ .-](id|nr|no|key|uuid|index)|.*[a-z](Id|ID|Nr|No))$/;

/** Why whole numbers, all of them different, number the rows; null where they may be quantities. */
function countsRows(name: string, values: readonly number[], rows: number): string | null {
  if (rows < leastCounted || values.length !== rows) return null;
  if (!values.every(Number.isInteger)) return null;
  if (values.every((value, at) => at === 0 || value > (values[at - 1] as number)))
    return "a counter: goes up from row to row";
  const low = values.reduce((least, value) => Math.min(least, value));
  const high = values.reduce((most, value) => Math.max(most, value));
  if (rows >= counterShare * (high - low + 1))
    return "a counter in another order: every number once";
  const normalized = name.trim();
  if (idName.test(normalized) || idName.test(normalized.toLowerCase()))
    return "an identifier: another number in every row";
  return null;
}

const empty = "empty";
const constant = "constant: the same in every row";

/** Why the column is proposed to be left out; null where it is used. */
function reasonToLeaveOut(
  column: Examined,
  { numbers }: Content,
  distinct: number,
  rows: number,
): string | null {
  const { raw, present } = column;
  if (present === 0) return empty;
  if (distinct < 2) return constant;
  if (raw.rowNames) return "no name, as programs write row numbers";
  if (numbers?.date) return numbers.date;
  if (numbers) {
    const inOrder = raw.codes.map(
      (code) => numbers.values[column.places[code] as number] as number,
    );
    return countsRows(raw.name, inOrder.length === distinct ? inOrder : [], rows);
  }
  if (distinct > mostCategories)
    return `too many different words for categories (at most ${mostCategories})`;
  if (distinct > Math.max(fewWords, rows / 2))
    return "hardly a word comes again: names or free text";
  return null;
}

function usesOf(
  content: Content,
  column: Examined,
  distinct: number,
  reason: string | null,
): readonly ColumnUse[] {
  if (reason === empty || reason === constant) return ["left out"];
  const uses: ColumnUse[] = [];
  if (content.numbers || shareOfNumbers(column) >= halfNumbers) uses.push("number");
  const { numbers } = content;
  const few =
    distinct <= (numbers?.values.every(Number.isInteger) ? mostCategories : mostFractions);
  if (numbers ? few && !numbers.date : distinct <= mostCategories) uses.push("category");
  return [...uses, "left out"];
}

function chosenUse(
  number: number,
  proposed: ColumnUse,
  natural: "number" | "category",
  uses: readonly ColumnUse[],
  { leftOut, kept, asCategories, asNumbers }: Readings,
): ColumnUse {
  const wanted: ColumnUse | null = leftOut.includes(number)
    ? "left out"
    : asCategories.includes(number)
      ? "category"
      : asNumbers.includes(number)
        ? "number"
        : kept.includes(number)
          ? natural
          : null;
  return wanted !== null && uses.includes(wanted) ? wanted : proposed;
}

function missingRemark(marks: ReadonlyMap<string, number>): string[] {
  const named = [...marks].filter(([mark]) => mark !== "");
  if (named.length === 0) return [];
  const list = named.slice(0, 4).map(([mark, count]) => `“${shown(mark)}” ${count}×`);
  return [`missing: ${list.join(", ")}${named.length > 4 ? ", …" : ""}`];
}

/** Different values as categories, numbers in ascending order. */
function categoriesOf(
  column: Examined,
  { numbers }: Content,
  spellings: Readings["spellings"],
): { words: readonly string[]; places: Int32Array; remarks: string[] } {
  const { words, counts } = column;
  if (numbers) {
    const sorted = [...new Set(numbers.values)].filter((value) => !Number.isNaN(value));
    sorted.sort((a, b) => a - b);
    const order = new Map(sorted.map((value, at) => [value, at]));
    const places = Int32Array.from(numbers.values, (value) => order.get(value) ?? -1);
    return { words: sorted.map(String), places, remarks: [] };
  }
  const merged = mergeSpellings(words, counts);
  if (merged.merged.length === 0)
    return { words, places: Int32Array.from(words.keys()), remarks: [] };
  const groups = merged.merged
    .slice(0, 3)
    .map((group) => quoted(group))
    .join("; ");
  const more = merged.merged.length > 3 ? "; …" : "";
  return spellings === "merged"
    ? { ...merged, remarks: [`spellings read as one: ${groups}${more}`] }
    : {
        words,
        places: Int32Array.from(words.keys()),
        remarks: [`spellings kept apart: ${groups}${more}`],
      };
}

/** The column as it is learned from, and the decimal sign that it was read with. */
export function finishColumn(
  column: Examined,
  context: ColumnContext,
): { readonly column: CsvColumn; readonly sign: DecimalSign | null } {
  const { raw, places } = column;
  const rows = raw.codes.length;
  const found = naturalContent(column, context);
  const natural = found.numbers ? "number" : "category";
  const categories = categoriesOf(column, found, context.readings.spellings);
  const distinct = categories.words.length;
  const reason = reasonToLeaveOut(column, found, distinct, rows);
  const proposed: ColumnUse = reason ? "left out" : natural;
  const uses = usesOf(found, column, distinct, reason);
  const use = chosenUse(raw.number, proposed, natural, uses, context.readings);
  const content = use === "number" && !found.numbers ? numericContent(column, context) : found;
  const { numbers } = content;
  const remarks = [
    ...(reason && reason !== numbers?.date ? [reason] : []),
    ...content.remarks,
    ...categories.remarks,
    ...missingRemark(column.marks),
  ];
  const missing = rows - column.present + content.odd;
  const common = {
    name: raw.name,
    missing,
    distinct,
    use,
    proposed,
    uses,
    natural,
    remarks,
  } as const;
  const sign = content.sign;
  const asWords = use === "category" || (use === "left out" && !numbers);
  if (asWords && distinct > mostCategories) return { column: { ...common, kind: "names" }, sign };
  const valueAt = <T>(code: number, none: T, at: (place: number) => T): T => {
    const place = places[code] as number;
    return place < 0 ? none : at(place);
  };
  if (asWords) {
    const values = Int32Array.from(raw.codes, (code) =>
      valueAt(code, -1, (place) => categories.places[place] as number),
    );
    return { column: { ...common, kind: "words", words: categories.words, values }, sign };
  }
  const values = Float32Array.from(raw.codes, (code) =>
    valueAt(code, Number.NaN, (place) => numbers?.values[place] as number),
  );
  return { column: { ...common, kind: "numbers", date: numbers?.date ?? null, values }, sign };
}
