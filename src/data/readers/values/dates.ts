// Dates and times as tables write them, told by all values of a column together: 3/4/2026 alone may be March or April.

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
/** German, French and Spanish short names that differ. */
const otherMonths: Readonly<Record<string, number>> = {
  ...{ mär: 3, mrz: 3, mai: 5, okt: 10, dez: 12 },
  ...{ fév: 2, avr: 4, jui: 6, aoû: 8, déc: 12, ene: 1, abr: 4, ago: 8, dic: 12 },
};

const time =
  "(?:[T ,]\\s*(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,]\\d+)?)?\\s*([ap]m)?\\s*(?:Z|UTC|[+-]\\d{2}:?\\d{2})?)?";
const yearFirst = new RegExp(`^(\\d{4})[-/.](\\d{1,2})[-/.](\\d{1,2})${time}$`, "i");
const yearLast = new RegExp(`^(\\d{1,2})([-/.])\\s?(\\d{1,2})\\2\\s?(\\d{4}|\\d{2})${time}$`, "i");
const dayMonthName = new RegExp(
  `^(?:[a-z]{2,9},?\\s)?(\\d{1,2})(?:\\.|st|nd|rd|th)?[ -]?(\\p{L}{3,9})\\.?,?[ -]?(\\d{4}|\\d{2})${time}$`,
  "iu",
);
const monthNameDay = new RegExp(
  `^(?:[a-z]{3,9},?\\s)?(\\p{L}{3,9})\\.?\\s(\\d{1,2})(?:st|nd|rd|th)?,?\\s(\\d{4})${time}$`,
  "iu",
);
const digitsOnly = /^((?:19|20)\d{2})(\d{2})(\d{2})$/;
const timeOnly = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*([ap]m)?$/i;

/** A text as parts of a date; `first` and `second` may be day and month or month and day. */
interface Parts {
  readonly year: number;
  readonly first: number;
  readonly second: number;
  /** Which of the two is the month; "either" is for the column to decide. */
  readonly month: "first" | "second" | "either";
  readonly separator: string;
  /** Of a day. */
  readonly time: number;
}

function timeOf(parts: readonly (string | undefined)[]): number {
  const [hour = "0", minute = "0", second = "0", half] = parts;
  let hours = Number(hour);
  if (half) hours = (hours % 12) + (half.toLowerCase() === "pm" ? 12 : 0);
  return (hours + Number(minute) / 60 + Number(second) / 3600) / 24;
}

/** Two digits as spreadsheets read them: 30 … 99 are of the last century. */
function fullYear(text: string): number {
  const year = Number(text);
  return text.length > 2 ? year : year + (year < 30 ? 2000 : 1900);
}

function monthOf(name: string): number | null {
  const short = name.toLowerCase().slice(0, 3);
  const place = months.indexOf(short);
  return place >= 0 ? place + 1 : (otherMonths[short] ?? null);
}

function partsOf(text: string): Parts | null {
  const make = (year: number, first: number, second: number, more: Partial<Parts>): Parts => ({
    ...{ year, first, second, month: "first", separator: "-", time: 0 },
    ...more,
  });
  const iso = yearFirst.exec(text) ?? digitsOnly.exec(text);
  if (iso)
    return make(Number(iso[1]), Number(iso[2]), Number(iso[3]), { time: timeOf(iso.slice(4)) });
  const last = yearLast.exec(text);
  if (last) {
    return make(fullYear(last[4] as string), Number(last[1]), Number(last[3]), {
      month: "either",
      separator: last[2] as string,
      time: timeOf(last.slice(5)),
    });
  }
  const named = dayMonthName.exec(text);
  const month = named && monthOf(named[2] as string);
  if (named && month) {
    return make(fullYear(named[3] as string), month, Number(named[1]), {
      time: timeOf(named.slice(4)),
    });
  }
  const words = monthNameDay.exec(text);
  const other = words && monthOf(words[1] as string);
  if (words && other)
    return make(Number(words[3]), other, Number(words[2]), { time: timeOf(words.slice(4)) });
  return null;
}

/** Days since 1970-01-01 of a date of the Gregorian calendar (Howard Hinnant's days_from_civil). */
function daysSinceEpoch(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

function daysIn(year: number, month: number): number {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
}

export interface Dates {
  /** "dates" as days since the first, or "times" of a day in hours. */
  readonly kind: "dates" | "times";
  readonly values: Float64Array;
  /** How it was read, where more than one way was possible: "day first", "month first". */
  readonly order: "day first" | "month first" | null;
}

/**
 * Reads the texts of a column as dates, where all of them are.
 * @returns null where one of them is none
 */
export function readDates(texts: readonly string[]): Dates | null {
  // Whole numbers of eight digits are dates only where there are several of them.
  const first = texts[0];
  if (first === undefined || !/\d/.test(first) || !/[-/.: ]|^\d{8}$/.test(first)) return null;
  if (timeOnly.test(first)) return readTimes(texts);
  const found: Parts[] = [];
  for (const text of texts) {
    const parts = partsOf(text.trim());
    if (parts === null) return null;
    found.push(parts);
  }
  if (digitsOnly.test(first) && texts.length < 3) return null;
  const open = found.filter(({ month }) => month === "either");
  const dayFirst =
    open.some((parts) => parts.first > 12) ||
    (!open.some((parts) => parts.second > 12) && open.some(({ separator }) => separator !== "/"));
  const values = new Float64Array(found.length);
  for (const [at, parts] of found.entries()) {
    const swap = parts.month === "either" && dayFirst;
    const [month, day] = swap ? [parts.second, parts.first] : [parts.first, parts.second];
    if (month < 1 || month > 12 || day < 1 || day > daysIn(parts.year, month)) return null;
    if (parts.time >= 1) return null;
    values[at] = daysSinceEpoch(parts.year, month, day) + parts.time;
  }
  const start = values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const order = open.length === 0 ? null : dayFirst ? "day first" : "month first";
  return { kind: "dates", values: values.map((value) => value - start), order };
}

function readTimes(texts: readonly string[]): Dates | null {
  const values = new Float64Array(texts.length);
  for (const [at, text] of texts.entries()) {
    const found = timeOnly.exec(text);
    if (!found || Number(found[2]) > 59) return null;
    values[at] = 24 * timeOf(found.slice(1));
  }
  return { kind: "times", values, order: null };
}
