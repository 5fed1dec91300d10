// Holds on to the last weights that are known to be good: what a divergence returns to.
import type { TrainingRun } from "./run";
import { type Checkpoint, forget } from "./state";
import type { CurvePoint } from "./telemetry";

/** Weights are good while their loss is below this multiple of the untrained network's: above it, it is on its way to infinity. */
const tolerableGrowth = 2;

export class LastGood {
  /** Loss of the untrained network. */
  startLoss = Number.POSITIVE_INFINITY;
  private held: Checkpoint | null = null;
  /** States of measured points whose figures are not yet read, the oldest first. */
  private pending: Checkpoint[] = [];

  constructor(private readonly run: TrainingRun) {}

  /** The run stands at its start: there is nothing better yet. */
  begin(): void {
    this.clear();
    this.held = this.run.capture();
  }

  /** The run as it stands is being measured: what the figures say will be said of these weights. */
  note(): void {
    this.pending.push(this.run.capture());
  }

  /** Judges what was noted by the figures that have come. @param points the sound ones, in order */
  judge(points: readonly CurvePoint[]): void {
    const good = new Set(
      points
        .filter(({ train }) => train.loss <= tolerableGrowth * this.startLoss)
        .map(({ step }) => step),
    );
    const best = this.pending.findLast(({ step }) => good.has(step)) ?? this.held;
    for (const noted of [...this.pending, this.held]) if (noted !== best) forget(noted);
    this.pending = [];
    this.held = best;
  }

  /** Returns the run to the last good weights, with the optimizer's and the normalization's state of that step. */
  bringBack(): void {
    if (!this.held) return;
    this.run.returnTo(this.held);
    this.held = this.run.capture();
  }

  clear(): void {
    for (const noted of [...this.pending, this.held]) forget(noted);
    this.pending = [];
    this.held = null;
  }
}
