// The points of a run's curves on their way to the page: when they are due, and which of them are sound.
import { countMultiplyAdds } from "../experiment/bounds";
import { isPointDue, stepsBetweenPoints } from "./curveSchedule";
import { Curves, evaluationLimit } from "./curves";
import type { TrainingRun } from "./run";
import type { CurvePoint } from "./telemetry";

export class Measurements {
  private readonly curves: Curves;
  private readonly between: number;
  private points: readonly CurvePoint[] = [];

  /** @param everyEpoch points at the ends of epochs only. */
  constructor(
    private readonly run: TrainingRun,
    everyEpoch: boolean,
    breathe: () => Promise<void>,
  ) {
    this.curves = new Curves(run, breathe);
    const { experiment, train, validation, stepsPerEpoch } = run;
    const evaluated =
      Math.min(evaluationLimit, train.count) + Math.min(evaluationLimit, validation.count);
    this.between = everyEpoch
      ? stepsPerEpoch
      : stepsBetweenPoints({
          multiplyAdds: countMultiplyAdds(experiment),
          batchSize: experiment.optimizer.batchSize,
          stepsPerEpoch,
          epochs: experiment.optimizer.epochs,
          evaluated,
          judged: experiment.stopping.patience > 0,
        });
  }

  /** True at steps that are measured in every run of the experiment, however it is advanced. */
  isDue(step: number): boolean {
    return isPointDue(step, this.run.stepsPerEpoch, this.between);
  }

  /** Measures the run as it stands; the figures stay on the device. @param again in place of an earlier point of the same step */
  measure(again = false): Promise<void> {
    return this.curves.measure(again);
  }

  /** Reads what was measured and keeps it up to the first point that is not finite. `all` is false when there was one. */
  async keepSound(): Promise<{ sound: readonly CurvePoint[]; all: boolean }> {
    const points = await this.curves.collect();
    const bad = points.findIndex((point) => !Number.isFinite(point.train.loss + point.weightNorm));
    const sound = bad < 0 ? points : points.slice(0, bad);
    this.points = [...this.points, ...sound];
    return { sound, all: bad < 0 };
  }

  /** All points since the last call. */
  async take(): Promise<readonly CurvePoint[]> {
    // Collected first: another frame may take over the list meanwhile.
    const collected = await this.curves.collect();
    const points = [...this.points, ...collected];
    this.points = [];
    return points;
  }

  /** Forgets everything that was not taken. */
  clear(): void {
    this.curves.clear();
    this.points = [];
  }
}
