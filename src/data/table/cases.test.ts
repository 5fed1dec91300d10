// Tables as people have them: every kind of file that readers of tables are known to stumble over, and what is understood of it.
import { afterAll, describe, expect, test } from "vitest";
import { asProposed, type CsvTable, type Readings, readCsv } from "../readers/csv";
import { gzip, settings, watchedFile } from "../testing";
import { planTable } from "./plan";
import { inspectTable, summarizeTable } from "./summary";

type Table = Awaited<ReturnType<typeof read>>;

const utf8 = (text: string) => new TextEncoder().encode(text);
const latin1 = (text: string) => Uint8Array.from(text, (sign) => sign.charCodeAt(0));
const utf16 = (text: string, little: boolean) => {
  const bytes = new Uint8Array(2 * text.length);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < text.length; at++) view.setUint16(2 * at, text.charCodeAt(at), little);
  return bytes;
};

async function read(content: string | Uint8Array, readings: Partial<Readings> = {}) {
  const bytes = typeof content === "string" ? utf8(content) : content;
  const table = await readCsv(watchedFile("made.csv", bytes), undefined, {
    ...asProposed,
    ...readings,
  });
  const summary = summarizeTable("made.csv", table, "mean");
  const column = (name: string) => {
    const at = table.columns.findIndex((one) => one.name === name);
    if (at < 0) throw new Error(`No column ${name} among ${table.columns.map((c) => c.name)}.`);
    return { ...table.columns[at], ...summary.columns[at] } as CsvTable["columns"][number] &
      (typeof summary.columns)[number];
  };
  return {
    table,
    summary,
    column,
    names: table.columns.map(({ name }) => name),
    remarks: summary.remarks.join("\n"),
    values: (name: string) => {
      const found = column(name);
      if (found.kind === "names") return [];
      if (found.kind === "numbers")
        return Array.from(found.values, (v) => Number(v.toPrecision(7)));
      return Array.from(found.values, (place) => found.words[place] ?? null);
    },
  };
}

/** Rows of a table whose last column is a label; `cell` makes the first one. */
const rows = (
  count: number,
  cell: (i: number) => string,
  separator = ",",
  label = ["elm", "oak"],
) =>
  Array.from(
    { length: count },
    (_, i) =>
      `${cell(i)}${separator}${((i * 37) % 101) / 100 + 1}${separator}${label[i % label.length]}`,
  ).join("\n");

/** Texts of one form, and the numbers that they are. */
type Form = readonly [
  what: string,
  texts: readonly string[],
  numbers: readonly number[],
  said?: RegExp,
];
const forms: readonly Form[] = [
  [
    "decimal comma",
    ["1,5", "-0,25", "1000,75", "3"],
    [1.5, -0.25, 1000.75, 3],
    /comma read as decimal/,
  ],
  [
    "decimal comma and points for thousands",
    ["1.234,5", "2", "10.000,25"],
    [1234.5, 2, 10000.25],
    /point read as thousands/,
  ],
  [
    "decimal point and commas for thousands",
    ["1,234.5", "2", "10,000.25"],
    [1234.5, 2, 10000.25],
    /comma read as thousands/,
  ],
  [
    "thousands of commas alone",
    ["1,234", "999", "12,000", "1,000,000"],
    [1234, 999, 12000, 1000000],
    /comma read as thousands/,
  ],
  [
    "thousands of blanks",
    ["1 234", "999", "12 000,5"],
    [1234, 999, 12000.5],
    /blank read as thousands/,
  ],
  [
    "thin and hard blanks",
    ["1\u202f234", "2\u00a0345", "7"],
    [1234, 2345, 7],
    /blank read as thousands/,
  ],
  [
    "thousands of apostrophes",
    ["1'234.5", "12’000", "7"],
    [1234.5, 12000, 7],
    /apostrophe read as thousands/,
  ],
  [
    "Indian groups",
    ["1,23,456", "12,34,567", "45,678"],
    [123456, 1234567, 45678],
    /comma read as thousands/,
  ],
  ["percent", ["12 %", "3.5%", "0", "100 %"], [12, 3.5, 0, 100], /percent sign left out/],
  [
    "money in front",
    ["$5", "$1,234.50", "-$3", "$0.99"],
    [5, 1234.5, -3, 0.99],
    /unit \$ left out/,
  ],
  ["money behind", ["5,00 €", "1.234,50 €", "-3 €"], [5, 1234.5, -3], /unit € left out/],
  ["kronor", ["12 kr", "1 200 kr", "7,5 kr"], [12, 1200, 7.5], /unit kr left out/],
  ["francs", ["CHF 12.50", "CHF 1'200.00"], [12.5, 1200], /unit CHF left out/],
  ["a unit", ["12 cm", "3.5 cm", "7cm"], [12, 3.5, 7], /unit cm left out/],
  ["true minus", ["−3.5", "2", "−0.25"], [-3.5, 2, -0.25], /− read as minus/],
  ["en dash for minus", ["–3", "2", "–1"], [-3, 2, -1], /− read as minus/],
  [
    "parentheses for minus",
    ["(3.5)", "2", "(1,200)"],
    [-3.5, 2, -1200],
    /parentheses read as minus/,
  ],
  ["full-width digits", ["１２", "３．５", "－４"], [12, 3.5, -4], /full-width digits/],
  ["scientific", ["1e3", "2.5E-2", "-1e+2"], [1000, 0.025, -100]],
  ["signs and bare points", ["+3", ".5", "7."], [3, 0.5, 7]],
];

