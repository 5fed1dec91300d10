// Which columns of a table divide its rows into groups that can be compared, the answer's own column left out.
import type { CsvColumn, CsvTable } from "../readers/csv";
import type { ColumnGroups } from "../types";
import { type MissingValues, numberClasses } from "./plan";

/** Name of the group of rows in which the column says nothing. */
export const missingName = "missing";

interface Categories {
  readonly names: readonly string[];
  /** Place in `names` of a row, −1 where the value is missing. */
  readonly at: (row: number) => number;
}

/** Words are categories, and so are a few whole numbers; other columns have none. */
function categoriesOf(column: CsvColumn): Categories | null {
  if (column.kind === "names" || column.use === "left out") return null;
  if (column.kind === "words") {
    const { words, values } = column;
    return { names: words, at: (row) => values[row] as number };
  }
  const { values } = column;
  const classes = numberClasses(values);
  if (classes === null) return null;
  const places = new Map(classes.map((value, place) => [value, place]));
  return { names: classes.map(String), at: (row) => places.get(values[row] as number) ?? -1 };
}

/**
 * Groups of the validation part by every column of categories, inputs among them. Columns of one category are left out.
 * @param target number of the column that is predicted, from 1
 * @param validation rows of the table that make the validation part
 */
export function columnGroups(
  table: CsvTable,
  target: number,
  missing: MissingValues,
  validation: Int32Array,
): readonly ColumnGroups[] {
  return table.columns.flatMap((column, place): ColumnGroups[] => {
    const categories = place === target - 1 ? null : categoriesOf(column);
    if (!categories) return [];
    const gaps = missing === "mean" && column.missing > 0;
    const names = gaps ? [...categories.names, missingName] : categories.names;
    if (names.length < 2) return [];
    const groupOf = (row: number) => {
      const at = categories.at(row);
      return at < 0 ? names.length - 1 : at;
    };
    return [{ name: column.name, names, validation: validation.map(groupOf) }];
  });
}
