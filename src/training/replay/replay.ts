// Replays recorded steps of a run on WebGPU: the host only sends numbers and command lists, several steps at a time.
import type { TrainingState } from "../step";
import type { StepTensors, StepValues } from "../stepValues";
import { CapturedStep, type ComputeStep, type StepFigures } from "./capturedStep";
import { type DeviceBackend, deviceBackend, sendPending } from "./device";
import { FixedTensors } from "./fixedTensors";
import { BufferPool } from "./pool";
import { RecordingError } from "./recorder";
import { Staging } from "./staging";
import { StateHome } from "./stateHome";

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

export interface ReplayedSteps {
  /** Takes the place of the state that was given in, also where no step was taken. */
  readonly state: TrainingState;
  /** Steps taken. */
  readonly count: number;
  /** Of the last step, owned by the caller; null where none was taken. */
  readonly figures: StepFigures | null;
}

interface MetStep {
  readonly step: number;
  readonly measured: boolean;
  readonly values: StepValues;
  /** The same for steps that compute the same, under the present key. */
  readonly kind: string;
}

/** Most steps sent at once. */
const mostSteps = 16;

const tooLarge = "the data set is too large to stay on the device";

export class Replay {
  /** Scalars that recorded steps read. */
  readonly scalars: FixedTensors;
  private readonly arrays: FixedTensors;
  private readonly pool: BufferPool;
  private readonly staging: Staging;
  private readonly home: StateHome;
  private readonly captures = new Map<string, CapturedStep>();
  /** The step at which a kind of step was first met. */
  private readonly met = new Map<string, number>();
  private key = "";
  private problem: string | null = null;

  /** The way to replay on the backend in use, or null where there is none. */
  static here(): Replay | null {
    const backend = deviceBackend();
    return backend && new Replay(backend);
  }

  private constructor(private readonly backend: DeviceBackend) {
    this.scalars = new FixedTensors(backend);
    this.arrays = new FixedTensors(backend);
    this.pool = new BufferPool(backend.device);
    this.staging = new Staging(backend.device);
    this.home = new StateHome(backend);
  }

  /** Why steps are not replayed now, in words for the page; null when they are, or will be once they were seen. */
  get reason(): string | null {
    return this.problem;
  }

  /** Operations of a recorded step, 0 while none is recorded. */
  get operations(): number {
    const [first] = this.captures.values();
    return first?.dispatches ?? 0;
  }

  /**
   * Takes up to `count` steps, at least 1, from number `first` on. A kind of step is recorded when it is met for the second time: the
   * first one runs as usual, which compiles its programs and brings its data to the device.
   * @param state taken over.
   */
  advance(
    source: StepSource,
    state: TrainingState,
    first: number,
    count: number,
    measured: boolean,
  ): ReplayedSteps {
    const begin = this.meet(source, first, measured);
    if (!begin || !this.isDueFor(begin)) return { state, count: 0, figures: null };
    const home = this.home.bring(state);
    const steps: CapturedStep[] = [];
    this.staging.clear();
    let met: MetStep | null = begin;
    let step = this.captures.get(begin.kind) ?? this.capture(source, begin, home);
    while (met && step) {
      this.stage(met.values);
      steps.push(step);
      if (steps.length >= Math.min(count, mostSteps)) break;
      met = this.meet(source, first + steps.length, measured);
      step = met ? this.captures.get(met.kind) : undefined;
      // The strengths in force are those of the last step taken.
      if (!step) source.prepare(first + steps.length - 1);
    }
    return { state: home, count: steps.length, figures: this.send(steps) };
  }

  /** Drops all recordings: the next steps run as usual and are recorded anew. */
  forget(): void {
    for (const capture of this.captures.values()) capture.dispose();
    this.captures.clear();
    this.met.clear();
    this.problem = null;
  }

  dispose(): void {
    this.forget();
    for (const part of [this.arrays, this.pool, this.staging, this.home]) part.dispose();
  }

  /** Prepares a step. @returns null where it cannot be recorded. */
  private meet(source: StepSource, step: number, measured: boolean): MetStep | null {
    source.prepare(step);
    const key = source.key();
    if (key !== this.key) this.forget();
    this.key = key;
    const values = source.values(step);
    if (!values) this.problem = tooLarge;
    if (!values || this.problem !== null) return null;
    const shapes = Object.entries(values).map(([name, { shape }]) => `${name} ${shape.join("×")}`);
    return { step, measured, values, kind: `${measured} ${shapes.join()}` };
  }

  /** True where a kind of step is recorded or is to be now. */
  private isDueFor({ kind, step }: MetStep): boolean {
    if (this.captures.get(kind)?.isValid === false) this.forget();
    if (this.captures.has(kind)) return true;
    const first = this.met.get(kind) ?? step;
    this.met.set(kind, first);
    // The same step may be asked for twice before it is taken.
    return first !== step;
  }

  private capture(
    source: StepSource,
    { step, measured, values, kind }: MetStep,
    state: TrainingState,
  ): CapturedStep | undefined {
    source.prepare(step + 1);
    const lasts = source.key() === this.key;
    source.prepare(step);
    // What changes after one step is not worth a recording.
    if (!lasts) return undefined;
    const tensors = this.tensors(values);
    this.scalars.flush();
    try {
      const studio = { backend: this.backend, pool: this.pool, home: this.home };
      const captured = new CapturedStep(studio, tensors, state, source.compute(measured), () => {
        source.prepare(step + 1);
        this.scalars.flush();
      });
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

  private tensors(values: StepValues): StepTensors {
    return Object.fromEntries(
      Object.entries(values).map(([name, array]) => [name, this.arrays.setArray(name, array)]),
    );
  }

  /** Puts the numbers of the prepared step behind those of the steps before it. */
  private stage(values: StepValues): void {
    this.tensors(values);
    this.scalars.stage(this.staging);
    this.arrays.stage(this.staging);
    this.staging.endStep();
  }

  private send(steps: readonly CapturedStep[]): StepFigures | null {
    const last = steps.at(-1);
    if (!last) return null;
    const { backend, staging } = this;
    const encoder = backend.device.createCommandEncoder();
    staging.send(backend.device.queue);
    steps.forEach((step, index) => {
      staging.encode(encoder, index);
      step.encode(encoder);
    });
    const figures = last.encodeFigures(encoder);
    sendPending(backend);
    backend.device.queue.submit([encoder.finish()]);
    this.home.forgetRead();
    return figures;
  }
}
