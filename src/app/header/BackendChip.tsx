// What computes, why it was chosen, how fast it is, and a manual choice.
import { lazy, Suspense } from "react";
import { count } from "../logic/figures";
import { type Run, useRun } from "../store/run";
import { Popover } from "../ui/Popover";
import ui from "../ui/ui.module.css";
import { backendTitles } from "./backends";
import styles from "./header.module.css";

const BackendDetails = lazy(() => import("./BackendDetails"));

function dotClass({ phase }: Run): string {
  if (phase === "failed") return `${styles.dot} ${styles.bad}`;
  return phase === "live" ? (styles.dot ?? "") : `${styles.dot} ${styles.busy}`;
}

export function BackendChip() {
  const phase = useRun((run) => run.phase);
  const report = useRun((run) => run.backend);
  const dot = useRun(dotClass);
  const device =
    phase === "failed"
      ? null
      : report?.candidates.find(({ name }) => name === report.chosen)?.device;
  const title = report && phase !== "failed" ? backendTitles[report.chosen] : "Backend";
  const button = (
    <>
      <i className={dot} />
      <span data-testid="backend">{title}</span>
      {device ? <span className={styles.device}>{`· ${device}`}</span> : null}
      <Speed />
    </>
  );
  return (
    <Popover className={`${ui.chip} ${styles.chip}`} button={button} width={340}>
      {(close) => (
        <Suspense fallback={null}>
          <BackendDetails close={close} />
        </Suspense>
      )}
    </Popover>
  );
}

/** Its own component: it changes with every frame, the chip around it hardly ever. */
function Speed() {
  const speed = useRun((run) => run.stepsPerSecond);
  const live = useRun(({ phase }) => phase === "live");
  if (!live) return null;
  // Its room is there before the first figure is.
  const figure = speed > 0 ? count(speed) : "–";
  return <span className={styles.speed} data-testid="speed">{`· ${figure} steps/s`}</span>;
}