const counts = { kinds: 0, forms: 0 };
afterAll(() => {
  console.info(`Tables: ${counts.kinds} kinds of files, ${counts.forms} ways to write numbers.`);
});

describe("numbers are read, and it is said how", () => {
  test.each(forms.map((form) => [form[0], form] as const))("%s", async (_, form) => {
    const [, texts, numbers, remark] = form;
    counts.forms++;
    // Other columns tell nothing of the sign; the texts repeat in an order that counts nothing.
    const at = (i: number) => (i * 7) % texts.length;
    const lines = Array.from(
      { length: 24 },
      (_, i) => `"${texts[at(i)]}"\t${["elm", "oak"][i % 2]}`,
    );
    const found = await read(`width\ttree\n${lines.join("\n")}\n`);
    const { column, values } = found;
    expect(column("width")).toMatchObject({ kind: "numbers", use: "number", missing: 0 });
    expect(values("width")).toEqual(Array.from({ length: 24 }, (_, i) => numbers[at(i)]));
    if (remark) expect(column("width").remarks.join()).toMatch(remark);
    else expect(column("width").remarks).toEqual([]);
  });
});

interface Kind {
  readonly what: string;
  readonly content: string | Uint8Array;
  readonly readings?: Partial<Readings>;
  readonly check: (found: Table) => void;
}

const number = { kind: "numbers", use: "number" } as const;
const category = { kind: "words", use: "category" } as const;
const plain = rows(20, (i) => `${(i * 13) % 7}.5`);
const german = rows(20, (i) => `${(i * 13) % 7},5`, ";").replaceAll(".", ",");

