// Takes turns at redrawing: however fast measurements come, one part of the page is redrawn per frame, and none while nobody can see it.

/** What the turns need of the browser; tests hand in their own time. */
export interface Surroundings {
  /** Milliseconds from any fixed moment. */
  now(): number;
  /** Calls back before the next frame is drawn; never while the page is hidden. */
  nextFrame(call: () => void): void;
  later(call: () => void, milliseconds: number): void;
  /** Told when the first part has something new to show, and when every part that had shows it. */
  behind?(waiting: boolean): void;
}

/** One part of the page. */
export interface Seat {
  /** It has something new to show. */
  want(): void;
  leave(): void;
}

interface Held {
  readonly interval: number;
  readonly redraw: () => void;
  wanted: boolean;
  /** When it was last redrawn, in milliseconds. */
  last: number;
}

/** Pause between two redraws, in milliseconds: what one of them set going is over before the next begins. */
const pause = 24;

export class Redraws {
  private readonly seats = new Set<Held>();
  private planned = false;
  private last = Number.NEGATIVE_INFINITY;
  private behind = false;

  constructor(private readonly surroundings: Surroundings) {}

  /** Takes part. @param interval least time between two redraws, in milliseconds. @param redraw called when its turn has come */
  join(interval: number, redraw: () => void): Seat {
    const seat: Held = { interval, redraw, wanted: false, last: Number.NEGATIVE_INFINITY };
    this.seats.add(seat);
    return {
      want: () => {
        seat.wanted = true;
        this.tell();
        this.plan();
      },
      leave: () => {
        this.seats.delete(seat);
        this.tell();
      },
    };
  }

  private tell(): void {
    const behind = this.next() !== null;
    if (behind === this.behind) return;
    this.behind = behind;
    this.surroundings.behind?.(behind);
  }

  private plan(): void {
    if (this.planned) return;
    const next = this.next();
    if (!next) return;
    this.planned = true;
    const { now, later, nextFrame } = this.surroundings;
    const wait = Math.max(dueAt(next), this.last + pause) - now();
    const take = () => nextFrame(() => this.take());
    if (wait > 0) later(take, wait);
    else take();
  }

  /** Of those with something to show, the one whose turn comes first. */
  private next(): Held | null {
    let first: Held | null = null;
    for (const seat of this.seats) {
      if (seat.wanted && (!first || dueAt(seat) < dueAt(first))) first = seat;
    }
    return first;
  }

  private take(): void {
    this.planned = false;
    const seat = this.next();
    const now = this.surroundings.now();
    if (seat && dueAt(seat) <= now) {
      seat.wanted = false;
      seat.last = now;
      this.last = now;
      seat.redraw();
    }
    this.tell();
    this.plan();
  }
}

function dueAt({ last, interval }: Held): number {
  return last + interval;
}

/** The page's own turns. */
export const redraws = new Redraws({
  now: () => performance.now(),
  nextFrame: (call) => requestAnimationFrame(call),
  later: (call, milliseconds) => setTimeout(call, milliseconds),
  // For those who read the page as a program does: figures are of one moment only while this says no.
  behind: (waiting) => {
    document.documentElement.dataset.behind = waiting ? "yes" : "no";
  },
});
