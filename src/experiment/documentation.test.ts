// The table of techniques says the truth: no setting is missing from it, and every file and case that it names is there.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fieldEntries, type SectionName } from "./schema";

const root = join(import.meta.dirname, "../..");

/** Cells of every row of every table, without the rows of heads and lines. */
const rows = readFileSync(join(root, "docs/TECHNIQUES.md"), "utf8")
  .split("\n")
  .filter((line) => line.startsWith("| ") && !/^\| (technique|---) \|/.test(line))
  .map((line) =>
    line
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );

const named = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1] as string);

/** Where a name of the table stands: a test or file by its path, a reference case without an ending. */
function place(name: string): string {
  if (!/\.tsx?$/.test(name)) return join(root, "src/golden/cases", `${name}.json`);
  return join(root, name.startsWith("e2e/") ? "" : "src", name);
}

const documented: readonly SectionName[] = [
  "data",
  "model",
  "regularization",
  "augmentation",
  "optimizer",
  "loss",
  "averaging",
  "stopping",
];

describe("docs/TECHNIQUES.md", () => {
  it.each(rows.map((cells) => [cells[0], cells] as const))("%s", (_technique, cells) => {
    const [files, proofs] = cells.slice(-2).map((cell) => named(cell as string));
    expect(files).not.toEqual([]);
    expect(proofs).not.toEqual([]);
    const missing = [...(files as string[]), ...(proofs as string[])].filter(
      (name) => !existsSync(place(name)),
    );
    expect(missing).toEqual([]);
  });

  it("has every setting of training, and none that there is not", () => {
    const inTable = new Set(
      rows.filter(({ length }) => length === 6).flatMap((row) => named(row[1] as string)),
    );
    const inSchema = fieldEntries
      .filter(({ section }) => documented.includes(section as SectionName))
      .map(({ field }) => field.key);
    expect([...inTable].sort()).toEqual([...inSchema].sort());
  });
});

it("docs/ADDING.md names only files that are there", () => {
  const text = readFileSync(join(root, "docs/ADDING.md"), "utf8");
  const files = [...text.matchAll(/`([\w./]+\.tsx?|[\w./]+\/)`/g)].map(
    (match) => match[1] as string,
  );
  expect(files.length).toBeGreaterThan(10);
  expect(files.filter((name) => !existsSync(join(root, "src", name)))).toEqual([]);
});
