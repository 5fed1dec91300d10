// The same curve as numbers, for screen readers and for those who want to read them off.
import { epochText, figure } from "../logic/figures";
import type { Columns } from "../logic/history";
import ui from "../ui/ui.module.css";
import styles from "./charts.module.css";
import type { ChartDescription, Series } from "./series";

const mostRows = 60;

/** Rows at even distances, the last one always among them. */
function evenRows(length: number): number[] {
  const count = Math.min(mostRows, length);
  return Array.from({ length: count }, (_, slot) =>
    Math.round(((length - 1) * slot) / Math.max(1, count - 1)),
  );
}

interface Props {
  readonly chart: ChartDescription;
  readonly series: readonly Series[];
  readonly columns: Columns;
}

export function CurveTable({ chart, series, columns }: Props) {
  const { print = figure } = chart;
  const rows = evenRows(columns.step.length).reverse();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
    <section className={styles.table} tabIndex={0} aria-label={`Figures: ${chart.title}`}>
      <table className={ui.figures} data-testid={`table-${chart.id}`}>
        <caption className="visually-hidden">{chart.title} by epoch, newest first</caption>
        <thead>
          <tr>
            <th scope="col">epoch</th>
            {series.map(({ key, name }) => (
              <th key={key} scope="col">
                {name}
                {chart.unit}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row}>
              <th scope="row">{epochText(columns.epoch[row] as number)}</th>
              {series.map(({ key, column, show }) => (
                <td key={key}>{print(show(columns[column][row] as number))}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
