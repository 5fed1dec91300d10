// Dropout masks and noise of a run: from its seed and step alone, so a repeated run drops the same units.
import { Stream } from "../data/random";
import type { Hyperparameters } from "./hyperparameters";
import { counterValues, dropoutMask, normalNoise } from "./kernels/seededValues";
import type { DropoutPlace, MaskSource, NoisePlace } from "./layers";
import { type Tensor, tf } from "./tensors";

/** The rate of each place where units are dropped. */
const rates = {
  input: "dropoutInput",
  hidden: "dropoutHidden",
  spatial: "dropoutSpatial",
  head: "dropoutHead",
  connect: "dropConnect",
} as const;

const deviations = { input: "inputNoise", weights: "weightNoise" } as const;
const noiseStreams = { input: Stream.inputNoise, weights: Stream.weightNoise } as const;

export class SeededMasks implements MaskSource {
  private counter: Tensor | null = null;

  /** @param firstStream added to all streams: another use of the same seed gets other values. */
  constructor(
    private readonly seed: number,
    private readonly hyperparameters: Hyperparameters,
    private readonly firstStream = 0,
  ) {}

  /** Turns to the masks of a step, counted from 1. */
  prepare(step: number): void {
    this.dispose();
    const { values } = this.hyperparameters;
    const names = [...Object.values(rates), ...Object.values(deviations)];
    if (names.every((name) => values[name] === 0)) return;
    this.counter = tf.keep(tf.tensor1d(counterValues(this.seed, step), "int32"));
  }

  /** Turns to the masks of whichever step is in a counter tensor; see counterValues. */
  follow(counter: Tensor): void {
    this.dispose();
    this.counter = tf.keep(tf.clone(counter));
  }

  mask(index: number, place: DropoutPlace, shape: readonly number[]): Tensor | null {
    const name = rates[place];
    if (this.hyperparameters.values[name] === 0 || !this.counter) return null;
    return dropoutMask(this.counter, this.hyperparameters.tensor(name), {
      shape,
      stream: this.firstStream + Stream.dropout + index,
    });
  }

  noise(place: NoisePlace, index: number, shape: readonly number[]): Tensor | null {
    const name = deviations[place];
    if (this.hyperparameters.values[name] === 0 || !this.counter) return null;
    return normalNoise(this.counter, this.hyperparameters.tensor(name), {
      shape,
      stream: this.firstStream + noiseStreams[place] + index,
    });
  }

  dispose(): void {
    this.counter?.dispose();
    this.counter = null;
  }
}
