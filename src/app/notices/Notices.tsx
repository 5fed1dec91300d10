// Everything that went wrong or was corrected, in words, with what to do next. It takes room only when there is something.
import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from "react";
import type { NumberField } from "../../experiment/fields";
import { shortNumber } from "../../experiment/format";
import { fieldEntry } from "../../experiment/schema";
import type { Correction } from "../../experiment/validate";
import type { Divergence } from "../../worker/protocol";
import { useEngine } from "../engine/context";
import { backendTitles } from "../header/backends";
import { explain, type Remedy } from "../logic/failures";
import { epochText } from "../logic/figures";
import { resumedMarks } from "../logic/resumed";
import { usePage } from "../store/page";
import { history, useRun } from "../store/run";
import { useSettings } from "../store/settings";
import { useTable } from "../store/table";
import { CloseIcon } from "../ui/icons";
import ui from "../ui/ui.module.css";
import styles from "./notices.module.css";

const SlowNotice = lazy(() => import("./SlowNotice"));

export function Notices() {
  const slow = useRun((run) => run.backend?.slow);
  return (
    <div className={styles.notices}>
      <Corrections />
      <TableProblem />
      <Failure />
      <Diverged />
      <Suspense fallback={null}>{slow ? <SlowNotice /> : null}</Suspense>
    </div>
  );
}

interface NoticeProps {
  readonly children: ReactNode;
  readonly actions?: ReactNode;
  readonly onDismiss?: (() => void) | undefined;
  readonly testId: string;
}

function Notice({ children, actions, onDismiss, testId }: NoticeProps) {
  return (
    <div className={styles.notice} role="alert" data-testid={testId}>
      <div className={styles.words}>{children}</div>
      {actions}
      {onDismiss ? (
        <button type="button" className={styles.close} aria-label="Dismiss" onClick={onDismiss}>
          <CloseIcon />
        </button>
      ) : null}
    </div>
  );
}

/** More than these are folded away. */
const shownCorrections = 12;

function Messages({ corrections }: { readonly corrections: readonly Correction[] }) {
  return (
    <ul>
      {corrections.map(({ path, message }) => (
        <li key={`${path}-${message}`}>{message}</li>
      ))}
    </ul>
  );
}

function Corrections() {
  const corrections = useSettings((settings) => settings.corrections);
  if (corrections.length === 0) return null;
  // A remark on the whole link needs no heading.
  const heading = corrections.length > 1 || corrections[0]?.path !== null;
  return (
    <Notice testId="corrections" onDismiss={() => useSettings.getState().dismissCorrections()}>
      {heading ? (
        <b>
          {corrections.length === 1
            ? "One setting in the link was corrected."
            : `${corrections.length} remarks on the link:`}
        </b>
      ) : null}
      <Messages corrections={corrections.slice(0, shownCorrections)} />
      {corrections.length > shownCorrections ? (
        <details>
          <summary>and {corrections.length - shownCorrections} more</summary>
          <Messages corrections={corrections.slice(shownCorrections)} />
        </details>
      ) : null}
    </Notice>
  );
}

/** A table that fell on another data set and cannot be read; on its own data set the table's card says so. */
function TableProblem() {
  const problem = useTable((table) => table.problem);
  const kind = useSettings(({ experiment }) => experiment.data.kind);
  if (!problem || kind === "ownTable") return null;
  return (
    <Notice testId="table-problem" onDismiss={() => useTable.setState({ problem: null })}>
      <p>{problem}</p>
    </Notice>
  );
}

const remedyNames: Readonly<Record<Remedy["do"], string>> = {
  again: "Start again",
  reload: "Reload the page",
  backend: "",
};

function RemedyButton({ remedy }: { readonly remedy: Remedy }) {
  const engine = useEngine();
  const act = () => {
    if (remedy.do === "reload") return location.reload();
    if (remedy.do === "backend") usePage.getState().setBackend(remedy.backend);
    engine.restart();
  };
  const name =
    remedy.do !== "backend"
      ? remedyNames[remedy.do]
      : remedy.backend === "auto"
        ? "Let the page choose"
        : `Compute with ${backendTitles[remedy.backend]}`;
  return (
    <button type="button" className={ui.button} onClick={act}>
      {name}
    </button>
  );
}

