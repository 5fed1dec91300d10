// Puts together what a frame tells: where the run stands, how fast it goes, its new points and the visible panels.
import type { Frames } from "./frames";
import type { Measurements } from "./measurements";
import { Pace } from "./pace";
import type { TrainingRun } from "./run";
import type { Frame } from "./telemetry";

export class FrameMaker {
  readonly pace: Pace;

  /** @param now milliseconds. @param answerMilliseconds what a graphics card's answer takes by itself */
  constructor(
    private readonly run: TrainingRun,
    private readonly measurements: Measurements,
    private readonly frames: Frames,
    private readonly now: () => number,
    private readonly answerMilliseconds: () => number,
    clockResolution = 0,
  ) {
    this.pace = new Pace(clockResolution);
  }

  /** @param isTraining asked when it matters: training may begin or end while points are measured. */
  async make(isTraining: () => boolean): Promise<Frame> {
    const { run, pace, now } = this;
    const taken = this.measurements.take();
    // Points that are still on their way are waited for together with the panels.
    const early = this.frames.waitsForReads ? null : await taken;
    if (isTraining()) pace.update(now(), run.step);
    const [step, epoch] = [run.step, run.epoch];
    const rendered = this.frames.render(now, isTraining(), this.answerMilliseconds());
    const [points, panels] = await Promise.all([early ?? taken, rendered]);
    const { execution } = run;
    const speed = { stepsPerSecond: pace.perSecond, ...(execution && { execution }) };
    return { step, epoch, ...speed, points, ...panels };
  }
}
