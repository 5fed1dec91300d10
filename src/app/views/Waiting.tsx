// What a run that is being built is busy with: bytes, share and time left while files are read, and a way to end it.
import { useEngine } from "../engine/context";
import { type Run, useRun } from "../store/run";
import ui from "../ui/ui.module.css";
import styles from "./views.module.css";

function progressText({ phase, progress }: Run): string {
  if (phase === "failed") return "No run: see the message above.";
  return progress ? `${progress.what}…` : "Getting ready…";
}

/** Beside what the old run shows, when the new one takes its time. */
export function Progress() {
  const text = useRun((run) => (run.phase === "starting" ? progressText(run) : null));
  if (!text) return null;
  return (
    <span className={styles.progress}>
      {text} <Cancel />
    </span>
  );
}

/** Where nothing can be shown yet: what is being waited for. */
export function Waiting() {
  const text = useRun(progressText);
  const share = useRun(({ progress }) => progress?.fraction ?? null);
  return (
    <div className={styles.waiting}>
      <p role="status">{text}</p>
      {share === null ? null : <progress max={1} value={share} aria-label="Read so far" />}
      <Cancel />
    </div>
  );
}

/** Ends the reading of files: a network may be slow, or somebody else's. */
function Cancel() {
  const engine = useEngine();
  const reading = useRun(
    ({ phase, progress }) =>
      phase === "starting" && /^(Reading|Waiting)/.test(progress?.what ?? ""),
  );
  if (!reading) return null;
  const stop = () => {
    const message = `Reading was cancelled (${useRun.getState().progress?.what}). What came from the public address is kept: Try again goes on from there.`;
    engine.abandon({ kind: "data-missing", message });
  };
  return (
    <button type="button" className={ui.button} onClick={stop}>
      Cancel
    </button>
  );
}
