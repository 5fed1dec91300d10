// Where the state of a replayed run lives in the heap: recorded steps read it from these places and write it back into them.
import { mapState } from "../../state";
import type { TrainingState } from "../../step";
import { type Tensor, tf } from "../../tensors";
import { bytesOf, type HeapBackend, heapCopy } from "./backend";

/** Values that are to be at home when a step is done. All in bytes. */
export interface Return {
  readonly from: number;
  readonly to: number;
  readonly bytes: number;
}

export class HeapHome {
  private readonly held = new Map<string, Tensor>();

  constructor(private readonly backend: HeapBackend) {}

  /** Brings a state home and takes it over. @returns handles on the tensors at home, for the caller. */
  bring(state: TrainingState): TrainingState {
    const { backend } = this;
    return mapState(state, (tensor, name) => {
      const place = this.held.get(name);
      if (place?.dataId === tensor.dataId) return tensor;
      if (place) bytesOf(backend, place).set(bytesOf(backend, tensor));
      const home = place ?? tf.keep(heapCopy(backend, tensor));
      this.held.set(name, home);
      tensor.dispose();
      return tf.keep(tf.clone(home));
    });
  }

  /** The way home of a state that follows from the one at home; unchanged tensors are there already. */
  returnOf(state: TrainingState): readonly Return[] {
    const { dataIdMap } = this.backend;
    const ways: Return[] = [];
    mapState(state, (tensor, name) => {
      const home = this.held.get(name) as Tensor;
      if (home.dataId === tensor.dataId) return tensor;
      const { byteLength: bytes } = bytesOf(this.backend, home);
      const from = dataIdMap.get(tensor.dataId).memoryOffset;
      const to = dataIdMap.get(home.dataId).memoryOffset;
      ways.push({ from, to, bytes });
      return tensor;
    });
    return ways;
  }

  dispose(): void {
    for (const tensor of this.held.values()) tensor.dispose();
    this.held.clear();
  }
}
