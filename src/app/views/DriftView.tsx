// Does the network still know the pictures when the world changes a little? Accuracy on corrupted validation pictures.
import { useState } from "react";
import type { DatasetSummary, DriftReport, DriftVersion } from "../../worker/protocol";
import { useEngine } from "../engine/context";
import { change, classShare, hardestOf, versionName, versionWords } from "../logic/drift";
import { count, epochText, percent } from "../logic/figures";
import { useRun } from "../store/run";
import ui from "../ui/ui.module.css";
import { DriftTable } from "./DriftTable";
import styles from "./drift.module.css";
import report from "./report.module.css";
import views from "./views.module.css";

export function DriftView({ dataset }: { readonly dataset: DatasetSummary }) {
  const drift = useRun((run) => run.drift);
  return (
    <div className={views.body} data-testid="drift">
      <div className={styles.head}>
        <p className={views.hint} data-testid="drift-verdict">
          {drift ? (
            <Verdict drift={drift.report} epoch={drift.epoch} dataset={dataset} />
          ) : (
            <>
              A camera in the dark, out of focus, held askew, overexposed: how many{" "}
              <b>validation pictures</b> does the network still know? Four corruptions at three
              strengths, none of which it was trained on unless augmentation brought it.
            </>
          )}
        </p>
        <Ask again={drift !== null} />
      </div>
      {drift ? <Figures drift={drift.report} classNames={dataset.classNames} /> : null}
    </div>
  );
}

/** The button that asks for the test, and while it goes on how far it is and a way to end it. */
function Ask({ again }: { readonly again: boolean }) {
  const engine = useEngine();
  const share = useRun((run) => run.driftShare);
  const possible = useRun(({ phase, pending }) => phase === "live" && !pending);
  return (
    <div className={styles.ask}>
      {share === null ? (
        <button
          type="button"
          className={ui.button}
          disabled={!possible}
          onClick={() => void engine.testDrift()}
        >
          {again ? "Test again" : "Test on corrupted pictures"}
        </button>
      ) : (
        <>
          <progress max={1} value={share} aria-label="Tested so far" />
          <button type="button" className={ui.button} onClick={() => void engine.endDrift()}>
            Stop
          </button>
        </>
      )}
    </div>
  );
}

interface VerdictProps {
  readonly drift: DriftReport;
  readonly epoch: number;
  readonly dataset: DatasetSummary;
}

function Verdict({ drift, epoch, dataset }: VerdictProps) {
  const clean = drift.versions[0] as DriftVersion;
  const hardest = hardestOf(drift);
  const all = dataset.counts.validation;
  const tested =
    drift.count < all ? `the first ${count(drift.count)} of ${count(all)}` : count(all);
  return (
    <>
      Epoch {epochText(epoch)}, {tested} validation pictures: <b>{percent(clean.accuracy)}</b> right
      as they are,{" "}
      {hardest ? (
        <>
          <b>{percent(hardest.accuracy)}</b> with {versionName(hardest)}.
        </>
      ) : (
        "and no corruption costs anything."
      )}
    </>
  );
}

interface FiguresProps {
  readonly drift: DriftReport;
  readonly classNames: readonly string[];
}

function Figures({ drift, classNames }: FiguresProps) {
  const [chosen, setChosen] = useState<number | null>(null);
  const clean = drift.versions[0] as DriftVersion;
  const version = (chosen === null ? hardestOf(drift) : drift.versions[chosen]) ?? clean;
  return (
    <>
      <div className={`${report.tables} ${styles.tables}`}>
        <DriftTable drift={drift} chosen={drift.versions.indexOf(version)} onChoose={setChosen} />
        <ClassTable drift={drift} version={version} classNames={classNames} />
      </div>
      <p className={report.words} data-testid="drift-words">
        <b>{versionName(version)}</b>: {versionWords(version)}. Press a picture for its classes.
      </p>
    </>
  );
}

/** Accuracy per class, clean beside the chosen version. */
function ClassTable({
  drift,
  version,
  classNames,
}: FiguresProps & { readonly version: DriftVersion }) {
  const clean = drift.versions[0] as DriftVersion;
  return (
    <table className={report.perClass} data-testid="drift-classes">
      <caption className="visually-hidden">
        Share of right answers per class, clean and with {versionName(version)}
      </caption>
      <thead>
        <tr>
          <th scope="col" className={report.name}>
            class
          </th>
          <th scope="col" title="Right answers on the pictures as they are">
            clean
          </th>
          <th scope="col" title={`Right answers with ${versionName(version)}`}>
            chosen
          </th>
          <th scope="col" title="Change in percentage points">
            points
          </th>
        </tr>
      </thead>
      <tbody>
        {drift.support.map((support, kind) => {
          const [before, after] = [clean, version].map((held) => classShare(held, support, kind));
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: classes have fixed numbers
            <tr key={kind} title={`${support} pictures`}>
              <th scope="row" className={report.name}>
                {classNames[kind] ?? kind}
              </th>
              <td>{percent(before)}</td>
              <td>{percent(after)}</td>
              <td>{before == null || after == null ? "–" : change(after - before)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
