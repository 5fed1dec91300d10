// Puts together what a frame tells: where the run stands, how fast it goes, its new points and the visible panels.
import type { Frames } from "./frames";
import type { Measurements } from "./measurements";
import { Pace } from "./pace";
import type { TrainingRun } from "./run";
import type { Frame } from "./telemetry";

export class FrameMaker {
  readonly pace = new Pace();

  /** @param now milliseconds */
  constructor(
    private readonly run: TrainingRun,
    private readonly measurements: Measurements,
    private readonly frames: Frames,
    private readonly now: () => number,
  ) {}

  /** @param isTraining asked when it matters: training may begin or end while points are measured. */
  async make(isTraining: () => boolean): Promise<Frame> {
    const { run, pace, now } = this;
    const points = await this.measurements.take();
    if (isTraining()) pace.update(now(), run.step);
    const [step, epoch] = [run.step, run.epoch];
    const panels = await this.frames.render(now, isTraining());
    const { execution } = run;
    const speed = { stepsPerSecond: pace.perSecond, ...(execution && { execution }) };
    return { step, epoch, ...speed, points, ...panels };
  }
}
