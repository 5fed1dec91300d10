// How many steps are sent to a graphics card before its answer is awaited: the host is far ahead of it, and messages must not wait for long.

/** Milliseconds that a slice is to take, answer included. */
const sliceMilliseconds = 50;

export class SliceBudget {
  private allowed = 1;

  /** Steps of the next slice. */
  get steps(): number {
    return this.allowed;
  }

  /** Learns from a slice: its steps, and the milliseconds until the card had done them. */
  learn(steps: number, milliseconds: number): void {
    if (steps === 0) return;
    const affordable = Math.floor((sliceMilliseconds * steps) / Math.max(milliseconds, 0.01));
    this.allowed = Math.max(1, Math.min(affordable, 2 * this.allowed));
  }
}