const kinds: readonly Kind[] = [
  {
    what: "decimal comma in a semicolon file",
    content: `breite;hoehe;baum\n${german}\n`,
    check: ({ table, column, remarks }) => {
      expect(table.dialect).toMatchObject({ separator: "semicolon", decimal: "comma" });
      expect(column("breite")).toMatchObject(number);
      expect(column("hoehe")).toMatchObject(number);
      expect(remarks).toMatch(/comma read as decimal sign/);
    },
  },
  {
    what: "decimal comma and thousands under a wrong sign: both can be changed",
    content: `a;b\n${Array.from({ length: 20 }, (_, i) => `${1 + (i % 9)},${100 + i};${i % 2}`).join("\n")}\n`,
    readings: { decimal: "point" },
    check: ({ values }) => expect(values("a")[0]).toBe(1100),
  },
  {
    what: "three decimals throughout are decimals with a semicolon, thousands with a comma between",
    content: `a;b\n${Array.from({ length: 20 }, (_, i) => `${1 + (i % 9)},${100 + i};${i % 2}`).join("\n")}\n`,
    check: ({ values, column }) => {
      expect(values("a")[0]).toBe(1.1);
      expect(column("a").remarks.join()).toMatch(/“1,100” read as 1\.1, not 1100/);
    },
  },
  {
    what: "an ambiguous column goes with the sign of the others",
    content: `a;b;c\n${Array.from({ length: 20 }, (_, i) => `${1 + (i % 9)}.${100 + i};${i % 7},5;${i % 2}`).join("\n")}\n`,
    check: ({ values }) => expect(values("a")[0]).toBe(1100),
  },
  {
    what: "no header",
    content: plain,
    check: ({ table, names, remarks }) => {
      expect(table.rows).toBe(20);
      expect(names).toEqual(["column 1", "column 2", "column 3"]);
      expect(remarks).toMatch(/first line read as values/);
    },
  },
  {
    what: "no header, words only, told by a word that comes again",
    content: Array.from(
      { length: 20 },
      (_, i) => `${["red", "blue"][i % 2]},${["elm", "oak", "yew"][i % 3]}`,
    ).join("\n"),
    check: ({ table }) => expect(table).toMatchObject({ rows: 20, dialect: { header: false } }),
  },
  {
    what: "a header of years above numbers",
    content: `country,2019,2020,2021\n${Array.from({ length: 20 }, (_, i) => `c${i % 4},${i / 4},${(i * 7) % 5},${(i * 3) % 8}`).join("\n")}`,
    check: ({ table, names }) => {
      expect(table.rows).toBe(20);
      expect(names).toEqual(["country", "2019", "2020", "2021"]);
    },
  },
  {
    what: "a first line of values can be read as names all the same",
    content: plain,
    readings: { header: "names" },
    check: ({ table }) => expect(table).toMatchObject({ rows: 19, dialect: { header: true } }),
  },
  {
    what: "an index column without a name",
    content: `,width,tree\n${Array.from({ length: 20 }, (_, i) => `${i},${(i * 7) % 5}.5,${["elm", "oak"][i % 2]}`).join("\n")}`,
    check: ({ names, column, remarks }) => {
      expect(names).toEqual(["row", "width", "tree"]);
      expect(column("row")).toMatchObject({
        use: "left out",
        uses: ["number", "category", "left out"],
      });
      expect(remarks).toMatch(/first column has no name/);
    },
  },
  {
    what: "row names without a place in the header, as R writes them",
    content: `"width" "tree"\n${Array.from({ length: 20 }, (_, i) => `"${i + 1}" ${(i * 7) % 5}.5 "${["elm", "oak"][i % 2]}"`).join("\n")}`,
    check: ({ names, column }) => {
      expect(names).toEqual(["row", "width", "tree"]);
      expect(column("row").use).toBe("left out");
      expect(column("width")).toMatchObject(number);
    },
  },
  {
    what: "empty rows and columns",
    content: `width,,height,tree,\n${plain.replace(/^([^,]+),/gm, "$1,,").replace(/$/gm, ",")}\n,,,,\n,,,,\n\n\n`,
    check: ({ table, names, remarks }) => {
      expect(table.rows).toBe(20);
      expect(names).toEqual(["width", "height", "tree"]);
      expect(remarks).toMatch(/2 empty rows left out/);
      expect(remarks).toMatch(/2 empty columns without a name left out/);
    },
  },
  {
    what: "an empty column with a name",
    content: `width,note,height,tree\n${plain.replace(/^([^,]+),/gm, "$1,,")}\n`,
    check: ({ column }) =>
      expect(column("note")).toMatchObject({ use: "left out", missing: 20, remarks: ["empty"] }),
  },
  {
    what: "short rows",
    content: `width,height,tree,note\n${plain.replace(/$/gm, ",x")}\n2.5\n3.5,1\n`,
    check: ({ table, column, remarks }) => {
      expect(table.rows).toBe(22);
      expect(remarks).toMatch(/2 short rows filled up with missing values: lines 22, 23/);
      expect(column("tree").missing).toBe(2);
      expect(column("height").missing).toBe(1);
    },
  },
  {
    what: "rows with empty values behind the last column",
    content: `width,height,tree\n${plain.replace(/$/gm, ",,")}\n`,
    check: ({ table, remarks }) => {
      expect(table.rows).toBe(20);
      expect(remarks).not.toMatch(/left out/);
    },
  },
  {
    what: "one row with a value too many among many",
    content: `width,height,tree\n${rows(60, (i) => `${(i * 13) % 7}.5`)}\n1,2,elm,3\n`,
    check: ({ table, remarks }) => {
      expect(table.rows).toBe(60);
      expect(remarks).toMatch(/1 row with more values than columns left out: line 62/);
    },
  },
  {
    what: "a sep= line",
    content: `sep=;\r\nwidth;height;tree\r\n${plain.replaceAll(",", ";")}\r\n`,
    check: ({ table, remarks }) => {
      expect(table).toMatchObject({ rows: 20, dialect: { separator: "semicolon" } });
      expect(remarks).toMatch(/“sep=” obeyed/);
    },
  },
  {
    what: "marks of missing values, counted",
    content: `width,tree\n${["#N/A", "NaN", ".", "--", "?", "NA", "n/a", "null", "None", "#DIV/0!", "#VALUE!", "#REF!", "-", "inf", "-Infinity", "#NV", "", "<NA>"].map((mark) => `${mark},elm`).join("\n")}\n${plain.replace(/^([^,]+),[^,]+/gm, "$1")}`,
    check: ({ column }) => {
      expect(column("width")).toMatchObject({ ...number, missing: 18 });
      expect(column("width").remarks.join()).toMatch(/missing: “#N\/A” 1×, “NaN” 1×/);
    },
  },
  {
    what: "a word among numbers, named and counted as missing; the column as categories on request",
    content: `width,tree\n${plain.replace(/^([^,]+),[^,]+/gm, "$1")}\ntwelve,elm\n`,
    check: ({ column }) => {
      expect(column("width")).toMatchObject({ ...number, missing: 1 });
      expect(column("width").remarks.join()).toMatch(/no number and counted as missing: “twelve”/);
    },
  },
  {
    what: "numbers beyond what the network can hold",
    content: `width,tree\n${plain.replace(/^([^,]+),[^,]+/gm, "$1")}\n1e39,elm\n`,
    check: ({ column }) => expect(column("width")).toMatchObject({ ...number, missing: 1 }),
  },
  {
    what: "commas in the header of a semicolon file",
    content: `width (cm, mean);height (m, mean, dry);tree\n${plain.replaceAll(",", ";")}\n`,
    check: ({ names }) =>
      expect(names).toEqual(["width (cm, mean)", "height (m, mean, dry)", "tree"]),
  },
  {
    what: "blanks before and behind quotes",
    content: `"width", "height" ,"tree"\n${plain.replace(/(\w+)$/gm, ' "$1" ')}\n`,
    check: ({ names, column }) => {
      expect(names).toEqual(["width", "height", "tree"]);
      expect(column("tree")).toMatchObject({ ...category, words: ["elm", "oak"] });
    },
  },
  {
    what: "a quote inside a value",
    content: `screen,tree\n${Array.from({ length: 20 }, (_, i) => `${[13, 15, 17][i % 3]}" wide,${["elm", "oak"][i % 2]}`).join("\n")}`,
    check: ({ values }) => expect(values("screen").slice(0, 2)).toEqual(['13" wide', '15" wide']),
  },
  {
    what: "Windows-1252",
    content: latin1(
      `Gr\xf6\xdfe;Baum\n${rows(20, (i) => `${i % 7},5`, ";", ["Fichte", "F\xf6hre"]).replace(/^([^;]+);[^;]+/gm, "$1")}\n`,
    ),
    check: ({ names, values, remarks }) => {
      expect(names).toEqual(["Größe", "Baum"]);
      expect(values("Baum")).toContain("Föhre");
      expect(remarks).toMatch(/read as Windows-1252, as it is not UTF-8/);
    },
  },
  {
    what: "Windows-1252 whose first umlaut comes late",
    content: latin1(`width,tree\n${"1.5,elm\n2.5,oak\n".repeat(2000)}3.5,F\xf6hre\n`),
    check: ({ values, remarks }) => {
      expect(values("tree").at(-1)).toBe("Föhre");
      expect(remarks).toMatch(/Windows-1252/);
    },
  },
  {
    what: "UTF-8 with one damaged character stays UTF-8",
    content: Uint8Array.from([
      ...utf8(`Größe,Baum\n${"1.5,Föhre\n2.5,Ulme\n".repeat(12)}3.5,F`),
      0xf6,
      ...utf8("hre\n"),
    ]),
    check: ({ names, remarks }) => {
      expect(names).toEqual(["Größe", "Baum"]);
      expect(remarks).toMatch(/1 character cannot be read as UTF-8/);
    },
  },
  ...[true, false].flatMap((little) =>
    ["\ufeff", ""].map(
      (mark): Kind => ({
        what: `UTF-16 ${little ? "LE" : "BE"} ${mark ? "with" : "without"} a mark`,
        content: utf16(
          `${mark}Größe\tBaum\r\n${plain.replace(/^([^,]+),[^,]+,/gm, "$1\t")}\r\n`,
          little,
        ),
        check: ({ table, names, remarks }) => {
          expect(names).toEqual(["Größe", "Baum"]);
          expect(table.rows).toBe(20);
          expect(remarks).toMatch(/read as UTF-16/);
        },
      }),
    ),
  ),
  {
    what: "another encoding on request",
    content: latin1(`\xe5\xef,tree\n${plain.replace(/^([^,]+),[^,]+/gm, "$1")}\n`),
    readings: { encoding: "windows-1251" },
    check: ({ names }) => expect(names[0]).toBe("еп"),
  },
  {
    what: "lines of text above the header",
    content: `Trees of 2026, counted by class 7b\n\nStation: Bonn\nwidth,height,tree\n${plain}\n`,
    check: ({ names, remarks }) => {
      expect(names).toEqual(["width", "height", "tree"]);
      expect(remarks).toMatch(/2 lines above the header left out: “Trees of 2026/);
    },
  },
  {
    what: "lines of text above the header, filled up with separators",
    content: `Trees;;\n;;\nwidth;height;tree\n${plain.replaceAll(",", ";")}\n`,
    check: ({ names, remarks }) => {
      expect(names).toEqual(["width", "height", "tree"]);
      expect(remarks).toMatch(/1 line above the header left out/);
    },
  },
  {
    what: "comments above the header",
    content: `# made by a logger\n# 2 channels, 10 Hz\nwidth,height,tree\n${plain}\n`,
    check: ({ names }) => expect(names).toEqual(["width", "height", "tree"]),
  },
  {
    what: "a pipe between values",
    content: `width|height|tree\n${plain.replaceAll(",", "|")}\n`,
    check: ({ names, remarks }) => {
      expect(names).toHaveLength(3);
      expect(remarks).toMatch(/pipe read as separator/);
    },
  },
  {
    what: "blanks between values",
    content: `  width   height  tree\n${plain.replace(/^/gm, "   ").replaceAll(",", "    ")}  \n`,
    check: ({ names, column }) => {
      expect(names).toEqual(["width", "height", "tree"]);
      expect(column("width")).toMatchObject(number);
    },
  },
  {
    what: "phrases of one column are not split at their blanks",
    content: `answer,tree\n${Array.from({ length: 20 }, (_, i) => `${["not at all", "a little bit", "very much so"][i % 3]},${["elm", "oak"][i % 2]}`).join("\n")}`,
    check: ({ column }) => expect(column("answer")).toMatchObject({ ...category, distinct: 3 }),
  },
  {
    what: "semicolons within the values of a comma file",
    content: `tags,tree\n${Array.from({ length: 20 }, (_, i) => `${["a;b;c", "b;d;e"][i % 2]},${["elm", "oak"][i % 2]}`).join("\n")}`,
    check: ({ table }) => expect(table.dialect.separator).toBe("comma"),
  },
  {
    what: "whole numbers as classes or as a number",
    content: `x,letter\n${Array.from({ length: 260 }, (_, i) => `${(i * 37) % 101}.5,${i % 26}`).join("\n")}`,
    check: ({ column, table }) => {
      expect(column("letter").asTarget).toMatchObject([
        { kind: "classes", answers: 26 },
        { kind: "number", answers: 0 },
      ]);
      expect(planTable(table, 2, "mean", "number")).toMatchObject({ answer: { kind: "number" } });
    },
  },
  {
    what: "a few whole numbers that are a quantity",
    content: `x,rooms\n${Array.from({ length: 60 }, (_, i) => `${(i * 37) % 101}.5,${3 + ((i * 7) % 5)}`).join("\n")}`,
    check: ({ column }) =>
      expect(column("rooms").asTarget).toMatchObject([
        { kind: "number" },
        { kind: "classes", answers: 5 },
      ]),
  },
  {
    what: "counters and identifiers, left out with a switch",
    content: `nr,shuffled,customer_id,long,code,x,tree\n${Array.from({ length: 40 }, (_, i) => `${i + 1},${((i * 17) % 40) + 100},${(i * 7919) % 100003},${9007199254740993n + BigInt(i)},0${100 + i},${(i * 37) % 11}.5,${["elm", "oak"][i % 2]}`).join("\n")}`,
    check: ({ column }) => {
      for (const name of ["nr", "shuffled", "customer_id", "long", "code"])
        expect(column(name), name).toMatchObject({ use: "left out" });
      expect(column("nr").uses).toContain("number");
      expect(column("x").use).toBe("number");
    },
  },
  {
    what: "a counter is used where the learner says so",
    content: `nr,x,tree\n${Array.from({ length: 40 }, (_, i) => `${i + 1},${(i * 37) % 11}.5,${["elm", "oak"][i % 2]}`).join("\n")}`,
    readings: { kept: [1], leftOut: [2] },
    check: ({ column, table }) => {
      expect(column("nr")).toMatchObject({ use: "number", proposed: "left out" });
      expect(column("x")).toMatchObject({ use: "left out", proposed: "number" });
      expect(planTable(table, 3, "mean")).toMatchObject({ inputs: [{ name: "nr" }] });
    },
  },
  {
    what: "x of a curve counts up and is all there is to learn from",
    content: `x,y\n${Array.from({ length: 40 }, (_, i) => `${i},${(i * i) / 7}`).join("\n")}`,
    check: ({ table }) =>
      expect(planTable(table, 2, "mean")).toMatchObject({ inputs: [{ name: "x" }] }),
  },
  {
    what: "names and free text",
    content: `name,x,tree\n${Array.from({ length: 40 }, (_, i) => `person ${i},${(i * 37) % 11}.5,${["elm", "oak"][i % 2]}`).join("\n")}`,
    check: ({ column }) =>
      expect(column("name")).toMatchObject({ use: "left out", proposed: "left out" }),
  },
  ...(
    [
      [
        "ISO dates",
        (i: number) =>
          `2026-${String(1 + (i % 12)).padStart(2, "0")}-${String(1 + (i % 28)).padStart(2, "0")}`,
        /^dates; /,
      ],
      [
        "ISO dates with time",
        (i: number) => `2026-01-${10 + (i % 20)}T0${i % 10}:30:00Z`,
        /^dates; /,
      ],
      ["d.m.y", (i: number) => `${1 + (i % 28)}.${1 + (i % 12)}.2026`, /day first/],
      ["m/d/y", (i: number) => `${1 + (i % 12)}/${1 + (i % 28)}/26`, /month first/],
      ["d/m/y", (i: number) => `${1 + (i % 28)}/${1 + (i % 12)}/2026 12:15`, /day first/],
      [
        "names of months",
        (i: number) => `${1 + (i % 28)} ${["Jan", "Feb", "March"][i % 3]} 2026`,
        /^dates; /,
      ],
      ["digits only", (i: number) => `202601${10 + (i % 20)}`, /^dates; /],
      ["times", (i: number) => `${i % 24}:${10 + (i % 50)}`, /times of day/],
    ] as const
  ).map(
    ([what, date, remark]): Kind => ({
      what: `dates: ${what}`,
      content: `day,x,tree\n${rows(60, date)}\n`,
      check: ({ column }) => {
        expect(column("day")).toMatchObject({ use: "left out", uses: ["number", "left out"] });
        expect(column("day").remarks.join()).toMatch(remark);
      },
    }),
  ),
  {
    what: "dates as days since the first, on request",
    content: `day,x,tree\n28.2.2024,1,elm\n1.3.2024,2,oak\n29.2.2024,2,elm\n1.1.2025,4,oak\n`,
    readings: { kept: [1] },
    check: ({ column, values }) => {
      expect(column("day")).toMatchObject({ use: "number" });
      expect(values("day")).toEqual([0, 2, 1, 308]);
    },
  },
  {
    what: "spellings of one label",
    content: `x,tree\n${Array.from({ length: 30 }, (_, i) => `${i % 7}.5,${["elm", "OAK", "Oak", " oak ", "Oak"][i % 5]}`).join("\n")}`,
    check: ({ column, summary }) => {
      expect(column("tree")).toMatchObject({ words: ["elm", "Oak"] });
      expect(column("tree").remarks.join()).toMatch(/spellings read as one: “Oak”, “OAK”, “oak”/);
      expect(summary.spellings).toBe(true);
    },
  },
  {
    what: "spellings kept apart on request",
    content: `x,tree\n${Array.from({ length: 30 }, (_, i) => `${i % 7}.5,${["elm", "OAK", "Oak"][i % 3]}`).join("\n")}`,
    readings: { spellings: "apart" },
    check: ({ column }) => expect(column("tree")).toMatchObject({ distinct: 3 }),
  },
  {
    what: "equal rows, their number said",
    content: `x,y,tree\n${Array.from({ length: 120 }, (_, i) => `${i % 24}.5,${(i % 24) * 3 + 0.25},${["elm", "oak"][i % 2]}`).join("\n")}`,
    check: ({ remarks }) =>
      expect(remarks).toMatch(/96 rows equal others: equal rows are kept in one part/),
  },
  {
    what: "constant columns and a constant answer",
    content: `x,zero,tree\n${Array.from({ length: 30 }, (_, i) => `${i % 7}.5,0,oak`).join("\n")}`,
    check: ({ column, table }) => {
      expect(column("zero")).toMatchObject({ use: "left out", uses: ["left out"] });
      expect(column("zero").remarks.join()).toMatch(/constant/);
      expect(planTable(table, 3, "mean")).toMatch(/one value only/);
    },
  },
  {
    what: "a class with one row",
    content: `x,tree\n${Array.from({ length: 30 }, (_, i) => `${i % 7}.5,${i === 4 ? "yew" : ["elm", "oak"][i % 2]}`).join("\n")}`,
    check: ({ column }) => {
      const [option] = column("tree").asTarget as readonly { remarks: readonly string[] }[];
      expect(option?.remarks.join()).toMatch(/too few rows of “yew” \(1\).*add rows/);
    },
  },
  {
    what: "one name twice",
    content: `x,x,tree,x (2)\n${Array.from({ length: 30 }, (_, i) => `${i % 7}.5,${i % 5}.5,${["elm", "oak"][i % 2]},${i % 3}`).join("\n")}`,
    check: ({ names, remarks }) => {
      expect(new Set(names).size).toBe(4);
      expect(remarks).toMatch(/more than one column is called “x”/);
    },
  },
  {
    what: "a column of numbers as categories on request, and codes as numbers",
    content: `ward,zip,x,tree\n${Array.from({ length: 40 }, (_, i) => `${1 + (i % 3)},0${100 + (i % 5)},${(i * 37) % 11}.5,${["elm", "oak"][i % 2]}`).join("\n")}`,
    readings: { asCategories: [1], asNumbers: [2] },
    check: ({ column, values }) => {
      expect(column("ward")).toMatchObject({
        ...category,
        words: ["1", "2", "3"],
        natural: "number",
      });
      expect(column("zip")).toMatchObject({
        use: "number",
        proposed: "category",
        natural: "category",
      });
      expect(values("zip")[0]).toBe(100);
    },
  },
  {
    what: "breaks, quotes and separators in quotes, a byte order mark, CRLF",
    content: `\ufeffname;x;tree\r\n${Array.from({ length: 30 }, (_, i) => `"row; ${i}\r\nsaid ""so""";${i % 7}.5;"${["elm", "oak"][i % 2]}"`).join("\r\n")}\r\n`,
    check: ({ table, names }) => {
      expect(table.rows).toBe(30);
      expect(names).toEqual(["name", "x", "tree"]);
    },
  },
  {
    what: "gzip",
    content: gzip(utf8(`width;height;baum\n${german}\n`)),
    check: ({ column }) => expect(column("width")).toMatchObject(number),
  },
];

describe("kinds of files", () => {
  test.each(kinds.map((kind) => [kind.what, kind] as const))("%s", async (_, kind) => {
    counts.kinds++;
    kind.check(await read(kind.content, kind.readings));
  });
});

test.each([
  [
    "one row",
    "width,height,tree\n1.5,2.5,oak\n",
    /line 2: expected at least 8 rows .*found 1; add rows/,
  ],
  ["a header only", "width,height,tree\n", /line 2: expected at least one row of values below/],
  ["nothing", "", /expected a table of values, found an empty file/],
])("%s is refused with what to do", async (_, content, message) => {
  const file = watchedFile("made.csv", utf8(content));
  await expect(inspectTable(file, "mean", settings({}))).rejects.toThrow(message);
});
