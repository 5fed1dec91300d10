// How a learner's own table is read, where that differs from what the page proposes: the file's dialect and the use of its columns.
import { choice, widths } from "../fields";

const effect = "new run";

/** A reading that is found in the file unless it is chosen. @param choices labels by value */
function reading<const T extends Readonly<Record<string, string>>>(
  key: string,
  label: string,
  choices: T,
) {
  type Value = "found" | Extract<keyof T, string>;
  const listed = Object.entries({ found: "As found", ...choices });
  return choice({
    key,
    label,
    effect,
    default: "found" as Value,
    choices: listed.map(([value, words]) => ({ value: value as Value, label: words })),
  });
}

/** Encodings by the names that browsers have for them. */
const encodings = [
  "utf-8",
  "utf-16le",
  "utf-16be",
  "windows-1252",
  "windows-1250",
  "windows-1251",
  "macintosh",
  "shift_jis",
  "gb18030",
] as const;

const byName = <const T extends string>(names: readonly T[]) =>
  Object.fromEntries(names.map((name) => [name, name] as const)) as { [N in T]: N };

/** Numbers of columns, from 1. */
const columns = (key: string, label: string) =>
  widths({ key, label, effect, minimum: 1, maximum: 1000, maximumLayers: 100, default: [] });

/** Settings of the section "data"; each is left out of links where it stands at what is proposed. */
export const tableFields = {
  encoding: reading("encoding", "Encoding", byName(encodings)),
  separator: reading("separator", "Separator", {
    comma: "Comma",
    semicolon: "Semicolon",
    tab: "Tab",
    pipe: "Pipe",
    blank: "Blanks",
  }),
  header: reading("header", "First line", { names: "Names", values: "Values" }),
  decimal: reading("decimal", "Decimal sign", { point: "Point", comma: "Comma" }),
  spellings: choice({
    key: "spellings",
    label: "Spellings",
    effect,
    default: "merged",
    choices: [
      { value: "merged", label: "As one" },
      { value: "apart", label: "Apart" },
    ],
  }),
  leftOut: columns("without", "Columns left out"),
  kept: columns("with", "Columns kept"),
  asCategories: columns("categories", "Columns as categories"),
  asNumbers: columns("numbers", "Columns as numbers"),
} as const;
