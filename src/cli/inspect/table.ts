// A table: how its file was read, what every column is taken for, and what was left out or read otherwise than it stands.
import { inspectTable } from "../../data/table/summary";
import { openedFile } from "../openedFile";
import { type Found, type Inspector, printRemarks } from "./kinds";

interface FoundColumn {
  readonly name: string;
  readonly read: "number" | "category" | "left out";
  /** Different values. */
  readonly values: number;
  /** Rows without a value. */
  readonly missing: number;
  readonly remarks: readonly string[];
}

interface FoundTable extends Found {
  readonly kind: "table";
  readonly rows: number;
  readonly columns: readonly FoundColumn[];
}

export const inspector: Inspector<FoundTable> = {
  async inspect(path) {
    const { rows, columns, remarks } = await inspectTable(await openedFile(path));
    return {
      kind: "table",
      rows,
      columns: columns.map((column) => ({
        name: column.name,
        read: column.use,
        values: column.distinct,
        missing: column.missing,
        remarks: column.remarks,
      })),
      remarks,
    };
  },
  print({ rows, columns, remarks }, path) {
    const lines = columns.map(({ name, read, values, missing, remarks: said }) => {
      const gaps = missing > 0 ? `, ${missing} missing` : "";
      return `  ${name}: ${read}, ${values} different values${gaps}${said.map((one) => `\n    - ${one}`).join("")}`;
    });
    return `Table ${path}: ${rows} rows, ${columns.length} columns\n${lines.join("\n")}${printRemarks(remarks)}`;
  },
};
