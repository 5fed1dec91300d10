// Lets one piece of work happen at a time: a reset asked for during a reset waits for it.

export class Turns {
  private last: Promise<unknown> = Promise.resolve();
  private waiting = 0;

  /** True while any work is under way or waiting. */
  get busy(): boolean {
    return this.waiting > 0;
  }

  /** Does the work after everything that was asked for before it, whether that succeeded or not. */
  async take<T>(work: () => Promise<T>): Promise<T> {
    this.waiting++;
    const turn = this.last.then(work);
    this.last = turn.catch(() => undefined);
    try {
      return await turn;
    } finally {
      this.waiting--;
    }
  }
}
