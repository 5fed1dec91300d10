// Where the state of a replayed run lives in the heap: recorded steps read it from these places and write it back into them.
import type { Work } from "../../kernels/wasmWork";
import { mapState } from "../../state";
import type { TrainingState } from "../../step";
import { type Tensor, tf } from "../../tensors";
import { bytesOf, type HeapBackend, heapCopy } from "./backend";

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
  returnOf(state: TrainingState): readonly Work[] {
    const { wasm, dataIdMap } = this.backend;
    const works: Work[] = [];
    mapState(state, (tensor, name) => {
      const home = this.held.get(name) as Tensor;
      if (home.dataId === tensor.dataId) return tensor;
      const { byteLength } = bytesOf(this.backend, home);
      const from = dataIdMap.get(tensor.dataId).memoryOffset;
      const to = dataIdMap.get(home.dataId).memoryOffset;
      works.push(() => wasm.HEAPU8.copyWithin(to, from, from + byteLength));
      return tensor;
    });
    return works;
  }

  dispose(): void {
    for (const tensor of this.held.values()) tensor.dispose();
    this.held.clear();
  }
}
