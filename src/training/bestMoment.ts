// Holds on to the weights of the best moment while an experiment stops early.
import type { FieldPath } from "../experiment/schema";
import { EarlyStopping } from "./earlyStopping";
import type { TrainingRun } from "./run";
import { type Checkpoint, forget } from "./state";
import type { CurvePoint, LiveChange } from "./telemetry";

/** Live settings by which the same weights have another loss or accuracy. */
export const changesMeasuring: ReadonlySet<string> = new Set<FieldPath>([
  "model.evaluationMode",
  "loss.labelSmoothing",
  "loss.robustness",
]);
/** Early stopping goes by another figure then: its best value from before says nothing about what comes. */
const changesFigure: ReadonlySet<string> = new Set([...changesMeasuring, "stopping.metric"]);

export class BestMoment {
  private readonly stopping = new EarlyStopping();
  private held: Checkpoint | null = null;
  private over = false;

  constructor(private readonly run: TrainingRun) {}

  /** True where the experiment stops early: each point must then be seen as soon as it is measured. */
  get isWanted(): boolean {
    return this.run.experiment.stopping.patience > 0;
  }

  /** True once validation has not improved for as long as the patience. */
  get isPast(): boolean {
    return this.over;
  }

  /** Judges the point that describes the run as it stands. */
  see(point: CurvePoint): void {
    if (!this.isWanted || point.step !== this.run.step) return;
    const verdict = this.stopping.judge(point, this.run.experiment.stopping);
    this.over = verdict === "stop";
    if (verdict !== "best") return;
    forget(this.held);
    this.held = this.run.capture();
  }

  /** Returns the run to its best moment. @returns epochs done then, or null when there is none. */
  bringBack(): number | null {
    const epoch = this.stopping.bestEpoch;
    if (this.held) this.run.returnTo(this.held);
    this.held = null;
    this.clear();
    return epoch;
  }

  /** Starts anew where live changes make the figure another one. */
  heed(changes: readonly LiveChange[]): void {
    if (changes.some(({ path }) => changesFigure.has(path))) this.clear();
  }

  /** Forgets everything: a new start, or another figure to go by. */
  clear(): void {
    forget(this.held);
    this.held = null;
    this.over = false;
    this.stopping.clear();
  }
}
