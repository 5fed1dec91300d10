// Everything that went wrong or was corrected, in words, with what to do next. It takes room only when there is something.
import { lazy, type ReactNode, Suspense } from "react";
import { shortNumber } from "../../experiment/format";
import type { Correction } from "../../experiment/validate";
import type { Divergence } from "../../worker/protocol";
import { useEngine } from "../engine/context";
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

function Failure() {
  const engine = useEngine();
  const failure = useRun((run) => run.failure);
  const phase = useRun((run) => run.phase);
  // Missing and damaged files are dealt with where the pictures would be.
  if (!failure || failure.kind === "data-missing" || failure.kind === "data-bad") return null;
  const restart = (
    <button type="button" className={ui.button} onClick={() => engine.restart()}>
      Start again
    </button>
  );
  const dismiss = () => useRun.setState({ failure: null });
  return (
    <Notice
      testId="failure"
      actions={phase === "failed" ? restart : null}
      onDismiss={phase === "failed" ? undefined : dismiss}
    >
      <b>{failure.message}</b>
      {phase === "failed" && history.length > 0 ? (
        <p>What was measured until then stays on the page.</p>
      ) : null}
    </Notice>
  );
}

function divergenceText({ step, quantity }: Divergence): string {
  return `Training stopped at step ${step}: the ${quantity} became infinite or undefined.`;
}

function Diverged() {
  const engine = useEngine();
  const divergence = useRun((run) => run.divergence);
  const rate = useSettings(({ experiment }) => experiment.optimizer.learningRate);
  if (!divergence) return null;
  const lower = Number((rate / 10).toPrecision(3));
  const cure = () => {
    useSettings.getState().change([["optimizer.learningRate", lower]]);
    void engine.reset();
  };
  return (
    <Notice
      testId="divergence"
      actions={
        <button type="button" className={ui.button} onClick={cure}>
          Learning rate {shortNumber(lower)} and reset
        </button>
      }
    >
      <b>{divergenceText(divergence)}</b>
      <p>
        Usual cures: a lower learning rate, weaker penalties, smaller initial weights. The curves up
        to that step are kept.
      </p>
    </Notice>
  );
}
