// How finely a clock counts: browsers that guard against fingerprinting let it move in steps of 100 ms.

export interface Clock {
  /** Milliseconds from any fixed moment. */
  readonly now: () => number;
  /** Least time that it can tell, in milliseconds; Infinity where it was not seen to move. */
  readonly resolution: number;
}

/** Beyond this, in milliseconds, times of single steps and looks mean nothing. */
const coarse = 15;
/** Times that a clock is asked before it counts as standing still: well over 100 ms on the fastest machines. */
const mostQuestions = 2e7;

/** Waits until the clock moves. @returns the moment, or null where it does not */
function nextTick(now: () => number): number | null {
  const before = now();
  for (let i = 0; i < mostQuestions; i++) {
    const time = now();
    if (time !== before) return time;
  }
  return null;
}

/** The resolution of a clock, by waiting for it to move twice. Takes a tenth of a second where it is coarse, else nothing. */
export function resolutionOf(now: () => number): number {
  const first = nextTick(now);
  const second = first === null ? null : nextTick(now);
  return first === null || second === null ? Number.POSITIVE_INFINITY : second - first;
}

export const isCoarse = ({ resolution }: Pick<Clock, "resolution">): boolean => resolution > coarse;

/** The message on the page. */
export function coarseWords({ resolution }: Pick<Clock, "resolution">): string {
  return Number.isFinite(resolution)
    ? `This browser's clock moves only every ${Math.round(resolution)} ms (a privacy setting), so times are rough.`
    : "This browser's clock does not move, so nothing can be timed.";
}
