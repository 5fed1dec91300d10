// One training step as a recording: what it reads and writes keeps its place, so it can be sent again and again.
import { type Tensor, tf } from "../tensors";
import { bufferOf, type DeviceBackend, emptyTensor } from "./device";
import type { BufferPool } from "./pool";
import {
  computeOnce,
  type FigureName,
  figureNames,
  recordTwice,
  type StepFigures,
  type StepInputs,
} from "./recordedStep";
import { type Recording, record } from "./recorder";
import type { StateHome } from "./stateHome";

interface Place {
  readonly buffer: GPUBuffer;
  readonly shape: readonly number[];
}

/** What a recording is made with. */
export interface Studio {
  readonly backend: DeviceBackend;
  readonly pool: BufferPool;
  readonly home: StateHome;
}

export class CapturedStep {
  private readonly figures = new Map<FigureName, Place>();
  private readonly recording: Recording;

  /** Records a step. @param again see recordTwice. @throws RecordingError when the step cannot be recorded. */
  constructor(
    private readonly studio: Studio,
    inputs: StepInputs,
    again: () => void,
  ) {
    try {
      this.recording = recordTwice(() => this.make(inputs), again);
    } catch (error) {
      this.freeFigures();
      throw error;
    }
  }

  /** False when something it reads has moved. */
  get isValid(): boolean {
    return this.recording.isValid();
  }

  /** Computations of a step on the device. */
  get operations(): number {
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
    this.freeFigures();
  }

  private freeFigures(): void {
    for (const { buffer } of this.figures.values()) buffer.destroy();
    this.figures.clear();
  }

  private make(inputs: StepInputs): Recording {
    const { backend, pool, home } = this.studio;
    return record(backend, pool, () =>
      computeOnce(inputs, (result) => {
        home.encodeReturn(result.state);
        for (const name of figureNames) this.recordFigure(name, result[name]);
      }),
    );
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
