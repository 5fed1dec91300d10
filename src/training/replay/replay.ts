// Replays recorded steps of a run on WebGPU: the host only sends numbers and command lists, several steps at a time.
import type { ScalarStore } from "../hyperparameters";
import type { TrainingState } from "../step";
import type { StepTensors, StepValues } from "../stepValues";
import { CapturedStep, type ComputeStep, type StepFigures } from "./capturedStep";
import { type DeviceBackend, deviceBackend, sendPending } from "./device";
import { FixedTensors } from "./fixedTensors";
import { BufferPool } from "./pool";
import { Staging } from "./staging";
import { StateHome } from "./stateHome";
import { type MetStep, StepKinds } from "./stepKinds";

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
  /** True when the step after those taken has a loss that is not finite: its figures are given, its state is not. */
  readonly failed: boolean;
}

/** A way to replay recorded steps of a run. */
export interface StepReplay {
  /** Scalars that recorded steps read. */
  readonly scalars: ScalarStore;
  /** True where a step that fails is found out before it changes anything. */
  readonly isGuarded: boolean;
  /** Why steps are not replayed now, in words for the page; null when they are, or will be once they were seen. */
  readonly reason: string | null;
  /** Operations of a recorded step, 0 while none is recorded. */
  readonly operations: number;
  /**
   * Takes up to `count` steps, at least 1, from number `first` on. A kind of step is recorded when it is met for the second
   * time. @param state taken over. @param measured also computes the norm of the gradient and the update ratios.
   */
  advance(
    source: StepSource,
    state: TrainingState,
    first: number,
    count: number,
    measured: boolean,
  ): ReplayedSteps;
  /** Drops all recordings: the next steps run as usual and are recorded anew. */
  forget(): void;
  dispose(): void;
}

/** Most steps sent at once. */
const mostSteps = 16;

export class Replay implements StepReplay {
  readonly isGuarded = false;
  /** Scalars that recorded steps read. */
  readonly scalars: FixedTensors;
  private readonly arrays: FixedTensors;
  private readonly pool: BufferPool;
  private readonly staging: Staging;
  private readonly home: StateHome;
  private readonly kinds = new StepKinds<CapturedStep>();

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
    return this.kinds.reason;
  }

  /** Operations of a recorded step, 0 while none is recorded. */
  get operations(): number {
    return this.kinds.first?.dispatches ?? 0;
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
    const { kinds } = this;
    const begin = kinds.meet(source, first, measured);
    if (!begin || !kinds.isDue(begin)) return { state, count: 0, figures: null, failed: false };
    const home = this.home.bring(state);
    const steps: CapturedStep[] = [];
    this.staging.clear();
    let met: MetStep | null = begin;
    let step = kinds.of(begin.kind) ?? this.capture(source, begin, home);
    while (met && step) {
      this.stage(met.values);
      steps.push(step);
      if (steps.length >= Math.min(count, mostSteps)) break;
      met = kinds.meet(source, first + steps.length, measured);
      step = met ? kinds.of(met.kind) : undefined;
      // The strengths in force are those of the last step taken.
      if (!step) source.prepare(first + steps.length - 1);
    }
    return { state: home, count: steps.length, figures: this.send(steps), failed: false };
  }

  forget(): void {
    this.kinds.forget();
  }

  dispose(): void {
    this.forget();
    for (const part of [this.arrays, this.pool, this.staging, this.home]) part.dispose();
  }

  private capture(
    source: StepSource,
    met: MetStep,
    state: TrainingState,
  ): CapturedStep | undefined {
    const tensors = this.tensors(met.values);
    const studio = { backend: this.backend, pool: this.pool, home: this.home };
    const compute = source.compute(met.measured);
    return this.kinds.capture(source, met, () => {
      this.scalars.flush();
      return new CapturedStep(studio, tensors, state, compute, () => {
        source.prepare(met.step + 1);
        this.scalars.flush();
      });
    });
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
