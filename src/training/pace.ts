// Steps per second, smoothed, from moments that are handed in.

/** Shorter spans say more about the clock than about the steps. */
const shortestSeconds = 0.05;
/** Nor do so many ticks of a coarse clock. */
const fewestTicks = 3;
/** Weight of what was known before against what is newly measured. */
const inertia = 0.6;

export class Pace {
  private since = 0;
  private step = 0;
  private smoothed = 0;
  private readonly shortest: number;

  /** @param resolution of the clock that moments come from, in milliseconds */
  constructor(resolution = 0) {
    this.shortest = Math.max(shortestSeconds, (fewestTicks * resolution) / 1000);
  }

  /** Steps per second; 0 while nothing trains, or as long as the clock has not moved enough to tell. */
  get perSecond(): number {
    return this.smoothed;
  }

  /** Training starts. @param now milliseconds; @param step steps done */
  begin(now: number, step: number): void {
    this.since = now;
    this.step = step;
    this.smoothed = 0;
  }

  update(now: number, step: number): void {
    const elapsed = (now - this.since) / 1000;
    if (elapsed < this.shortest) return;
    const measured = (step - this.step) / elapsed;
    this.smoothed =
      this.smoothed === 0 ? measured : inertia * this.smoothed + (1 - inertia) * measured;
    this.since = now;
    this.step = step;
  }

  end(): void {
    this.smoothed = 0;
  }
}
