// A few figures in a line, each with its name and, for the pointer, what it means.
import styles from "./report.module.css";

export type Figure = readonly [name: string, text: string, title: string];

export function Figures({
  figures,
  testId,
}: {
  readonly figures: readonly Figure[];
  readonly testId: string;
}) {
  return (
    <dl className={styles.figures} data-testid={testId}>
      {figures.map(([name, text, title]) => (
        <div key={name} title={title}>
          <dt>{name}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}
