// Tables written in any dialect read back to the same numbers; files that are damaged in any way are refused or read, never more.
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { DataFileError, DataLineError } from "../errors";
import { readCsv } from "../readers/csv";
import { watchedFile } from "../testing";
import { divideByGroups, findEqualRows } from "./equalRows";
import { summarizeTable } from "./summary";

const runs = { dialects: 0, mutants: 0, refused: 0 };
afterAll(() => {
  console.info(
    `Tables: ${runs.dialects} random dialects read back; ${runs.mutants} damaged files, ${runs.refused} of them refused.`,
  );
});

interface Dialect {
  readonly separator: string;
  readonly decimal: "." | ",";
  readonly thousands: string;
  readonly minus: string;
  readonly unit: string;
  readonly header: boolean;
  readonly breaks: string;
  readonly encoding: "utf-8" | "utf-16le" | "windows-1252";
  readonly quotes: boolean;
  readonly chunk: number;
}

const dialects: fc.Arbitrary<Dialect> = fc
  .record({
    separator: fc.constantFrom(",", ";", "\t", "|"),
    decimal: fc.constantFrom(".", ","),
    thousands: fc.constantFrom("", "'", " ", "other"),
    minus: fc.constantFrom("-", "−"),
    unit: fc.constantFrom("", " %", " €", " cm"),
    header: fc.boolean(),
    breaks: fc.constantFrom("\n", "\r\n", "\r"),
    encoding: fc.constantFrom("utf-8", "utf-16le", "windows-1252"),
    quotes: fc.boolean(),
    chunk: fc.integer({ min: 1, max: 3000 }),
  })
  .map((dialect) => ({
    ...dialect,
    // A true minus and an euro sign are not in the one-byte encoding as this test writes it.
    ...(dialect.encoding === "windows-1252"
      ? { minus: "-", unit: dialect.unit === " €" ? "" : dialect.unit }
      : {}),
  })) as fc.Arbitrary<Dialect>;

function printed(value: number, dialect: Dialect): string {
  const { decimal, thousands, minus, unit } = dialect;
  const sign = thousands === "other" ? (decimal === "." ? "," : ".") : thousands;
  const [whole = "", fraction] = Math.abs(value).toFixed(2).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, sign);
  return `${value < 0 ? minus : ""}${grouped}${decimal}${fraction}${unit}`;
}

function bytesOf(text: string, encoding: Dialect["encoding"]): Uint8Array {
  if (encoding === "utf-8") return new TextEncoder().encode(text);
  if (encoding === "windows-1252") return Uint8Array.from(text, (sign) => sign.charCodeAt(0));
  const bytes = new Uint8Array(2 * text.length);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < text.length; at++) view.setUint16(2 * at, text.charCodeAt(at), true);
  return bytes;
}

function write(
  rows: readonly (readonly [number, number, boolean])[],
  dialect: Dialect,
): Uint8Array {
  const { separator, quotes, breaks, header } = dialect;
  const cell = (text: string) => (quotes || text.includes(separator) ? `"${text}"` : text);
  const lines = rows.map(([a, b, oak]) =>
    [printed(a, dialect), printed(b, dialect), oak ? "Föhre" : "Ulme"].map(cell).join(separator),
  );
  const names = header ? [["Höhe", "Breite", "Baum"].map(cell).join(separator)] : [];
  return bytesOf(`${[...names, ...lines].join(breaks)}${breaks}`, dialect.encoding);
}

/** Hundredths up to 20,000, so that every number has its shortest form in float32. */
const value = fc.integer({ min: -2_000_000, max: 2_000_000 }).map((n) => n / 100);
const rows = fc
  .array(fc.tuple(value, value, fc.boolean()), { minLength: 6, maxLength: 30 })
  .map((list) => list.map(([a, b], at) => [a, b, at % 2 === 0] as const));

test("tables in any dialect read back to the same numbers", async () => {
  await fc.assert(
    fc.asyncProperty(rows, dialects, async (list, dialect) => {
      runs.dialects++;
      const file = watchedFile("made.csv", write(list, dialect), dialect.chunk);
      const { columns, rows: count } = await readCsv(file);
      expect(count).toBe(list.length);
      const [first, second, label] = columns;
      for (const [column, place] of [
        [first, 0],
        [second, 1],
      ] as const) {
        if (column?.kind !== "numbers") throw new Error(`${column?.name} is no column of numbers.`);
        const wanted = list.map((row) => Math.fround(row[place]));
        if (new Set(wanted).size > 1) expect([...column.values]).toEqual(wanted);
      }
      expect(label).toMatchObject({ kind: "words", words: ["Föhre", "Ulme"] });
    }),
    { numRuns: 300 },
  );
});

/** One table of every kind of trouble, to be damaged. */
const seedTexts = [
  'sep=;\r\nname;"a ""b""";c\r\n1,5;x;"l\nm"\r\n-2,5;y;z\r\n3,25;x;\r\n',
  "a,b,c\n1,2,3\n4,5,6\n7,8,9\n#N/A,?,\n",
  "# text\n\nday\twidth\n2026-01-01\t1 234\n2026-02-01\t12 %\n2026-03-01\t$5\n",
  "x y z\n1 2 3\n4 5 6\n7 8 9\n",
];

