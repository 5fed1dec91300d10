// One training step as a recording: what it reads and writes keeps its place, so it can be sent again and again.
import { disposeReplaced } from "../state";
import type { TrainingState } from "../step";
import type { StepTensors } from "../stepValues";
import { type Tensor, tf, tidy } from "../tensors";
import { bufferOf, type DeviceBackend, emptyTensor } from "./device";
import type { BufferPool } from "./pool";
import { type Recording, RecordingError, record } from "./recorder";
import type { StateHome } from "./stateHome";

/** What a step hands out besides its state. */
export interface StepFigures {
  /** Data loss, a scalar. */
  readonly loss: Tensor;
  /** Norm of the gradient, a scalar, where the step is measured. */
  readonly norm: Tensor | null;
  /** Update-to-weight ratios, where the step is measured. */
  readonly ratios: Tensor | null;
}

/** Computes one step from its numbers; the state given in is left alone. */
export type ComputeStep = (
  tensors: StepTensors,
  state: TrainingState,
) => { readonly state: TrainingState } & StepFigures;

interface Place {
  readonly buffer: GPUBuffer;
  readonly shape: readonly number[];
}

type FigureName = keyof StepFigures;
const figureNames: readonly FigureName[] = ["loss", "norm", "ratios"];

/** What a recording is made with. */
export interface Studio {
  readonly backend: DeviceBackend;
  readonly pool: BufferPool;
  readonly home: StateHome;
}

export class CapturedStep {
  private readonly figures = new Map<FigureName, Place>();
  private readonly recording: Recording;

  /**
   * Records a step. @param state at home. @param again what the step after it would do: a step whose work depends on more
   * than its numbers is found out by that. @throws RecordingError when the step cannot be recorded.
   */
  constructor(
    private readonly studio: Studio,
    tensors: StepTensors,
    state: TrainingState,
    compute: ComputeStep,
    again: () => void,
  ) {
    this.recording = this.make(tensors, state, compute);
    again();
    const second = this.make(tensors, state, compute);
    second.dispose();
    if (second.signature === this.recording.signature) return;
    this.dispose();
    throw new RecordingError("what a step computes changes from one step to the next");
  }

  /** False when something it reads has moved. */
  get isValid(): boolean {
    return this.recording.isValid();
  }

  /** Computations of a step on the device. */
  get dispatches(): number {
    return this.recording.commands.dispatches;
  }

  encode(encoder: GPUCommandEncoder): void {
    this.recording.commands.encode(encoder);
  }

  /** Encodes copies of the last step's figures into tensors that the caller owns. */
  encodeFigures(encoder: GPUCommandEncoder): StepFigures {
    const { backend } = this.studio;
    const copyOf = (name: FigureName): Tensor | null => {
      const place = this.figures.get(name);
      if (!place) return null;
      const tensor = tf.keep(emptyTensor(backend, place.shape, "float32"));
      const { buffer } = place;
      encoder.copyBufferToBuffer(buffer, 0, bufferOf(backend, tensor), 0, buffer.size);
      return tensor;
    };
    return { loss: copyOf("loss") as Tensor, norm: copyOf("norm"), ratios: copyOf("ratios") };
  }

  dispose(): void {
    this.recording.dispose();
    for (const { buffer } of this.figures.values()) buffer.destroy();
    this.figures.clear();
  }

  private make(tensors: StepTensors, state: TrainingState, compute: ComputeStep): Recording {
    const { backend, pool, home } = this.studio;
    return record(backend, pool, () => {
      let made: TrainingState | null = null;
      try {
        tidy(() => {
          const result = compute(tensors, state);
          made = result.state;
          home.encodeReturn(result.state);
          for (const name of figureNames) this.recordFigure(name, result[name]);
        });
      } finally {
        // What layers kept outlives the tidy.
        if (made) disposeReplaced(made, state);
      }
    });
  }

  private recordFigure(name: FigureName, tensor: Tensor | null): void {
    if (!tensor) return;
    const { backend } = this.studio;
    const source = bufferOf(backend, tensor);
    const { size } = source;
    const place = this.figures.get(name) ?? {
      buffer: backend.device.createBuffer({
        size,
        usage: GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST,
      }),
      shape: tensor.shape,
    };
    this.figures.set(name, place);
    backend.ensureCommandEncoderReady();
    backend.endComputePassEncoder();
    backend.commandEncoder?.copyBufferToBuffer(source, 0, place.buffer, 0, size);
  }
}
