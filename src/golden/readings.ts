// Collects tensors while a case runs and reads them all at once: on a graphics card every reading costs as much as many steps.
import { steadyCopy } from "../training/replay/inPlace";
import { type Tensor, tf, tidy } from "../training/tensors";

export class Readings {
  private readonly held: { tensor: Tensor; take(values: Float32Array): void }[] = [];

  /** Keeps a copy of the tensor until `read`; its values, flat, then go to `take`. */
  add(tensor: Tensor, take: (values: Float32Array) => void): void {
    const copy = steadyCopy(tensor);
    this.held.push({ tensor: tf.reshape(copy, [-1]), take });
    copy.dispose();
  }

  /** Reads everything added since the last time, hands it out in order and frees it. */
  async read(): Promise<void> {
    const entries = this.held.splice(0);
    if (entries.length === 0) return;
    const joined = tidy(() => tf.concat(entries.map(({ tensor }) => tensor)));
    const sizes = entries.map(({ tensor }) => tensor.size);
    tf.dispose(entries.map(({ tensor }) => tensor));
    const values = (await joined.data()) as Float32Array;
    joined.dispose();
    let offset = 0;
    entries.forEach(({ take }, index) => {
      const size = sizes[index] as number;
      take(values.slice(offset, offset + size));
      offset += size;
    });
  }
}
