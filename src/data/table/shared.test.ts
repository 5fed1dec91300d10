// The files beside the checkout that stand for public reports of misread tables: each is understood as a person would.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { watchedFile } from "../testing";
import { inspectTable } from "./summary";

const folder = join(process.cwd(), "../shared/cases/csv");

interface Expected {
  /** What the columns are read as, by name. */
  readonly read?: Readonly<Record<string, "number" | "category" | "left out">>;
  readonly rows?: number;
  /** Found in the remarks on the table, its columns and the likely answer. */
  readonly said?: readonly RegExp[];
  readonly refused?: RegExp;
}

const three = { width: "number", height: "number", tree: "category" } as const;

const expected: Readonly<Record<string, Expected>> = {
  "01-index-column.csv": {
    read: { row: "left out", width: "number", height: "number", tilt: "number", tree: "category" },
    said: [/first column has no name: called “row”/],
  },
  "02-no-header.csv": {
    read: {
      "column 1": "number",
      "column 2": "number",
      "column 3": "number",
      "column 4": "category",
    },
    said: [/first line read as values/],
  },
  "03-decimal-comma.csv": {
    read: { breite: "number", hoehe: "number", neigung: "number", baum: "category" },
    said: [/comma read as decimal sign/],
  },
  "04-sep-line.csv": { read: three, said: [/“sep=” obeyed/] },
  "05-windows-1252.csv": {
    read: { Größe: "number", Höhe: "number", Baum: "category" },
    said: [/read as Windows-1252/],
  },
  "06-empty-rows.csv": { read: three, said: [/40 empty rows left out/] },
  "08-blank-before-quote.csv": { read: three },
  "10-commas-in-header.csv": {
    read: { "width (cm, mean)": "number", "height (m, mean, dry)": "number", tree: "category" },
  },
  "11-errors-as-values.csv": { read: three, said: [/missing: “#N\/A” 2×/] },
  "12-constant-input.csv": { read: { ...three, zero: "left out" }, said: [/constant/] },
  "13-26-number-classes.csv": {
    read: { width: "number", height: "number", letter: "number" },
    rows: 520,
  },
  "14-rare-class.csv": { read: three, said: [/too few rows of “yew” \(1\)/] },
  "17-utf16.csv": { read: three, said: [/read as UTF-16/] },
  "19-row-number-leaks.csv": {
    read: { id: "left out", noise1: "number", noise2: "number", tree: "category" },
    said: [/a counter/],
  },
  "20-unscaled.csv": { read: { income: "number", rooms: "number", price: "number" } },
  "22-control.csv": { read: { ...three, name: "left out" } },
  "23-dates-and-ids.csv": {
    read: { id: "left out", day: "left out", width: "number", tree: "category" },
    said: [/dates \(day first\)/],
  },
  "27-pipe.csv": { read: three, said: [/pipe read as separator/] },
  "28-one-row.csv": { refused: /at least 8 rows .*found 1/ },
  "28b-header-only.csv": { refused: /at least one row/ },
};

let seen = 0;
afterAll(() => {
  if (seen > 0) console.info(`Tables of public reports: ${seen} files understood.`);
});

describe.skipIf(!existsSync(folder))("tables of public reports", () => {
  const files = existsSync(folder) ? readdirSync(folder) : [];
  test.each(files)("%s", async (name) => {
    const wish = expected[name];
    const bytes = new Uint8Array(readFileSync(join(folder, name)));
    const summary = await inspectTable(watchedFile(name, bytes)).catch((error: Error) => error);
    seen++;
    if (summary instanceof Error) {
      expect(wish?.refused, summary.message).toBeDefined();
      expect(summary.message).toMatch(wish?.refused as RegExp);
      return;
    }
    expect(summary.rows).toBe(wish?.rows ?? 120);
    if (wish?.read) {
      expect(Object.fromEntries(summary.columns.map(({ name, use }) => [name, use]))).toEqual(
        wish.read,
      );
    }
    const answer = summary.columns[(summary.likely ?? 1) - 1]?.asTarget;
    const options = answer && typeof answer !== "string" ? answer : [];
    if (name.startsWith("13-"))
      expect(options.map(({ kind }) => kind)).toEqual(["classes", "number"]);
    const remarks = [
      ...summary.remarks,
      ...summary.columns.flatMap((column) => column.remarks),
      ...(options[0]?.remarks ?? []),
    ].join("\n");
    for (const said of wish?.said ?? []) expect(remarks).toMatch(said);
  });
});
