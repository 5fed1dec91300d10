// Collects how far our numbers and a reference file's are apart, and where most.

/** |ours − theirs| must not exceed absolute + relative · |theirs|. */
export interface Tolerance {
  readonly absolute: number;
  readonly relative: number;
}

/** One comparison of two numbers. */
export interface Deviation {
  /** What was compared, in words. */
  readonly place: string;
  /** |ours − theirs|; infinite when the two cannot be compared. */
  readonly error: number;
  /** Largest error allowed at this place; 0 where both must be equal. */
  readonly limit: number;
}

/** Share of its limit that a deviation uses up; above 1 it has failed. */
function share({ error, limit }: Deviation): number {
  if (error === 0) return 0;
  return limit === 0 ? Number.POSITIVE_INFINITY : error / limit;
}

export class Deviations {
  private held: Deviation | null = null;
  private compared = 0;

  /** Compares two lists. Lists of different length, and numbers that are not finite, count as infinitely far apart. */
  compare(
    place: string,
    ours: ArrayLike<number>,
    theirs: ArrayLike<number>,
    tolerance: Tolerance,
  ): void {
    if (ours.length !== theirs.length) {
      this.refuse(`${place}: ${ours.length} values, expected ${theirs.length}`);
      return;
    }
    for (let i = 0; i < ours.length; i++) {
      const [a, b] = [ours[i] as number, theirs[i] as number];
      const difference = Math.abs(a - b);
      const error = Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference;
      const limit = tolerance.absolute + tolerance.relative * Math.abs(b);
      this.note({ place, error, limit: Number.isFinite(limit) ? limit : 0 });
    }
  }

  /** Compares two lists that must be equal, −0 and 0 being the same. */
  exact(place: string, ours: ArrayLike<number>, theirs: ArrayLike<number>): void {
    this.compare(place, ours, theirs, { absolute: 0, relative: 0 });
  }

  /** Notes something that cannot be right whatever the numbers are. */
  refuse(place: string): void {
    this.note({ place, error: Number.POSITIVE_INFINITY, limit: 0 });
  }

  /** Numbers compared so far. */
  get count(): number {
    return this.compared;
  }

  get passed(): boolean {
    return this.compared > 0 && this.held !== null && share(this.held) <= 1;
  }

  /** The comparison that comes nearest to its limit, or exceeds it most; null before the first. */
  get worst(): Deviation | null {
    return this.held;
  }

  private note(deviation: Deviation): void {
    this.compared++;
    if (this.held && share(deviation) < share(this.held)) return;
    // Of comparisons without any error the loosest says most: its limit is what the rest stayed below too.
    const level = this.held && share(deviation) === share(this.held);
    if (level && deviation.limit <= (this.held as Deviation).limit) return;
    this.held = deviation;
  }
}
