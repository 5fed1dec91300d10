// When a change of the controls reaches the worker: live ones at once but not too often, others as a new run after a pause.
import type { Experiment } from "../../experiment/schema";
import { useRun } from "../store/run";
import { useSettings } from "../store/settings";
import { changesBetween } from "./changes";

/** Pause after the last change before a new run is built: a dragged slider makes one run. */
const newRunDelay = 250;
/** Spacing of live changes while a slider is dragged. */
const liveDelay = 80;

export class Plan {
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly actions: { readonly begin: () => void; readonly sendLive: () => void },
  ) {}

  /** Plans a new run in so many milliseconds. */
  newRun(delay: number): void {
    clearTimeout(this.timer);
    useRun.setState({ pending: true });
    this.timer = setTimeout(() => this.actions.begin(), delay);
  }

  /** Compares controls and worker, and does what the difference calls for. @param told what the worker knows, or null */
  reconcile(told: Experiment | null): void {
    const { phase, pending } = useRun.getState();
    if (phase === "starting" || pending || !told) {
      this.renewIfNeeded(told);
      return;
    }
    const changes = changesBetween(told, useSettings.getState().experiment);
    if (changes.some(({ live }) => !live)) {
      this.newRun(newRunDelay);
    } else if (phase === "live" && changes.length > 0) {
      this.timer ??= setTimeout(() => {
        this.timer = undefined;
        this.actions.sendLive();
      }, liveDelay);
    }
  }

  /** Nothing is planned any more. */
  drop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  /** While a run is being built, only changes that it cannot take in later begin it anew. */
  private renewIfNeeded(told: Experiment | null): void {
    const { experiment } = useSettings.getState();
    const needed = !told || changesBetween(told, experiment).some(({ live }) => !live);
    if (needed || useRun.getState().pending) this.newRun(newRunDelay);
  }
}
