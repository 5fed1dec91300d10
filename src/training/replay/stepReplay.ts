// How recorded steps of a run are replayed, whatever the backend: which step comes next, and when one is recorded.
import type { ScalarStore } from "../hyperparameters";
import type { TrainingState } from "../step";
import type { StepTensors, StepValues } from "../stepValues";
import type { Tensor } from "../tensors";
import type { StepFigures, StepInputs } from "./recordedStep";
import { type Captured, type MetStep, StepKinds, type StepSource } from "./stepKinds";

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
export abstract class StepReplay<Step extends Captured = Captured> {
  /** Scalars that recorded steps read. */
  abstract readonly scalars: ScalarStore;
  /** True where a step that fails is found out before it changes anything. */
  abstract readonly isGuarded: boolean;
  /** Where recorded steps read their numbers. */
  protected abstract readonly arrays: {
    setArray(name: string, array: StepValues[string]): Tensor;
  };
  private readonly kinds = new StepKinds<Step>();

  /** Why steps are not replayed now, in words for the page; null when they are, or will be once they were seen. */
  get reason(): string | null {
    return this.kinds.reason;
  }

  /** Operations of a recorded step, 0 while none is recorded. */
  get operations(): number {
    return this.kinds.first?.operations ?? 0;
  }

  /**
   * Takes up to `count` steps, at least 1, from number `first` on. A kind of step is recorded when it is met for the second
   * time: the first one runs as usual, which compiles its programs and brings its data to the device.
   * @param state taken over. @param measured also computes the norm of the gradient and the update ratios.
   */
  advance(
    source: StepSource,
    state: TrainingState,
    first: number,
    count: number,
    measured: boolean,
  ): ReplayedSteps {
    const { kinds } = this;
    let met = kinds.meet(source, first, measured);
    if (!met || !kinds.isDue(met)) return { state, count: 0, figures: null, failed: false };
    const home = this.bring(state);
    let step = kinds.of(met.kind) ?? this.capture(source, met, home);
    let last: Step | undefined;
    let taken = 0;
    let failed = false;
    while (met && step) {
      this.tensors(met.values);
      last = step;
      failed = !this.take(step);
      if (failed) break;
      taken++;
      if (taken >= count || taken >= this.mostSteps) break;
      met = kinds.meet(source, first + taken, measured);
      step = met ? kinds.of(met.kind) : undefined;
      // The strengths in force are those of the last step taken.
      if (!step) source.prepare(first + taken - 1);
    }
    return { state: home, count: taken, figures: last ? this.finish(last) : null, failed };
  }

  /** Drops all recordings: the next steps run as usual and are recorded anew. */
  forget(): void {
    this.kinds.forget();
  }

  abstract dispose(): void;

  /** Most steps taken at once. */
  protected abstract readonly mostSteps: number;

  /** Brings a state to where recorded steps read it. @returns handles on it. */
  protected abstract bring(state: TrainingState): TrainingState;

  /** Everything that was prepared is where a recording reads it. */
  protected abstract ready(): void;

  protected abstract record(inputs: StepInputs, again: () => void): Step;

  /** Takes a step whose numbers are set. @returns false where its loss is not finite; the state is then as it was. */
  protected abstract take(step: Step): boolean;

  /** The figures of the last step taken, or of the one that failed. */
  protected abstract finish(last: Step): StepFigures;

  private capture(source: StepSource, met: MetStep, state: TrainingState): Step | undefined {
    const inputs = {
      tensors: this.tensors(met.values),
      state,
      compute: source.compute(met.measured),
    };
    return this.kinds.capture(source, met, () => {
      this.ready();
      return this.record(inputs, () => {
        source.prepare(met.step + 1);
        this.ready();
      });
    });
  }

  private tensors(values: StepValues): StepTensors {
    const held: Record<string, Tensor> = {};
    for (const name in values) {
      held[name] = this.arrays.setArray(name, values[name] as StepValues[string]);
    }
    return held;
  }
}
