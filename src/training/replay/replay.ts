// Replays recorded steps of a run on WebGPU: the host only sends numbers and command lists, several steps at a time.
import type { TrainingState } from "../step";
import { CapturedStep } from "./capturedStep";
import { type DeviceBackend, deviceBackend, sendPending } from "./device";
import { FixedTensors } from "./fixedTensors";
import { BufferPool } from "./pool";
import type { StepFigures, StepInputs } from "./recordedStep";
import { Staging } from "./staging";
import { StateHome } from "./stateHome";
import { StepReplay } from "./stepReplay";

export class Replay extends StepReplay<CapturedStep> {
  readonly isGuarded = false;
  readonly scalars: FixedTensors;
  protected readonly mostSteps = 16;
  protected readonly arrays: FixedTensors;
  private readonly pool: BufferPool;
  private readonly staging: Staging;
  private readonly home: StateHome;
  /** Steps whose numbers are staged, to be sent together. */
  private steps: CapturedStep[] = [];

  /** The way to replay on the backend in use, or null where there is none. */
  static here(): Replay | null {
    const backend = deviceBackend();
    return backend && new Replay(backend);
  }

  private constructor(private readonly backend: DeviceBackend) {
    super();
    this.scalars = new FixedTensors(backend);
    this.arrays = new FixedTensors(backend);
    this.pool = new BufferPool(backend.device);
    this.staging = new Staging(backend.device);
    this.home = new StateHome(backend);
  }

  dispose(): void {
    this.forget();
    for (const part of [this.arrays, this.pool, this.staging, this.home]) part.dispose();
  }

  protected bring(state: TrainingState): TrainingState {
    const home = this.home.bring(state);
    this.steps = [];
    this.staging.clear();
    return home;
  }

  protected ready(): void {
    this.scalars.flush();
  }

  protected record(inputs: StepInputs, again: () => void): CapturedStep {
    const { backend, pool, home } = this;
    return new CapturedStep({ backend, pool, home }, inputs, again);
  }

  /** Puts the numbers of the step behind those of the steps before it; its loss is not known yet. */
  protected take(step: CapturedStep): boolean {
    this.scalars.stage(this.staging);
    this.arrays.stage(this.staging);
    this.staging.endStep();
    this.steps.push(step);
    return true;
  }

  protected finish(last: CapturedStep): StepFigures {
    const { backend, staging } = this;
    const encoder = backend.device.createCommandEncoder();
    staging.send(backend.device.queue);
    this.steps.forEach((step, index) => {
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
