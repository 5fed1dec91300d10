// Decides from the points of the curves when training has stopped helping validation.
import type { Experiment } from "../experiment/schema";
import type { CurvePoint } from "./telemetry";

export type Verdict =
  /** The best point so far: its weights are worth keeping. */
  | "best"
  /** No better for a while, but within the patience. */
  | "waiting"
  /** The patience is over. */
  | "stop";

export class EarlyStopping {
  private best: { readonly value: number; readonly epoch: number } | null = null;

  /** Epochs done at the best point, or null before any. */
  get bestEpoch(): number | null {
    return this.best?.epoch ?? null;
  }

  /**
   * Judges the next point. A point must be strictly better than the best to count; the untrained network does not count.
   * @param stopping patience in epochs, above 0, and the figure to go by; regression always goes by the loss.
   */
  judge(point: CurvePoint, { patience, metric }: Experiment["stopping"]): Verdict {
    if (point.step === 0) return "waiting";
    const { loss, accuracy } = point.validation;
    const value = metric === "accuracy" && accuracy !== null ? -accuracy : loss;
    if (!this.best || value < this.best.value) {
      this.best = { value, epoch: point.epoch };
      return "best";
    }
    return point.epoch - this.best.epoch >= patience ? "stop" : "waiting";
  }

  /** Forgets everything: a new start, or another figure to go by. */
  clear(): void {
    this.best = null;
  }
}
