// Replays recorded steps of a run on WASM: the kernels' work alone, without the engine around it.
import type { TrainingState } from "../../step";
import type { StepTensors, StepValues } from "../../stepValues";
import type { ReplayedSteps, StepReplay, StepSource } from "../replay";
import { type MetStep, StepKinds } from "../stepKinds";
import { type HeapBackend, heapBackend } from "./backend";
import { CapturedHeapStep, type HeapStudio } from "./capturedStep";
import { HeapTensors } from "./fixedTensors";
import { HeapBlocks } from "./memory";
import { HeapHome } from "./stateHome";

export class HeapReplay implements StepReplay {
  readonly scalars: HeapTensors;
  readonly isGuarded = true;
  private readonly arrays: HeapTensors;
  private readonly studio: HeapStudio;
  private readonly kinds = new StepKinds<CapturedHeapStep>();

  /** The way to replay on the backend in use, or null where it is not WASM. */
  static here(): HeapReplay | null {
    const backend = heapBackend();
    return backend && new HeapReplay(backend);
  }

  private constructor(backend: HeapBackend) {
    this.scalars = new HeapTensors(backend);
    this.arrays = new HeapTensors(backend);
    this.studio = { backend, blocks: new HeapBlocks(backend), home: new HeapHome(backend) };
  }

  get reason(): string | null {
    return this.kinds.reason;
  }

  get operations(): number {
    return this.kinds.first?.operations ?? 0;
  }

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
    const home = this.studio.home.bring(state);
    let step = kinds.of(met.kind) ?? this.capture(source, met, home);
    let last: CapturedHeapStep | undefined;
    let taken = 0;
    while (met && step) {
      this.tensors(met.values);
      last = step;
      if (!step.run()) {
        return { state: home, count: taken, figures: step.readFigures(), failed: true };
      }
      taken++;
      if (taken >= count) break;
      met = kinds.meet(source, first + taken, measured);
      step = met ? kinds.of(met.kind) : undefined;
      // The strengths in force are those of the last step taken.
      if (!step) source.prepare(first + taken - 1);
    }
    return { state: home, count: taken, figures: last?.readFigures() ?? null, failed: false };
  }

  forget(): void {
    this.kinds.forget();
  }

  dispose(): void {
    this.forget();
    this.arrays.dispose();
    this.studio.home.dispose();
    this.studio.blocks.dispose();
  }

  private capture(
    source: StepSource,
    met: MetStep,
    home: TrainingState,
  ): CapturedHeapStep | undefined {
    const tensors = this.tensors(met.values);
    const compute = source.compute(met.measured);
    return this.kinds.capture(
      source,
      met,
      () =>
        new CapturedHeapStep(this.studio, tensors, home, compute, () =>
          source.prepare(met.step + 1),
        ),
    );
  }

  private tensors(values: StepValues): StepTensors {
    const held: Record<string, ReturnType<HeapTensors["setArray"]>> = {};
    for (const name in values) {
      held[name] = this.arrays.setArray(name, values[name] as StepValues[string]);
    }
    return held;
  }
}
