// Where the state of a replayed run lives: recorded steps read it from these buffers and write it back into them.
import { mapState } from "../state";
import type { TrainingState } from "../step";
import { type Tensor, tf } from "../tensors";
import { copyInto, type DeviceBackend } from "./device";
import { steadyCopy } from "./inPlace";

export class StateHome {
  private readonly held = new Map<string, Tensor>();

  constructor(private readonly backend: DeviceBackend) {}

  /** Brings a state home and takes it over. @returns handles on the tensors at home, for the caller. */
  bring(state: TrainingState): TrainingState {
    return mapState(state, (tensor, name) => {
      const place = this.held.get(name);
      if (place?.dataId === tensor.dataId) return tensor;
      if (place) copyInto(this.backend, tensor, place);
      const home = place ?? tf.keep(steadyCopy(tensor));
      this.held.set(name, home);
      tensor.dispose();
      return tf.keep(tf.clone(home));
    });
  }

  /** Encodes the way home of a state that follows from the one at home; unchanged tensors are there already. */
  encodeReturn(state: TrainingState): void {
    mapState(state, (tensor, name) => {
      const home = this.held.get(name) as Tensor;
      if (home.dataId !== tensor.dataId) copyInto(this.backend, tensor, home);
      return tensor;
    });
  }

  /** Values that were read before are no longer those on the device. */
  forgetRead(): void {
    for (const { dataId } of this.held.values()) this.backend.tensorMap.get(dataId).values = null;
  }

  dispose(): void {
    for (const tensor of this.held.values()) tensor.dispose();
    this.held.clear();
  }
}
