// Which kinds of steps a run has, and the recording of each: shared by all ways to replay.
import type { StepValues } from "../stepValues";
import type { ComputeStep } from "./recordedStep";
import { RecordingError } from "./recorder";

/** What a run tells of its steps. */
export interface StepSource {
  /** Sets rates and strengths of a step, counted from 1. */
  prepare(step: number): void;
  /** The numbers of the step that was prepared, or null where its batch is not made on the device. */
  values(step: number): StepValues | null;
  /** Everything that decides what a prepared step computes, apart from the names and shapes of its numbers. */
  key(): string;
  /** @param measured also computes the norm of the gradient and the update ratios. */
  compute(measured: boolean): ComputeStep;
}

/** A recorded step. */
export interface Captured {
  /** False when something it reads has moved. */
  readonly isValid: boolean;
  /** How many the step takes. */
  readonly operations: number;
  dispose(): void;
}

export interface MetStep {
  readonly step: number;
  readonly measured: boolean;
  readonly values: StepValues;
  /** The same for steps that compute the same, under the present key. */
  readonly kind: string;
}

const tooLarge = "the data set is too large to stay on the device";

export class StepKinds<Step extends Captured> {
  private readonly captures = new Map<string, Step>();
  /** Number of the first step of each kind that was met. */
  private readonly met = new Map<string, number>();
  private key = "";
  private problem: string | null = null;

  /** Why steps are not replayed now, in words for the page; null when they are, or will be once they were seen. */
  get reason(): string | null {
    return this.problem;
  }

  /** The first recording, if there is one. */
  get first(): Step | undefined {
    return this.captures.values().next().value;
  }

  /** Prepares a step. @returns null where it cannot be recorded. */
  meet(source: StepSource, step: number, measured: boolean): MetStep | null {
    source.prepare(step);
    const key = source.key();
    if (key !== this.key) this.forget();
    this.key = key;
    const values = source.values(step);
    if (!values) this.problem = tooLarge;
    if (!values || this.problem !== null) return null;
    let kind = measured ? "measured" : "";
    for (const name in values) kind += ` ${name} ${(values[name] as { shape: unknown }).shape}`;
    return { step, measured, values, kind };
  }

  /** True where a kind of step is recorded or is to be now: when it is met again, after one of its kind ran as usual. */
  isDue({ kind, step }: MetStep): boolean {
    if (this.captures.get(kind)?.isValid === false) this.forget();
    if (this.captures.has(kind)) return true;
    const first = this.met.get(kind) ?? step;
    this.met.set(kind, first);
    // The same step may be asked for twice before it is taken.
    return first !== step;
  }

  of(kind: string): Step | undefined {
    return this.captures.get(kind);
  }

  /**
   * Records a step that was met. @param make does it; whatever it throws is remembered as the reason.
   * @returns undefined where it cannot be recorded, or where it would not last for two steps.
   */
  capture(source: StepSource, { step, kind }: MetStep, make: () => Step): Step | undefined {
    source.prepare(step + 1);
    const lasts = source.key() === this.key;
    source.prepare(step);
    // What changes after one step is not worth a recording.
    if (!lasts) return undefined;
    try {
      const captured = make();
      this.captures.set(kind, captured);
      return captured;
    } catch (error) {
      const known = error instanceof RecordingError;
      this.problem = known ? error.message : `a step could not be recorded (${String(error)})`;
      return undefined;
    } finally {
      source.prepare(step);
    }
  }

  /** Drops all recordings: the next steps run as usual and are recorded anew. */
  forget(): void {
    for (const capture of this.captures.values()) capture.dispose();
    this.captures.clear();
    this.met.clear();
    this.problem = null;
  }
}
