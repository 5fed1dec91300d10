// Rows that are equal in everything the network sees: they belong into one part, or training has seen what validation asks.
import type { CsvColumn, CsvTable } from "../readers/csv";

/** Where one row makes up a larger share of the table than this, equal rows cannot stay together. */
const largestShare = 0.1;

/** Least examples of validation and of test. */
export const smallestPart = 2;

export interface EqualRows {
  /** Rows that equal an earlier one. */
  readonly repeated: number;
  /** Number of the group of each of the rows, equal for equal rows; null where they are all different or cannot stay together. */
  readonly groups: Int32Array | null;
}

/** One number for a value of a column, equal for equal values. */
function codeOf(column: CsvColumn): ((row: number) => number) | null {
  if (column.kind === "names") return null;
  if (column.kind === "words") return (row) => column.values[row] as number;
  const bits = new Int32Array(column.values.buffer);
  return (row) => bits[row] as number;
}

/**
 * @param target number of the column that is predicted, from 1
 * @param rows of the table that are looked at
 */
export function findEqualRows(table: CsvTable, target: number, rows: Int32Array): EqualRows {
  const codes = table.columns.flatMap((column, at) => {
    const code = at === target - 1 || column.use !== "left out" ? codeOf(column) : null;
    return code ?? [];
  });
  const known = new Map<number, number>();
  const sizes: number[] = [];
  const groups = rows.map((row) => {
    // Two sums of 32 and 21 bits (FNV-1a): fewer than one pair in a million tables is taken for equal and is not.
    let low = 0x811c9dc5;
    let high = 0x9747b28c;
    for (const code of codes) {
      const value = code(row);
      low = Math.imul(low ^ value, 0x01000193);
      high = Math.imul(high ^ (value + (low >>> 15)), 0x01000197);
    }
    const key = (low >>> 0) + 2 ** 32 * (high & 0x1fffff);
    const group = known.get(key) ?? known.size;
    known.set(key, group);
    sizes[group] = (sizes[group] ?? 0) + 1;
    return group;
  });
  const repeated = rows.length - known.size;
  const largest = sizes.reduce((most, size) => Math.max(most, size), 0);
  const together = repeated > 0 && largest <= largestShare * rows.length;
  return { repeated, groups: together ? groups : null };
}

/**
 * The back of an order of rows as validation and test, equal rows in one part.
 * Without equal rows test is the last of the order and validation what stands in front of it.
 * @param order rows in the order that the seed gives
 * @param groupOf number of a row's group
 * @returns the order's places by part; training has those that are left, in order
 */
export function divideByGroups(
  order: Int32Array,
  groupOf: (row: number) => number,
  sizes: { readonly validation: number; readonly test: number },
): { readonly pool: Int32Array; readonly validation: Int32Array; readonly test: Int32Array } {
  const members = new Map<number, number[]>();
  for (const row of order) {
    const list = members.get(groupOf(row));
    if (list) list.push(row);
    else members.set(groupOf(row), [row]);
  }
  const parts = { test: [] as number[], validation: [] as number[] };
  const rest: number[][] = [];
  // From the back: a group that does not fit into what is left of a part goes to the next one.
  for (const group of [...members.values()].reverse()) {
    const part = (["test", "validation"] as const).find(
      (name) => parts[name].length + group.length <= sizes[name],
    );
    if (part) parts[part].push(...group);
    else rest.push(group);
  }
  // Where every group is larger than a part, the part becomes larger.
  for (const name of ["test", "validation"] as const) {
    while (parts[name].length < smallestPart && rest.length > 1)
      parts[name].push(...(rest.shift() ?? []));
  }
  const [test, validation] = [new Set(parts.test), new Set(parts.validation)];
  return {
    pool: order.filter((row) => !test.has(row) && !validation.has(row)),
    validation: order.filter((row) => validation.has(row)),
    test: order.filter((row) => test.has(row)),
  };
}
