// Replays recorded steps of a run on WASM: the kernels' work alone, without the engine around it.
import type { TrainingState } from "../../step";
import type { StepFigures, StepInputs } from "../recordedStep";
import { StepReplay } from "../stepReplay";
import { type HeapBackend, heapBackend } from "./backend";
import { CapturedHeapStep, type HeapStudio } from "./capturedStep";
import { HeapTensors } from "./fixedTensors";
import { HeapBlocks } from "./memory";
import { HeapHome } from "./stateHome";

export class HeapReplay extends StepReplay<CapturedHeapStep> {
  readonly scalars: HeapTensors;
  readonly isGuarded = true;
  /** Each is done at once: there is nothing to wait for. */
  protected readonly mostSteps = Number.POSITIVE_INFINITY;
  protected readonly arrays: HeapTensors;
  private readonly studio: HeapStudio;

  /** The way to replay on the backend in use, or null where it is not WASM. */
  static here(): HeapReplay | null {
    const backend = heapBackend();
    return backend && new HeapReplay(backend);
  }

  private constructor(backend: HeapBackend) {
    super();
    this.scalars = new HeapTensors(backend);
    this.arrays = new HeapTensors(backend);
    this.studio = { backend, blocks: new HeapBlocks(backend), home: new HeapHome(backend) };
  }

  dispose(): void {
    this.forget();
    this.arrays.dispose();
    this.studio.home.dispose();
    this.studio.blocks.dispose();
  }

  protected bring(state: TrainingState): TrainingState {
    return this.studio.home.bring(state);
  }

  /** Scalars are in the heap as soon as they are set. */
  protected ready(): void {}

  protected record(inputs: StepInputs, again: () => void): CapturedHeapStep {
    return new CapturedHeapStep(this.studio, inputs, again);
  }

  protected take(step: CapturedHeapStep): boolean {
    return step.run();
  }

  protected finish(last: CapturedHeapStep): StepFigures {
    return last.readFigures();
  }
}
