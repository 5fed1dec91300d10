// One training step as a list of work in the heap: done again and again, with the loss looked at before anything is changed.
import type { Work } from "../../kernels/wasmWork";
import { type Tensor, tf } from "../../tensors";
import {
  computeOnce,
  type FigureName,
  figureNames,
  recordTwice,
  type StepFigures,
  type StepInputs,
} from "../recordedStep";
import type { HeapBackend } from "./backend";
import { writtenInPlace } from "./inPlace";
import { withoutJoins } from "./joins";
import type { HeapBlocks } from "./memory";
import { type HeapRecording, recordHeap } from "./recorder";
import type { HeapHome, Return } from "./stateHome";

const wordBytes = 4;

interface Place {
  /** In words of four bytes. */
  readonly start: number;
  readonly shape: readonly number[];
}

/** What a recording is made with. */
export interface HeapStudio {
  readonly backend: HeapBackend;
  readonly blocks: HeapBlocks;
  readonly home: HeapHome;
}

export class CapturedHeapStep {
  private readonly recording: HeapRecording;
  private readonly works: readonly Work[];
  /** What still has to be copied home at the end. */
  private way: readonly Return[] = [];
  /** Number of the first piece of work that writes into the state at home. */
  private firstWrite: number;
  private readonly figures = new Map<FigureName, Place>();

  /** Records a step. @param again see recordTwice. @throws RecordingError when the step cannot be recorded. */
  constructor(
    private readonly studio: HeapStudio,
    inputs: StepInputs,
    again: () => void,
  ) {
    this.recording = recordTwice((isFirst) => this.make(inputs, isFirst), again);
    const { known } = this.recording;
    this.works = withoutJoins(this.recording, this.way);
    const { way, firstWrite } = writtenInPlace({ works: this.works, known }, this.way);
    [this.way, this.firstWrite] = [way, firstWrite];
  }

  get isValid(): boolean {
    return this.recording.isValid();
  }

  /** Pieces of work of a step. */
  get operations(): number {
    return this.works.length;
  }

  /** Takes the step. @returns false, and leaves the state as it is, when the loss is not finite. */
  run(): boolean {
    const { works } = this;
    for (let i = 0; i < this.firstWrite; i++) (works[i] as Work)();
    const { start } = this.figures.get("loss") as Place;
    const { wasm } = this.studio.backend;
    if (!Number.isFinite(wasm.HEAPF32[start])) return false;
    for (let i = this.firstWrite; i < works.length; i++) (works[i] as Work)();
    for (const { from, to, bytes } of this.way) wasm.HEAPU8.copyWithin(to, from, from + bytes);
    return true;
  }

  /** The last step's figures as tensors that the caller owns. */
  readFigures(): StepFigures {
    const copyOf = (name: FigureName): Tensor | null => {
      const place = this.figures.get(name);
      if (!place) return null;
      const { start, shape } = place;
      const size = tf.util.sizeFromShape(shape as number[]);
      const values = this.studio.backend.wasm.HEAPF32.slice(start, start + size);
      return tf.keep(tf.tensor(values, shape as number[]));
    };
    return { loss: copyOf("loss") as Tensor, norm: copyOf("norm"), ratios: copyOf("ratios") };
  }

  dispose(): void {
    this.recording.dispose();
  }

  private make(inputs: StepInputs, isKept: boolean): HeapRecording {
    const { backend, blocks, home } = this.studio;
    return recordHeap(backend, blocks, () =>
      computeOnce(inputs, (result) => {
        if (!isKept) return;
        // Held until the end, so nothing else is put in their places.
        this.way = home.returnOf(result.state);
        for (const name of figureNames) this.findFigure(name, result[name]);
      }),
    );
  }

  private findFigure(name: FigureName, tensor: Tensor | null): void {
    if (!tensor) return;
    const { memoryOffset } = this.studio.backend.dataIdMap.get(tensor.dataId);
    this.figures.set(name, { start: memoryOffset / wordBytes, shape: tensor.shape });
  }
}
