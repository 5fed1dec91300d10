// Puts what the worker sends into the stores: the engine decides what counts, this file where it goes.
import type { Experiment } from "../../experiment/schema";
import type {
  EarlyStop,
  EngineErrorDescription,
  EventMessage,
  Frame,
  StartReply,
  StatusReply,
} from "../../worker/protocol";
import { bestMark } from "../logic/marks";
import { closedTest, history, untouchedRun, useRun } from "../store/run";

type Received = Exclude<EventMessage, { readonly event: "failure" }>;

/** Everything that a worker tells unasked, but its end. */
export function takeEvent(event: Received): void {
  if (event.event === "frame") takeFrame(event.frame);
  else if (event.event === "status") takeStatus(event.status);
  else if (event.event === "diverged") useRun.setState({ divergence: event.divergence });
  else if (event.event === "stopped") takeEarlyStop(event.stop);
  else if (event.event === "drift") useRun.setState({ driftShare: event.share });
  else takeProgress(event.what, event.fraction);
}

/** Marks let the browser's own tools, and the bench, say what a start waited for. */
function takeProgress(what: string, fraction: number | null): void {
  if (useRun.getState().progress?.what !== what) performance.mark(`start: ${what}`);
  useRun.setState({ progress: { what, fraction } });
}

function takeEarlyStop(earlyStop: EarlyStop): void {
  const { marks } = useRun.getState();
  useRun.setState({ earlyStop, marks: [...marks, bestMark(earlyStop)] });
}

function takeFrame(frame: Frame): void {
  history.add(frame);
  const { step, epoch, stepsPerSecond, execution = null } = frame;
  markFirst(step);
  useRun.setState({ step, epoch, execution, ...(stepsPerSecond > 0 ? { stepsPerSecond } : {}) });
}

export function takeStatus({ state, step, epoch }: StatusReply): void {
  markFirst(step);
  useRun.setState({ state, step, epoch });
}

function markFirst(step: number): void {
  if (step > 0 && useRun.getState().step === 0) performance.mark("first step");
}

/** A run is being built. What the old one showed stays until there is something new: no blank page in between. */
export function announceStart(): void {
  // Marks of earlier starts would pile up.
  performance.clearMarks();
  useRun.setState({
    pending: false,
    progress: null,
    failure: null,
    divergence: null,
    earlyStop: null,
    phase: "starting",
    state: "paused",
    stepsPerSecond: 0,
  });
}

/** A new run stands. @param experiment its settings */
export function takeStart({ frame, ...facts }: StartReply, experiment: Experiment): void {
  const { pending } = useRun.getState();
  performance.mark("run stands");
  history.clear();
  useRun.setState({ ...untouchedRun, ...facts, experiment, pending, phase: "live" });
  history.add(frame);
}

/** The run is back at its start. @param frame what was measured there */
export function forgetCurves(frame: Frame | null): void {
  history.clear();
  if (frame) history.add(frame);
  const quiet = { divergence: null, earlyStop: null, stepsPerSecond: 0 };
  useRun.setState({ marks: [], ...closedTest, ...quiet });
}

/** The worker is gone. Of a run that was live the curves stay. @param planned the settings on the controls */
export function takeFailure(failure: EngineErrorDescription, planned: Experiment): void {
  const { phase, backend } = useRun.getState();
  const ended = { phase: "failed", failure, progress: null, wantsTraining: false } as const;
  if (phase === "live") {
    useRun.setState({ ...ended, state: "paused", stepsPerSecond: 0 });
    return;
  }
  history.clear();
  useRun.setState({ ...untouchedRun, ...ended, backend, experiment: planned });
}
