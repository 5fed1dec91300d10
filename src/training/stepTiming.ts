// Times training steps from outside: several between two reads, since on some browsers a read alone takes 100 ms.
import type { Clock } from "./clock";
import { workBetweenReads } from "./sliceBudget";

/** Timing goes on for at least so many ticks of the clock, which bounds its error, */
const ticks = 20;
/** but no longer than this, in milliseconds; a coarse clock has moved a few times by then. */
const longest = 400;
/** Rounds at least, where steps are quick: two unknowns and a round to spare. */
const fewestRounds = 3;
/** Longest round, in milliseconds of steps. */
const longestRound = 150;
/** Where the clock hardly moves, timing ends here; earlier where it was not seen to move at all. */
const mostSteps = 2000;
const mostUntimed = 64;

export interface StepTime {
  /** Milliseconds of a step, reading left out; 0 where the clock did not move. */
  readonly perStep: number;
  /** Milliseconds of reading one number back. */
  readonly perRead: number;
}

interface Round {
  readonly steps: number;
  readonly milliseconds: number;
}

/** @param take takes so many steps, then reads one number and with it waits for them */
export async function timeRounds(
  take: (steps: number) => Promise<void>,
  { now, resolution }: Clock,
): Promise<StepTime> {
  const rounds: Round[] = [];
  const wanted = Math.min(ticks * resolution, longest);
  const most = Number.isFinite(resolution) ? mostSteps : mostUntimed;
  let sum: Round = { steps: 0, milliseconds: 0 };
  for (let steps = 1; steps > 0 && sum.steps < most; steps = nextSteps(rounds)) {
    const start = now();
    await take(steps);
    const milliseconds = now() - start;
    rounds.push({ steps, milliseconds });
    sum = { steps: sum.steps + steps, milliseconds: sum.milliseconds + milliseconds };
    const enough = rounds.length >= fewestRounds && sum.milliseconds >= wanted;
    if (enough || sum.milliseconds >= longest) break;
  }
  return split(rounds, sum, resolution);
}

/** Milliseconds per further step, by the first round and the last; 0 where more steps took no more time. */
function slope(rounds: readonly Round[]): number {
  const [first, last] = [rounds[0], rounds.at(-1)];
  if (!first || !last || last.steps <= first.steps) return 0;
  return Math.max(0, last.milliseconds - first.milliseconds) / (last.steps - first.steps);
}

/** Steps of the next round: more than in the last, as many as time allows; 0 where that is no more. */
function nextSteps(rounds: readonly Round[]): number {
  const { steps, milliseconds } = rounds.at(-1) as Round;
  if (rounds.length === 1) return milliseconds > longest / 2 ? 0 : 2;
  const next = Math.min(4 * steps, Math.floor(longestRound / slope(rounds)));
  return next > steps ? next : 0;
}

/** What belongs to the steps and what to the read that ends each round. */
function split(rounds: readonly Round[], sum: Round, resolution: number): StepTime {
  const last = rounds.at(-1) as Round;
  const perStep = slope(rounds);
  const more = last.milliseconds - (rounds[0] as Round).milliseconds;
  // Rounds that differ by no more than the clock can tell say nothing of how the time divides.
  if (perStep === 0 || more < 4 * resolution)
    return { perStep: sum.milliseconds / sum.steps, perRead: 0 };
  return { perStep, perRead: Math.max(0, last.milliseconds - perStep * last.steps) };
}

/** Milliseconds per step as they will come out in training, where a read ends every slice. */
export function sharedOut({ perStep, perRead }: StepTime): number {
  return perStep * (1 + perRead / workBetweenReads(perRead));
}
