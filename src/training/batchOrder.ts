// Which examples make which batch: a new order every epoch, from the seed alone.
import { permutation, Stream } from "../data/random";
import type { Experiment } from "../experiment/schema";

export class BatchOrder {
  /** Batches of an epoch. The last one may be smaller; where normalization needs two examples, one alone is left out. */
  readonly perEpoch: number;
  private readonly batchSize: number;
  private readonly seed: number;
  private held: { readonly epoch: number; readonly indices: Int32Array } | null = null;

  constructor(
    { optimizer, model, seed }: Experiment,
    private readonly count: number,
  ) {
    this.batchSize = optimizer.batchSize;
    this.seed = seed;
    const all = Math.ceil(count / this.batchSize);
    const lonely = count > 1 && count % this.batchSize === 1;
    this.perEpoch = lonely && model.normalization === "batch" ? all - 1 : all;
  }

  /** Numbers of the examples in the batch after `step` steps. */
  indicesAt(step: number): Int32Array {
    const epoch = Math.floor(step / this.perEpoch);
    if (this.held?.epoch !== epoch) {
      const indices = permutation(this.count, this.seed, Stream.batchOrder, epoch);
      this.held = { epoch, indices };
    }
    const start = (step % this.perEpoch) * this.batchSize;
    return this.held.indices.slice(start, start + this.batchSize);
  }
}