const mutations = fc.array(
  fc.tuple(
    fc.constantFrom("set", "insert", "remove", "repeat", "cut"),
    fc.nat({ max: 10_000 }),
    fc.constantFrom(...'\0"\n\r,;\t| é€−1.-'.split(""), "\ufeff", "\u0001", "𝟙", "9".repeat(400)),
  ),
  { minLength: 1, maxLength: 12 },
);

function mutate(text: string, steps: readonly (readonly [string, number, string])[]): Uint8Array {
  let bytes: number[] = [...new TextEncoder().encode(text)];
  for (const [kind, where, sign] of steps) {
    const at = bytes.length === 0 ? 0 : where % bytes.length;
    const inserted = [...new TextEncoder().encode(sign)];
    if (kind === "set") bytes[at] = where % 256;
    if (kind === "insert") bytes.splice(at, 0, ...inserted);
    if (kind === "remove") bytes.splice(at, 1 + (where % 7));
    if (kind === "repeat") bytes.splice(at, 0, ...bytes.slice(0, at));
    if (kind === "cut") bytes = bytes.slice(0, Math.max(1, at));
  }
  return Uint8Array.from(bytes.slice(0, 20_000));
}

test("damaged tables are read or refused with a place, and nothing grows beyond the file", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...seedTexts),
      mutations,
      fc.integer({ min: 1, max: 500 }),
      async (text, steps, chunk) => {
        runs.mutants++;
        const bytes = mutate(text, steps);
        const table = await readCsv(watchedFile("made.csv", bytes, chunk)).catch(
          (error: unknown) => error,
        );
        if (table instanceof Error) {
          runs.refused++;
          expect(
            table instanceof DataLineError || table instanceof DataFileError,
            `${table.stack}`,
          ).toBe(true);
          return;
        }
        const read = table as Awaited<ReturnType<typeof readCsv>>;
        const summary = summarizeTable("made.csv", read, "mean");
        expect(summary.columns).toHaveLength(read.columns.length);
        expect(new Set(summary.columns.map(({ name }) => name)).size).toBe(summary.columns.length);
        expect(read.rows).toBeLessThanOrEqual(bytes.length);
        for (const column of read.columns) {
          if (column.kind !== "names") expect(column.values).toHaveLength(read.rows);
          expect(column.missing).toBeLessThanOrEqual(read.rows);
        }
        expect(JSON.stringify(summary).length).toBeLessThan(20_000 + 10 * bytes.length);
      },
    ),
    { numRuns: 600 },
  );
});

test("equal rows are in one part, and parts keep their sizes as far as whole groups fit", () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat({ max: 40 }), { minLength: 30, maxLength: 200 }),
      fc.integer({ min: 2, max: 12 }),
      fc.integer({ min: 2, max: 12 }),
      (groups, validation, test) => {
        const order = Int32Array.from(groups.keys());
        const groupOf = (row: number) => groups[row] as number;
        const parts = divideByGroups(order, groupOf, { validation, test });
        const lists = [parts.pool, parts.validation, parts.test];
        expect(lists.reduce((sum, list) => sum + list.length, 0)).toBe(groups.length);
        const held = lists.map((list) => new Set(Array.from(list, groupOf)));
        const [pool, second, third] = held as [Set<number>, Set<number>, Set<number>];
        expect([...pool].every((group) => !second.has(group))).toBe(true);
        expect([...pool, ...second].every((group) => !third.has(group))).toBe(true);
      },
    ),
  );
});

test("rows that are all different are divided as they come: test last, validation in front of it", () => {
  const order = Int32Array.from([4, 2, 5, 0, 3, 1]);
  const parts = divideByGroups(order, (row) => row, { validation: 2, test: 2 });
  expect([...parts.pool]).toEqual([4, 2]);
  expect([...parts.validation]).toEqual([5, 0]);
  expect([...parts.test]).toEqual([3, 1]);
});

test("rows are equal in what the network sees; columns that are left out do not count", async () => {
  const lines = Array.from(
    { length: 60 },
    (_, i) => `${i + 1},${(i % 20) / 4},${i % 2 ? "a" : "b"}`,
  );
  const text = new TextEncoder().encode(`id,x,kind\n${lines.join("\n")}\n`);
  const table = await readCsv(watchedFile("made.csv", text));
  const all = Int32Array.from({ length: 60 }, (_, row) => row);
  const { repeated, groups } = findEqualRows(table, 3, all);
  expect(repeated).toBe(40);
  expect(groups?.[0]).toBe(groups?.[20]);
  expect(new Set(groups).size).toBe(20);
  const few = await readCsv(
    watchedFile("few.csv", new TextEncoder().encode(`x,y\n${"1,2\n3,4\n".repeat(20)}`)),
  );
  expect(findEqualRows(few, 2, all.subarray(0, 40))).toMatchObject({ repeated: 38, groups: null });
});
