// One line on stderr that says how far training is and how long it will take.
import type { Frame } from "../training/telemetry";

const minimumMilliseconds = 200;

export class ProgressLine {
  private last = Number.NEGATIVE_INFINITY;
  /** Moment and epoch of the first training frame: reading data is not part of the pace. */
  private start: { readonly time: number; readonly epoch: number } | null = null;
  private readonly rewrites = process.stderr.isTTY === true;

  constructor(private readonly now: () => number) {}

  /** Shows a text; on a terminal it replaces the one before, elsewhere it comes at most every five seconds. */
  show(text: string): void {
    const pause = this.rewrites ? minimumMilliseconds : 5000;
    if (this.now() - this.last < pause) return;
    this.last = this.now();
    process.stderr.write(this.rewrites ? `\r\x1b[2K${text}` : `${text}\n`);
  }

  training({ epoch, stepsPerSecond, points }: Frame, epochs: number): void {
    this.start ??= { time: this.now(), epoch };
    const elapsed = (this.now() - this.start.time) / 1000;
    const done = epoch - this.start.epoch;
    const left = done > 0 ? (elapsed / done) * (epochs - epoch) : Number.NaN;
    const point = points.at(-1);
    const accuracy = point?.validation.accuracy;
    const parts = [
      `epoch ${epoch.toFixed(1)}/${epochs}`,
      `${stepsPerSecond.toFixed(0)} steps/s`,
      ...(point ? [`validation loss ${point.validation.loss.toFixed(4)}`] : []),
      ...(accuracy != null ? [`accuracy ${(accuracy * 100).toFixed(1)} %`] : []),
      ...(Number.isFinite(left) ? [`${formatSeconds(left)} left`] : []),
    ];
    this.show(parts.join(", "));
  }

  /** Clears the line. */
  end(): void {
    if (this.rewrites) process.stderr.write("\r\x1b[2K");
  }
}

/** "8 s" or "3 min 05 s". */
export function formatSeconds(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, "0")} s`;
}
