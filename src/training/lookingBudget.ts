// Keeps what looking at a run costs within a small share of its time, by measuring it: what is dear is looked at less often.
import { isCoarse } from "./clock";

/** Share of the time that looking may take while a run trains. */
export const lookingShare = 0.035;
/** What was not used is saved up for at most this long, in milliseconds of training. */
const longestSaving = 1000;
/** What a run may spend right at its start, in milliseconds: runs that last a second are the ones to be watched. */
const opening = 200;

/** A clock that does not move counts as one that moves so seldom, in milliseconds. */
const coarsest = 100;
/** A look that is too short for a coarse clock counts as this part of its tick. */
const unseenPart = 0.1;

export class LookingBudget {
  /** Milliseconds that may be spent; below 0 what is owed. */
  private credit = 0;
  private last = Number.NaN;
  private total = 0;
  private readonly least: number;

  /** @param resolution of the clock, in milliseconds */
  constructor(resolution = 0) {
    this.least = isCoarse({ resolution }) ? unseenPart * Math.min(resolution, coarsest) : 0;
  }

  /** Milliseconds spent since the run was made. */
  get spent(): number {
    return this.total;
  }

  /** Training starts or goes on. @param now milliseconds from any fixed moment. @param opens no step was taken yet */
  begin(now: number, opens: boolean): void {
    this.last = now;
    this.credit = opens ? opening : 0;
  }

  /** Looking took so many milliseconds. */
  spend(milliseconds: number): void {
    const counted = Math.max(milliseconds, this.least);
    this.credit -= counted;
    this.total += counted;
  }

  /** True while nothing is owed. */
  affords(now: number): boolean {
    if (Number.isNaN(this.last)) this.last = now;
    const most = Math.max(this.credit, lookingShare * longestSaving);
    this.credit = Math.min(this.credit + lookingShare * (now - this.last), most);
    this.last = now;
    return this.credit >= 0;
  }
}
