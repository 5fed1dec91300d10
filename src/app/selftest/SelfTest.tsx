// The self-test over the whole page: all reference cases on this machine, on a backend of one's choice.

import { useEffect, useId, useRef, useState } from "react";
import { selfTestCases } from "../../worker/selfTestClient";
import type { BackendName } from "../../worker/selfTestProtocol";
import { useEngine } from "../engine/context";
import { backendTitles } from "../header/backends";
import { inWords } from "../logic/failures";
import { duration } from "../logic/figures";
import { usePage } from "../store/page";
import { useRun } from "../store/run";
import ui from "../ui/ui.module.css";
import { BackendPicker } from "./BackendPicker";
import { CopyReport } from "./CopyReport";
import { ResultTable } from "./ResultTable";
import { allowed, nearestToLimit, small, summary } from "./report";
import styles from "./selftest.module.css";
import { type Course, secondsLeft, useSelfTest } from "./useSelfTest";

/** Closing it leads back to the page as it was. */
export default function SelfTest() {
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useId();
  const engine = useEngine();
  const inUse = useRun((run) => run.backend?.chosen ?? null);
  const [chosen, choose] = useState<BackendName | null>(null);
  const { course, start, stop } = useSelfTest();
  const backend = chosen ?? inUse ?? "wasm";
  const busy = course.phase === "starting" || course.phase === "running";
  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal();
  }, []);
  const begin = () => {
    // Training beside it would take its time from the test, and the test from it.
    if (useRun.getState().state === "training") void engine.toggleTraining();
    start(backend);
  };
  return (
    <dialog
      ref={dialog}
      className={styles.page}
      aria-labelledby={title}
      data-testid="selftest"
      onClose={() => usePage.getState().showSelfTest(false)}
    >
      <header className={styles.head}>
        <h1 id={title}>Self-test</h1>
        <button type="button" className={ui.button} onClick={() => dialog.current?.close()}>
          Back to the playground
        </button>
      </header>
      <div className={styles.body}>
        <Explanation />
        <BackendPicker chosen={backend} choose={choose} disabled={busy} />
        <div className={styles.actions}>
          {busy ? (
            <button type="button" className={ui.button} onClick={stop}>
              Stop
            </button>
          ) : (
            <button type="button" className={`${ui.button} ${ui.strong}`} onClick={begin}>
              {`Run all ${selfTestCases.length} cases on ${backendTitles[backend]}`}
            </button>
          )}
          {course.results.length > 0 || course.failure ? <CopyReport course={course} /> : null}
        </div>
        <Progress course={course} />
        <ResultTable course={course} />
      </div>
    </dialog>
  );
}

function Explanation() {
  return (
    <p className={styles.lead}>
      {`Does this page compute correctly on your machine? Here are ${selfTestCases.length} small calculations whose right answers come from other programs: PyTorch, NumPy and scikit-learn. Your machine does them again with the page's own training code and compares number by number. Tiny differences are normal: computers keep about seven digits, and each backend adds up in another order. A case passes while every difference stays below its limit.`}
    </p>
  );
}

/** One line that says where it stands, and a bar. */
function Progress({ course }: { readonly course: Course }) {
  const total = selfTestCases.length;
  const { phase, results, failure } = course;
  if (phase === "idle") return null;
  const left = secondsLeft(course, total);
  const words: Readonly<Record<typeof phase, string>> = {
    starting: "Loading the backend…",
    running: `${results.length} of ${total} done${left === null ? "" : `, about ${duration(left)} left`}`,
    done: `${summary(results, total)} in ${duration((course.now - course.began) / 1000)}.`,
    stopped: `Stopped: ${summary(results, total)}.`,
    failed: `Ended early: ${inWords(failure)} ${summary(results, total)}.`,
  };
  const worst = nearestToLimit(results);
  return (
    <div className={styles.progress}>
      <progress max={total} value={results.length} aria-label="Cases done" />
      <p className={styles.standing} data-testid="selftest-status">
        {words[phase]}
      </p>
      {/* Read out where it stands, but not after every case. */}
      <p className="visually-hidden" role="status">
        {phase === "running" ? "Running." : words[phase]}
      </p>
      {worst ? (
        <p className={ui.note} data-testid="selftest-worst">
          {`Nearest to its limit: ${worst.name}, largest error ${small(worst.error)}, ${allowed(worst.limit)} (${worst.detail}).`}
        </p>
      ) : null}
    </div>
  );
}
