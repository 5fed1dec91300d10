// Keeps a short run from being over before anybody has seen it: a whole run takes at least so long, and is spread evenly.

/** How far steps may run ahead of the clock, in milliseconds: about two pictures of a screen. */
const ahead = 33;
const longestRest = 20;

export class Tempo {
  private least = 0;
  private since = 0;
  private first = 0;

  /** @param milliseconds that a whole run takes at least; 0 for full speed. @param now the clock. @param step steps done */
  set(milliseconds: number, now: number, step: number): void {
    this.least = milliseconds;
    this.begin(now, step);
  }

  /** Training starts or goes on. */
  begin(now: number, step: number): void {
    this.since = now;
    this.first = step;
  }

  /** Number of the step that may be reached by now. @param total steps of the whole run */
  reach(now: number, total: number): number {
    if (this.least === 0) return Number.POSITIVE_INFINITY;
    return this.first + Math.ceil(((now - this.since + ahead) / this.least) * total);
  }

  /** Milliseconds to rest before the step after `step` is due. */
  rest(now: number, step: number, total: number): number {
    if (step < this.reach(now, total)) return 0;
    const due = this.since + ((step + 1 - this.first) / total) * this.least - ahead;
    return Math.max(1, Math.min(longestRest, due - now));
  }
}
