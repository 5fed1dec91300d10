// Steps for a slice of time, with the measurements that fall into it: what the trainer does between two looks at its messages.
import type { BestMoment } from "./bestMoment";
import type { LastGood } from "./lastGood";
import type { LookingBudget } from "./lookingBudget";
import type { Measurements } from "./measurements";
import type { TrainingRun } from "./run";
import { SliceBudget } from "./sliceBudget";
import type { TrainerHost, TrainerOptions } from "./trainerTypes";

/** Longest time without handling messages, in milliseconds. */
const sliceMilliseconds = 25;
/** Steps of a slice where the clock does not tell when it is over. */
const untimedSteps = 10;

export type Outcome = "sound" | "stopped" | "diverged";

/** What a slice works on. */
export interface SliceParts {
  readonly run: TrainingRun;
  readonly measurements: Measurements;
  readonly bestMoment: BestMoment;
  readonly lastGood: LastGood;
  /** What looking at the run may cost. */
  readonly looking: LookingBudget;
}

/** How far a slice may go. */
export interface SliceBounds {
  /** Number of the step to stop at; it may change meanwhile. */
  readonly goal: () => number;
  /** The step at the goal is measured. */
  readonly measureAtEnd: boolean;
  /** Number of the step that may be reached by now. */
  readonly reach: number;
  readonly isStopped: () => boolean;
}

export class Slices {
  private readonly budget = new SliceBudget();

  constructor(
    private readonly parts: SliceParts,
    private readonly host: TrainerHost,
    private readonly options: TrainerOptions,
  ) {}

  /** Trains for one slice of time. */
  async take({ goal, measureAtEnd, reach, isStopped }: SliceBounds): Promise<Outcome> {
    const { host, options } = this;
    const { run, bestMoment, measurements } = this.parts;
    const [start, first] = [host.now(), run.step];
    const end = Math.min(first + this.allowedSteps(), reach);
    if (first >= end) return "sound";
    const isDue = (step: number) =>
      step === run.totalSteps || (measureAtEnd && step === goal()) || measurements.isDue(step);
    do {
      const rushed = run.rush(this.unseenSteps(isDue, end));
      if (run.failure) return "diverged";
      if (rushed > 0) continue;
      const due = isDue(run.step + 1);
      if (!run.advance(due, options.readsAtOnce)) return "diverged";
      if (due) await this.paid(() => this.measure());
      if (!due || !bestMoment.isWanted) continue;
      if (!(await this.takePoints())) return "diverged";
      if (bestMoment.isPast) return "stopped";
    } while (
      !isStopped() &&
      run.step < Math.min(goal(), end) &&
      host.now() < start + sliceMilliseconds
    );
    const loss = options.readsAtOnce ? 0 : run.last.readLoss();
    // Asked for together: where answers take long, two would take twice as long one after the other.
    const points = this.takePoints();
    const sound = Number.isFinite(await loss);
    if (run.execution) this.budget.learn(run.step - first, host.now() - start);
    return (await points) && sound ? "sound" : "diverged";
  }

  /** Steps that a slice may take, beside what its time allows. */
  private allowedSteps(): number {
    if (this.options.clockResolution === Number.POSITIVE_INFINITY) return untimedSteps;
    return this.parts.run.execution ? this.budget.steps : Number.POSITIVE_INFINITY;
  }

  /** Milliseconds that the card's answer takes by itself; 0 where values are read at once or it is not known. */
  get answerMilliseconds(): number {
    return this.options.readsAtOnce ? 0 : this.budget.answer;
  }

  /** Work that looks at the run instead of taking it further: its time is taken from the budget for that. */
  async paid<T>(work: () => Promise<T>): Promise<T> {
    const start = this.host.now();
    const result = await work();
    // Waiting for a graphics card also means waiting for the steps that it still has to do.
    if (this.options.readsAtOnce) this.parts.looking.spend(this.host.now() - start);
    return result;
  }

  /** Steps up to number `end` before the next one that is looked at. */
  private unseenSteps(isDue: (step: number) => boolean, end: number): number {
    const { run } = this.parts;
    if (!run.execution) return 0;
    let { step } = run;
    while (step < end && !isDue(step + 1)) step++;
    return step - run.step;
  }

  private measure(): Promise<void> {
    this.parts.lastGood.note();
    return this.parts.measurements.measure();
  }

  /** Reads what was measured and judges the weights by it. @returns false when something is not finite. */
  async takePoints(): Promise<boolean> {
    const { measurements, bestMoment, lastGood } = this.parts;
    const { sound, all } = await this.paid(() => measurements.keepSound());
    lastGood.judge(sound);
    const last = sound.at(-1);
    if (!all || !last) return all;
    if (measurements.isDue(last.step)) bestMoment.see(last);
    return true;
  }
}