/** What was said by the browser or a library, folded away, to be copied. */
function Details({ text }: { readonly text: string }) {
  const [state, setState] = useState("Copy");
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setState("Copied"),
      () => setState("Select the text and copy it"),
    );
  return (
    <details>
      <summary>Details</summary>
      <code>{text}</code>{" "}
      <button type="button" className={ui.button} onClick={() => void copy()}>
        {state}
      </button>
    </details>
  );
}

function Failure() {
  const failure = useRun((run) => run.failure);
  const phase = useRun((run) => run.phase);
  // Missing and damaged files are dealt with where the pictures would be.
  if (!failure || failure.kind === "data-missing" || failure.kind === "data-bad") return null;
  const { text, advice, remedy, details } = explain(failure);
  const failed = phase === "failed";
  const dismiss = () => useRun.setState({ failure: null });
  return (
    <Notice
      testId="failure"
      actions={
        failed || remedy?.do === "reload" ? (
          <RemedyButton remedy={remedy ?? { do: "again" }} />
        ) : null
      }
      onDismiss={failed ? undefined : dismiss}
    >
      <b>{text}</b>
      {advice === "" ? null : <p>{advice}</p>}
      {failed && history.length > 0 ? <p>What was measured until then stays on the page.</p> : null}
      {details === null ? null : <Details text={details} />}
    </Notice>
  );
}

function divergenceText({ step, epoch, quantity }: Divergence): string {
  return `Training diverged at step ${step} (epoch ${epochText(epoch)}): the ${quantity} became infinite or undefined.`;
}

function restoredText({ restored: { step, epoch } }: Divergence): string {
  const shown =
    step === 0
      ? "The page shows the initial weights again: none after them were good."
      : `The page shows the weights of step ${step} (epoch ${epochText(epoch)}), the last good ones; the optimizer stands where it stood then.`;
  return `${shown} The curves up to the divergence are kept. Weaker penalties or smaller initial weights may help too.`;
}

/** A tenth of the learning rate, or null where it is as low as it may be. */
function lowerRate(rate: number): number | null {
  const { field } = fieldEntry("optimizer.learningRate");
  const lower = Math.max((field as NumberField).minimum, Number((rate / 10).toPrecision(3)));
  return lower < rate ? lower : null;
}

function Diverged() {
  const engine = useEngine();
  const divergence = useRun((run) => run.divergence);
  const state = useRun((run) => run.state);
  const ended = useRef<Divergence | null>(null);
  const rate = useSettings(({ experiment }) => experiment.optimizer.learningRate);
  useEffect(() => {
    // The news comes while the run still counts as training.
    if (state === "diverged") ended.current = divergence;
    if (!divergence || state !== "training" || ended.current !== divergence) return;
    // However it was asked to go on: the notice has done its work, and the curves say where.
    const { marks } = useRun.getState();
    useRun.setState({ divergence: null, marks: resumedMarks(marks, divergence) });
  }, [divergence, state]);
  if (!divergence) return null;
  const lower = lowerRate(rate);
  const trainOn = (value: number) => {
    useSettings.getState().change([["optimizer.learningRate", value]]);
    void engine.toggleTraining();
  };
  return (
    <Notice
      testId="divergence"
      actions={
        <>
          {lower === null ? null : (
            <button type="button" className={ui.button} onClick={() => trainOn(lower)}>
              Lower the learning rate to {shortNumber(lower)} and train on
            </button>
          )}
          <button type="button" className={ui.button} onClick={() => void engine.reset()}>
            Start over
          </button>
        </>
      }
    >
      <b>{divergenceText(divergence)}</b>
      <p>{restoredText(divergence)}</p>
    </Notice>
  );
}
