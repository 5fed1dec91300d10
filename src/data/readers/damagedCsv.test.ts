// Damaged tables: each is refused with the line that is wrong.
import { concatenate, gzip } from "../testing";
import { mostRows, readCsv } from "./csv";
import { type Case, refusesAll, text, zeros } from "./damaged";

const tables: readonly Case[] = [
  [
    "is empty",
    () => zeros(0),
    /byte 0: expected a header with the names of the columns, found an empty file/,
  ],
  ["has a header only", () => text("a,b\n"), /line 2: expected at least one row/],
  ["has a header below empty lines only", () => text("\n\na,b\n"), /line 4: expected at least one/],
  [
    "has a short row",
    () => text("a,b,c\n1,2,3\n1,2\n"),
    /line 3: expected 3 values, as in the header, found 2/,
  ],
  [
    "has a long row",
    () => text("a,b\n1,2\n\n1,2,3\n"),
    /line 4: expected 2 values, as in the header, found 3/,
  ],
  [
    "holds NaN",
    () => text("a,b\n1,2\n3,NaN\n"),
    /line 3: expected a finite number or nothing in column b, found NaN/,
  ],
  ["holds infinity", () => text("a,b\n-Infinity,2\n"), /line 2: .*column a, found -Infinity/],
  [
    "holds a number beyond float32",
    () => text("a,b\n1,1e39\n2,3\n"),
    /line 2: expected a number in column b.*"1e39"/,
  ],
  [
    "has a word among numbers",
    () => text(`a\n${"1\n".repeat(20)}twelve\n`),
    /line 22: expected a number in column a, as in most of its rows, found "twelve"/,
  ],
  [
    "has a quote that never ends",
    () => text('a,b\n1,"two\n3,4\n'),
    /line 4: expected the quote that ends the value begun in line 2/,
  ],
  [
    "has a quote inside a value",
    () => text('a,b\n1,t"wo\n'),
    /line 2: expected quotes around a whole value only/,
  ],
  [
    "has text behind a quote",
    () => text('a,b\n1,"two"x\n'),
    /line 2: expected a separator or a line break after a closing quote, found "x"/,
  ],
  [
    "is a binary file",
    () => concatenate(text("a,b\n1,"), zeros(4)),
    /line 2: expected text, found a zero byte/,
  ],
  [
    "is Latin-1",
    () => concatenate(text("stadt\nK"), Uint8Array.of(0xf6), text("ln\n")),
    /expected text in UTF-8/,
  ],
  [
    "is UTF-16",
    () => new Uint8Array(Buffer.from("\ufeffa,b\n1,2\n", "utf16le")),
    /byte 0: expected text in UTF-8/,
  ],
  [
    "names a column twice",
    () => text("a,b,a\n1,2,3\n"),
    /line 1: expected a different name for every column, found a twice/,
  ],
  [
    "leaves a column without a name",
    () => text("a,,c\n1,2,3\n"),
    /line 1: expected a name for every column, found none for column 2/,
  ],
  [
    "has no header",
    () => text("1,2\n3,4\n"),
    /line 1: expected a header .* found only numbers: 1, 2/,
  ],
  [
    "has too many columns",
    () => text(`${Array.from({ length: 1002 }, (_, i) => `c${i}`).join(",")}\n`),
    /line 1: expected at most 1000 columns/,
  ],
  [
    "has an endless value",
    () => text(`a,b\n1,${"x".repeat(10_001)}\n`),
    /line 2: expected values of at most 10000 characters/,
  ],
  [
    "has too many rows",
    () => text(`a\n${"1\n".repeat(mostRows + 1)}`),
    /line 100002: expected at most 100000 rows/,
  ],
  [
    "is a gzip bomb",
    () => gzip(zeros(60e6).fill(10)),
    /byte \d+ of the unpacked content: expected at most 50000000 bytes/,
  ],
];

refusesAll("table.csv", tables, readCsv);
