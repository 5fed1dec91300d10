// Collects how far two runs are apart, and where most.

/** |ours − theirs| must not exceed absolute + relative · |theirs|. */
export interface Tolerance {
  readonly absolute: number;
  readonly relative: number;
}

export type Quantity = "loss" | "weight";

export class Deviations {
  private readonly errors: Record<Quantity, number> = { loss: 0, weight: 0 };
  private place = "";

  constructor(private readonly tolerance: Tolerance) {}

  /** Compares two lists. Lists of different length, and numbers that are not finite, count as infinitely far apart. */
  add(quantity: Quantity, place: string, ours: ArrayLike<number>, theirs: ArrayLike<number>): void {
    if (ours.length !== theirs.length) {
      this.note(
        quantity,
        `${place}: ${ours.length} values, expected ${theirs.length}`,
        Number.POSITIVE_INFINITY,
      );
      return;
    }
    const floor = this.tolerance.absolute / this.tolerance.relative;
    for (let i = 0; i < ours.length; i++) {
      const [a, b] = [ours[i] as number, theirs[i] as number];
      const error = Math.abs(a - b) / (Math.abs(b) + floor);
      this.note(quantity, place, Number.isNaN(error) ? Number.POSITIVE_INFINITY : error);
    }
  }

  /** Largest error of a quantity, on the scale on which the relative tolerance is the limit. */
  largest(quantity: Quantity): number {
    return this.errors[quantity];
  }

  get passed(): boolean {
    return Math.max(this.errors.loss, this.errors.weight) <= this.tolerance.relative;
  }

  /** Where the largest error lies. */
  get worst(): string {
    return this.place;
  }

  private note(quantity: Quantity, place: string, error: number): void {
    if (error > Math.max(this.errors.loss, this.errors.weight)) this.place = place;
    if (error > this.errors[quantity]) this.errors[quantity] = error;
  }
}
