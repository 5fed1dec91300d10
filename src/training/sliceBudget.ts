// How many steps are sent to a graphics card before its answer is awaited: the host is far ahead of it, and messages must not wait for long.

/** Milliseconds that a slice is to take, answer included, where the answer comes at once. */
const sliceMilliseconds = 50;
/** Where an answer itself takes long, steps shall take at least as long as it, but no longer than this. */
const longestWork = 150;
/** Beyond this the clock has not moved, and says nothing. */
const mostSteps = 4096;

/** Milliseconds that a slice's steps are to take where its answer takes so many. */
export function workBetweenReads(answer: number): number {
  return Math.min(longestWork, Math.max(sliceMilliseconds - answer, answer, 1));
}

export class SliceBudget {
  private allowed = 1;
  /** The quickest slice so far: what an answer costs, with few steps. */
  private quickest: { readonly steps: number; readonly milliseconds: number } | null = null;
  /** Milliseconds per step, as far as known. */
  private perStep: number | null = null;

  /** Steps of the next slice. */
  get steps(): number {
    return this.allowed;
  }

  /** Learns from a slice: its steps, and the milliseconds until the card had done them. */
  learn(steps: number, milliseconds: number): void {
    if (steps === 0) return;
    const { quickest } = this;
    if (quickest && steps > quickest.steps) {
      this.perStep = Math.max(0, milliseconds - quickest.milliseconds) / (steps - quickest.steps);
    } else if (this.perStep !== null && milliseconds / steps < this.perStep / 2) {
      // Steps were dearer once than a whole slice is now: what was known no longer holds.
      this.perStep = null;
    }
    // No answer takes so long by itself.
    if (this.perStep === null && milliseconds > 2 * longestWork)
      this.perStep = milliseconds / steps;
    if (!quickest || milliseconds < quickest.milliseconds) this.quickest = { steps, milliseconds };
    const most = Math.min(2 * this.allowed, mostSteps);
    this.allowed = Math.max(1, Math.min(this.affordable(), most));
  }

  /** Milliseconds of an answer beside the steps that it waits for; 0 as long as it is not known. */
  get answer(): number {
    const { quickest, perStep } = this;
    if (!quickest || perStep === null) return 0;
    return Math.max(0, quickest.milliseconds - perStep * quickest.steps);
  }

  private affordable(): number {
    const { perStep } = this;
    return perStep ? Math.floor(workBetweenReads(this.answer) / perStep) : Number.POSITIVE_INFINITY;
  }
}
