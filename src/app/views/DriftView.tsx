// Does the network still know the pictures when the world changes a little? Accuracy on corrupted validation pictures.
import { useState } from "react";
import { describeDifference } from "../../experiment/difference";
import type { DatasetSummary, DriftReport, DriftVersion } from "../../worker/protocol";
import { useEngine } from "../engine/context";
import {
  change,
  classShare,
  type DriftTest,
  hardestOf,
  versionName,
  versionWords,
} from "../logic/drift";
import { count, epochText, percent } from "../logic/figures";
import { useDriftTests } from "../store/driftTests";
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
      <div className={styles.head} data-stacked={drift === null}>
        <p className={views.hint} data-testid="drift-verdict">
          {drift ? (
            <Verdict drift={drift.report} epoch={drift.epoch} dataset={dataset} />
          ) : (
            <>
              <b>Robustness</b>: accuracy on noisy, blurred, rotated and overexposed validation
              images. Four corruptions at three strengths; the network has seen none of them in
              training, unless augmentation is on.
            </>
          )}
        </p>
        <Ask again={drift !== null} />
      </div>
      {drift ? <Figures test={drift} classNames={dataset.classNames} /> : null}
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
  readonly test: DriftTest;
  readonly classNames: readonly string[];
}

function Figures({ test, classNames }: FiguresProps) {
  const [chosen, setChosen] = useState<number | null>(null);
  const [wantsBefore, setWantsBefore] = useState(false);
  const { latest, before: former } = useDriftTests();
  const before = latest?.report === test.report ? former : null;
  const drift = test.report;
  const clean = drift.versions[0] as DriftVersion;
  const hardest = hardestOf(drift) ?? clean;
  const place = chosen ?? drift.versions.indexOf(hardest);
  const version = drift.versions[place] ?? clean;
  const against = wantsBefore ? before : null;
  return (
    <>
      {before ? (
        <Against test={test} before={before} chosen={wantsBefore} onChoose={setWantsBefore} />
      ) : null}
      <div className={`${report.tables} ${styles.tables}`}>
        <DriftTable
          drift={drift}
          before={against?.report ?? null}
          chosen={place}
          onChoose={setChosen}
        />
        <ClassTable
          support={drift.support}
          from={against ? (against.report.versions[place] as DriftVersion) : clean}
          fromName={against ? "before" : "clean"}
          version={version}
          classNames={classNames}
        />
      </div>
      <p className={report.words} data-testid="drift-words">
        <b>{versionName(version)}</b>: {versionWords(version)}.
        {chosen === null ? " Press a picture for its classes." : null}
      </p>
    </>
  );
}

interface AgainstProps {
  readonly test: DriftTest;
  readonly before: DriftTest;
  /** True where changes are shown against the test before. */
  readonly chosen: boolean;
  readonly onChoose: (before: boolean) => void;
}

/** What the points are counted from: the clean pictures, or the same pictures in the test before. */
function Against({ test, before, chosen, onChoose }: AgainstProps) {
  const what = describeDifference(before.experiment, test.experiment);
  const epochs = `epoch ${epochText(before.epoch)} → ${epochText(test.epoch)}`;
  return (
    <p className={`${views.hint} ${styles.before}`} title={what} data-testid="drift-before">
      <label>
        <input
          type="checkbox"
          checked={chosen}
          onChange={(event) => onChoose(event.currentTarget.checked)}
        />{" "}
        Points against the test before
      </label>{" "}
      ({what === "no difference" ? epochs : `${what}; ${epochs}`})
    </p>
  );
}

const fromTitles = {
  clean: "Right answers on the pictures as they are",
  before: "Right answers in the test before, on the same corrupted pictures",
} as const;

interface ClassProps {
  readonly support: readonly number[];
  readonly from: DriftVersion;
  readonly fromName: "clean" | "before";
  readonly version: DriftVersion;
  readonly classNames: readonly string[];
}

/** Accuracy per class: what the chosen version is compared with, itself, and the change. */
function ClassTable({ support, from, fromName, version, classNames }: ClassProps) {
  return (
    <table className={report.perClass} data-testid="drift-classes">
      <caption className="visually-hidden">
        Share of right answers per class, {fromName} and with {versionName(version)}
      </caption>
      <thead>
        <tr>
          <th scope="col" className={report.name}>
            class
          </th>
          <th scope="col" title={fromTitles[fromName]}>
            {fromName}
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
        {support.map((pictures, kind) => {
          const [before, after] = [from, version].map((held) => classShare(held, pictures, kind));
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: classes have fixed numbers
            <tr key={kind} title={`${pictures} pictures`}>
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
