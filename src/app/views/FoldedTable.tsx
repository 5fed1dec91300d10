// The figures behind a picture as a table that unfolds; folded up, it costs nothing.
import { useState } from "react";
import styles from "./folded.module.css";

interface Props {
  readonly head: readonly string[];
  /** The rows, the name of each first; asked for only while the table is open. */
  readonly rows: () => readonly (readonly string[])[];
  /** Words stand at the left of their cells, numbers at the right. */
  readonly holds: "words" | "numbers";
}

export function FoldedTable({ head, rows, holds }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <details
      className={`${styles.folded} ${styles[holds]}`}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>Table</summary>
      {open ? (
        <table>
          <thead>
            <tr>
              {head.map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows().map(([name, ...cells]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                {cells.map((cell, column) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: columns have fixed places
                  <td key={column}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
    </details>
  );
}
