// Train, pause, step, reset; where the run stands; its seed.
import { Suspense } from "react";
import { useEngine } from "../engine/context";
import { Scrubber, TrainOnButton } from "../lazyResults";
import { count, duration, epochText } from "../logic/figures";
import { usePage } from "../store/page";
import { isOver, type Run, useRun } from "../store/run";
import { useSettings } from "../store/settings";
import { EpochIcon, PauseIcon, PlayIcon, ResetIcon, SpeedIcon, StepIcon } from "../ui/icons";
import ui from "../ui/ui.module.css";
import styles from "./runbar.module.css";
import { SeedControl } from "./SeedControl";

export function RunBar() {
  return (
    <div className={styles.bar} role="toolbar" aria-label="Run">
      <TrainButton />
      <RunButtons />
      <EpochFigure />
      <Suspense fallback={<div className={styles.scrub} />}>
        <Scrubber />
      </Suspense>
      <TimeLeft />
      <SpeedButton />
      <SeedControl />
    </div>
  );
}

function trainLabel(run: Run, totalEpochs: number): string {
  if (run.pending || run.phase === "starting") {
    return run.wantsTraining
      ? "Starting…"
      : run.pending && run.experiment
        ? "Apply & train"
        : "Train";
  }
  if (run.state === "training") return "Pause";
  return isOver(run, totalEpochs) ? "Train again from 0" : "Train";
}

function TrainButton() {
  const engine = useEngine();
  const total = useSettings(({ experiment }) => experiment.optimizer.epochs);
  const label = useRun((run) => trainLabel(run, total));
  return (
    <button
      type="button"
      className={styles.train}
      id="train"
      data-testid="train"
      aria-keyshortcuts="Space"
      onClick={() => void engine.toggleTraining()}
    >
      {label === "Pause" ? <PauseIcon /> : <PlayIcon />}
      {label}
      {label.length > 14 ? null : (
        <span className={styles.key} aria-hidden="true">
          space
        </span>
      )}
    </button>
  );
}

function RunButtons() {
  const engine = useEngine();
  const still = useRun(
    ({ phase, state, pending }) =>
      phase === "live" && !pending && (state === "ready" || state === "paused"),
  );
  const begun = useRun(({ phase, step, pending }) => phase === "live" && !pending && step > 0);
  const ended = useRun(
    ({ phase, state, pending }) =>
      phase === "live" && !pending && (state === "finished" || state === "stopped"),
  );
  const button = `${ui.button} ${ui.icon}`;
  return (
    <div className={styles.buttons}>
      {ended ? (
        <Suspense fallback={<Steps still={false} />}>
          <TrainOnButton />
        </Suspense>
      ) : (
        <Steps still={still} />
      )}
      <button
        type="button"
        className={button}
        disabled={!begun}
        aria-label="Reset to the same start"
        title="Back to the same start (R)"
        onClick={() => void engine.reset()}
      >
        <ResetIcon />
      </button>
    </div>
  );
}

function Steps({ still }: { readonly still: boolean }) {
  const engine = useEngine();
  const button = `${ui.button} ${ui.icon}`;
  return (
    <>
      <button
        type="button"
        className={button}
        disabled={!still}
        aria-label="One step"
        title="One step (→)"
        onClick={() => void engine.advance("step")}
      >
        <StepIcon />
      </button>
      <button
        type="button"
        className={button}
        disabled={!still}
        aria-label="One epoch"
        title="One epoch (E)"
        onClick={() => void engine.advance("epoch")}
      >
        <EpochIcon />
      </button>
    </>
  );
}

function SpeedButton() {
  const isFull = usePage((page) => page.speed === "full");
  const setSpeed = usePage((page) => page.setSpeed);
  return (
    <button
      type="button"
      className={`${ui.button} ${ui.icon} ${styles.speed}`}
      aria-label="Full speed"
      aria-pressed={isFull}
      title={
        isFull
          ? "Full speed: as fast as this machine can. Press to give every run at least 6 seconds, so that it can be watched."
          : "Watchable speed: a run takes at least 6 seconds. Press for full speed."
      }
      onClick={() => setSpeed(isFull ? "watch" : "full")}
    >
      <SpeedIcon full={isFull} />
    </button>
  );
}

function EpochFigure() {
  const live = useRun((run) => run.epoch);
  const scrub = usePage((page) => page.scrub);
  const total = useSettings(({ experiment }) => experiment.optimizer.epochs);
  const shown = scrub ?? live;
  // Whole epochs while it runs: a fraction that flickers tells nobody anything.
  const training = useRun((run) => run.state === "training");
  const text = training ? count(Math.floor(shown)) : epochText(shown);
  return (
    <span className={styles.epoch}>
      <span className={styles.word}>epoch </span>
      <b data-testid="epoch" style={{ minWidth: `${count(total).length}ch` }}>
        {text}
      </b>{" "}
      / {count(total)}
    </span>
  );
}

function TimeLeft() {
  const total = useSettings(({ experiment }) => experiment.optimizer.epochs);
  const text = useRun(({ state, stepsPerSecond, stepsPerEpoch, step }) => {
    if (state !== "training" || stepsPerSecond <= 0) return "";
    return `${duration(Math.max(0, total * stepsPerEpoch - step) / stepsPerSecond)} left`;
  });
  return <span className={styles.left}>{text}</span>;
}
