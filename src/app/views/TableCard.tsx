// A learner's own table: takes the file, shows what is in it, lets a column be chosen to predict.
import { useState } from "react";
import type { ColumnSummary, EngineErrorDescription, TableSummary } from "../../worker/protocol";
import { useEngine } from "../engine/context";
import { changeMissing, predictColumn, takeFiles } from "../engine/ownTable";
import { usePage } from "../store/page";
import { useSettings } from "../store/settings";
import { useTable } from "../store/table";
import { FileChooser } from "./FileChooser";
import styles from "./views.module.css";

export function TableCard({ failure }: { readonly failure: EngineErrorDescription | null }) {
  const engine = useEngine();
  const over = usePage((page) => page.dropping);
  const { summary, problem } = useTable();
  const fingerprint = useSettings(({ experiment }) => experiment.data.fingerprint);
  const other = summary !== null && fingerprint !== 0 && summary.fingerprint !== fingerprint;
  return (
    <div className={styles.body} data-testid="table-card">
      <div className={styles.files}>
        {problem ? <p role="alert">{problem}</p> : null}
        {failure && !summary ? <p role="alert">{failure.message}</p> : null}
        {failure && summary && !other ? <p role="alert">{failure.message}</p> : null}
        {other ? (
          <p role="alert">
            {summary.file} (fingerprint {summary.fingerprint}) is another table than this
            experiment's ({fingerprint}). Choose a column to learn from this one all the same.
          </p>
        ) : null}
        <div className={`${styles.drop} ${over ? styles.over : ""}`}>
          <span>Drop a CSV file with a header anywhere on the page. It stays on this device.</span>
          <FileChooser
            label="CSV file"
            accept=".csv,.tsv,.txt,.gz"
            onFiles={(files) => takeFiles(engine, files)}
          />
        </div>
        {summary ? <Preview summary={summary} chosenHere={!other} /> : null}
      </div>
    </div>
  );
}

interface PreviewProps {
  readonly summary: TableSummary;
  readonly chosenHere: boolean;
}

function Preview({ summary, chosenHere }: PreviewProps) {
  const engine = useEngine();
  const [refused, setRefused] = useState<string | null>(null);
  const target = useSettings(({ experiment }) => experiment.data.target);
  const missing = useSettings(({ experiment }) => experiment.data.missing);
  const gaps = summary.columns.some((column) => column.missing > 0);
  return (
    <>
      <p className={styles.hint}>
        <b>{summary.file}</b>: {summary.rows} rows, {summary.columns.length} columns. Which one
        shall the network predict from the others?
      </p>
      {refused ? <p role="alert">{refused}</p> : null}
      <div className={styles.tableBox}>
        <table className={styles.preview} data-testid="table-preview">
          <thead>
            <tr>
              <th scope="col">predict</th>
              <th scope="col">column</th>
              <th scope="col">holds</th>
              <th scope="col">missing</th>
              <th scope="col">first rows</th>
            </tr>
          </thead>
          <tbody>
            {summary.columns.map((column, place) => (
              <ColumnRow
                key={column.name}
                column={column}
                examples={summary.first.map((row) => row[place] ?? "")}
                chosen={chosenHere && place + 1 === target}
                onChoose={() => setRefused(predictColumn(engine, place + 1))}
              />
            ))}
          </tbody>
        </table>
      </div>
      {gaps ? (
        <label className={styles.hint}>
          Missing values:{" "}
          <select
            value={missing}
            onChange={(event) => void changeMissing(engine, event.currentTarget.value)}
          >
            <option value="mean">the training part's mean, and an input that says so</option>
            <option value="leaveOut">leave such rows out</option>
          </select>
        </label>
      ) : null}
    </>
  );
}

interface RowProps {
  readonly column: ColumnSummary;
  readonly examples: readonly string[];
  readonly chosen: boolean;
  readonly onChoose: () => void;
}

function ColumnRow({ column, examples, chosen, onChoose }: RowProps) {
  const { name, content, missing, asTarget } = column;
  const able = typeof asTarget !== "string";
  return (
    <tr>
      <td>
        <input
          type="radio"
          name="table-target"
          aria-label={`Predict ${name}`}
          checked={chosen}
          disabled={!able}
          title={able ? undefined : `Cannot be predicted: ${asTarget}`}
          onChange={onChoose}
        />
      </td>
      <th scope="row">{name}</th>
      <td>{content}</td>
      <td>{missing === 0 ? "" : missing}</td>
      <td>{examples.join(" · ")}</td>
    </tr>
  );
}
