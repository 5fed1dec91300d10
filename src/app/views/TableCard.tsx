// A learner's own table: takes the file, says what was understood, lets each reading be changed and a column be chosen to predict.
import { useState } from "react";
import type { EngineErrorDescription, TableSummary } from "../../worker/protocol";
import { useEngine } from "../engine/context";
import { predictColumn, readOtherwise, takeFiles, usesWith } from "../engine/ownTable";
import { usePage } from "../store/page";
import { useSettings } from "../store/settings";
import { useTable } from "../store/table";
import { FileChooser } from "./FileChooser";
import { TableColumns } from "./TableColumns";
import { TableReadings } from "./TableReadings";
import table from "./table.module.css";
import styles from "./views.module.css";

export function TableCard({ failure }: { readonly failure: EngineErrorDescription | null }) {
  const engine = useEngine();
  const over = usePage((page) => page.dropping);
  const { summary, problem } = useTable();
  const fingerprint = useSettings(({ experiment }) => experiment.data.fingerprint);
  const other = summary !== null && fingerprint !== 0 && summary.fingerprint !== fingerprint;
  const chooser = (
    <FileChooser
      label="CSV file"
      text={summary ? "Another file…" : "Choose a file…"}
      accept=".csv,.tsv,.tab,.txt,.dat,.gz"
      onFiles={(files) => takeFiles(engine, files)}
    />
  );
  return (
    <div className={styles.body} data-testid="table-card">
      <div className={styles.files}>
        {problem ? <p role="alert">{problem}</p> : null}
        {failure && !other ? <p role="alert">{failure.message}</p> : null}
        {other ? (
          <p role="alert">
            {summary.file} (fingerprint {summary.fingerprint}) is another table than this
            experiment's ({fingerprint}). Choose a column to learn from this one all the same.
          </p>
        ) : null}
        {summary ? (
          <Preview summary={summary} chosenHere={!other} chooser={chooser} />
        ) : (
          <div className={`${styles.drop} ${over ? styles.over : ""}`}>
            <span>Drop a CSV file anywhere on the page. It stays on this device.</span>
            {chooser}
          </div>
        )}
      </div>
    </div>
  );
}

interface PreviewProps {
  readonly summary: TableSummary;
  readonly chosenHere: boolean;
  readonly chooser: React.ReactNode;
}

function Preview({ summary, chosenHere, chooser }: PreviewProps) {
  const engine = useEngine();
  const [refused, setRefused] = useState<string | null>(null);
  const read = useTable((state) => state.read);
  const target = useSettings(({ experiment }) => experiment.data.target);
  const answers = useSettings(({ experiment }) => experiment.data.answers);
  const change = (changes: Parameters<typeof readOtherwise>[1]) =>
    void readOtherwise(engine, changes).then(setRefused);
  if (!read) return null;
  const { file, rows, columns, remarks } = summary;
  return (
    <>
      <div className={table.file}>
        <p>
          <b>{file}</b> {rows.toLocaleString("en")} rows, {columns.length} columns
        </p>
        {chooser}
      </div>
      {refused ? <p role="alert">{refused}</p> : null}
      {remarks.length > 0 ? (
        <ul className={table.remarks} aria-label="What was understood" data-testid="table-remarks">
          {remarks.map((remark) => (
            <li key={remark}>{remark}</li>
          ))}
        </ul>
      ) : null}
      <TableReadings summary={summary} read={read} onChange={change} />
      <TableColumns
        summary={summary}
        target={chosenHere ? target : null}
        kind={answers > 0 ? "classes" : "number"}
        onPredict={(number, kind) => setRefused(predictColumn(engine, number, kind))}
        onUse={(number, column, use) => change(usesWith(read, number, column, use))}
      />
    </>
  );
}
