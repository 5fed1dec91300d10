// Damaged tables: each is refused with the line that is wrong.
import { concatenate, gzip } from "../testing";
import { mostRows, readCsv } from "./csv";
import { type Case, refusesAll, text, zeros } from "./damaged";

const tables: readonly Case[] = [
  ["is empty", () => zeros(0), /byte 0: expected a table of values, found an empty file/],
  [
    "holds blanks only",
    () => text(" \n\t\n"),
    /byte 0: expected a table of values, found blanks only/,
  ],
  ["has a header only", () => text("a,b\n"), /line 2: expected at least one row/],
  ["has a header below empty lines only", () => text("\n\na,b\n"), /line 4: expected at least one/],
  [
    "has rows longer than the header",
    () => text("a,b\n1,2\n\n1,2,3\n"),
    /line 4: expected 2 values, as in the header .*found 3/,
  ],
  [
    "has a quote that never ends",
    () => text('a,b\n1,"two\n3,4\n'),
    /line 4: expected the quote that ends the value begun in line 2/,
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
    "holds control characters",
    () => concatenate(text("a,b\n\n1,"), Uint8Array.of(1, 2)),
    /line 3: expected text, found a control character \(1\)/,
  ],
  [
    "is one long line",
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
