// Work of which only the newest result counts: asked for in a rush, it is done once more after the one under way, not each time.

export class Latest {
  private wanted = false;
  private running: Promise<void> | null = null;

  constructor(private readonly work: () => Promise<void>) {}

  /** Settles when the work has been done with everything that was so at the call. */
  ask(): Promise<void> {
    this.wanted = true;
    this.running ??= this.run().finally(() => {
      this.running = null;
    });
    return this.running;
  }

  /** Waits for what is under way, whether it succeeds or not. */
  async settled(): Promise<void> {
    await this.running?.catch(() => undefined);
  }

  private async run(): Promise<void> {
    while (this.wanted) {
      this.wanted = false;
      await this.work();
    }
  }
}
