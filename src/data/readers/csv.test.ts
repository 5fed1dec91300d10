// Tables of every usual dialect are read right: separators, quotes, line ends, missing values, kinds of columns.
import fc from "fast-check";
import { expect, test } from "vitest";
import { gzip, watchedFile } from "../testing";
import { asProposed, readCsv } from "./csv";

const bytes = (text: string) => new TextEncoder().encode(text);
const read = (text: string, chunk?: number) => readCsv(watchedFile("made.csv", bytes(text), chunk));

test("numbers, words and missing values, in pieces of any size, plain and gzip", async () => {
  const text = "age,Größe,town\n31,1.5e2,Bonn\n,170,Köln\r\n?,-3,Bonn\n\n40,.5,NA\n";
  for (const chunk of [1, 2, 7, 1000]) {
    for (const content of [bytes(text), gzip(bytes(text))]) {
      const table = await readCsv(watchedFile("made.csv", content, chunk));
      expect(table.rows).toBe(4);
      const [age, size, town] = table.columns;
      expect(age).toMatchObject({ kind: "numbers", name: "age", missing: 2 });
      expect([...(age as { values: Float32Array }).values]).toEqual([
        31,
        Number.NaN,
        Number.NaN,
        40,
      ]);
      expect([...(size as { values: Float32Array }).values]).toEqual([150, 170, -3, 0.5]);
      expect(town).toMatchObject({ kind: "words", words: ["Bonn", "Köln"], missing: 1 });
      expect([...(town as { values: Int32Array }).values]).toEqual([0, 1, 0, -1]);
    }
  }
});

test("lines are counted as editors do, empty ones and those within quotes too", async () => {
  const { lines } = await read('\n\na,b\n\n1,"two\nlines"\r\n\n\n3,4\n5,6');
  expect(lines).toEqual({ header: 3, rows: [5, 9, 10] });
});

test.each([
  ["semicolons", "a;b\n1;2\n"],
  ["tabs", "a\tb\n1\t2\n"],
  ["a byte order mark and no last line break", "\ufeffa,b\n1,2"],
  ["old line ends", "a,b\r1,2\r"],
])("%s", async (_, text) => {
  const { rows, columns } = await read(text);
  expect(rows).toBe(1);
  expect(columns.map(({ name }) => name)).toEqual(["a", "b"]);
});

test("whatever is written with quotes is read back", async () => {
  const words = fc.array(
    fc.string({ maxLength: 12 }).filter((word) => !word.includes("\0")),
    { minLength: 1, maxLength: 12 },
  );
  await fc.assert(
    fc.asyncProperty(words, fc.integer({ min: 1, max: 30 }), async (list, chunk) => {
      const quote = (word: string) => `"x${word.replaceAll('"', '""')}y"`;
      const text = `name,n\n${list.map((word, i) => `${quote(word)},${i}`).join("\n")}`;
      const file = watchedFile("made.csv", bytes(text), chunk);
      const { columns } = await readCsv(file, undefined, { ...asProposed, spellings: "apart" });
      const [names] = columns;
      if (names?.kind !== "words") throw new Error("The column holds words.");
      expect([...names.values].map((place) => names.words[place])).toEqual(
        list.map((word) => `x${word}y`.trim()),
      );
    }),
  );
});

test("a column with more than a hundred different words is no category", async () => {
  const rows = Array.from({ length: 150 }, (_, i) => `name${i},${i % 3}`).join("\n");
  const { columns } = await read(`id,n\n${rows}`);
  expect(columns.map(({ kind }) => kind)).toEqual(["names", "numbers"]);
});
