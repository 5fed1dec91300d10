// Dropout masks of a run: from its seed and step alone, so a repeated run drops the same units.
import { Stream } from "../data/random";
import type { Hyperparameters } from "./hyperparameters";
import { counterValues, dropoutMask } from "./kernels/dropoutMask";
import type { DropoutPlace, MaskSource } from "./layers";
import { type Tensor, tf } from "./tensors";

/** The rate of each place where units are dropped. */
const rates = {
  input: "dropoutInput",
  hidden: "dropoutHidden",
  spatial: "dropoutSpatial",
  head: "dropoutHead",
  connect: "dropConnect",
} as const;

export class SeededMasks implements MaskSource {
  private counter: Tensor | null = null;

  constructor(
    private readonly seed: number,
    private readonly hyperparameters: Hyperparameters,
  ) {}

  /** Turns to the masks of a step, counted from 1. */
  prepare(step: number): void {
    this.dispose();
    const { values } = this.hyperparameters;
    if (Object.values(rates).every((name) => values[name] === 0)) return;
    this.counter = tf.keep(tf.tensor1d(counterValues(this.seed, step), "int32"));
  }

  mask(index: number, place: DropoutPlace, shape: readonly number[]): Tensor | null {
    const name = rates[place];
    if (this.hyperparameters.values[name] === 0 || !this.counter) return null;
    return dropoutMask(this.counter, this.hyperparameters.tensor(name), {
      shape,
      stream: Stream.dropout + index,
    });
  }

  dispose(): void {
    this.counter?.dispose();
    this.counter = null;
  }
}
