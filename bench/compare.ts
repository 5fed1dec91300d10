// Runs the contenders of one comparison in turn, round after round, so that whatever else the machine does hits all alike.
import type { Comparison, Entry } from "./entries";
import type { ContenderPage, Round } from "./pages/contender";

/** How long to measure. */
export interface Plan {
  /** Leaves slow contenders out. */
  readonly quick: boolean;
  readonly rounds: number;
  /** Least steps before the first round: compiling is no part of training. */
  readonly warmUpSteps: number;
  /** Time that a contender gets in a round; at least one step is taken. */
  readonly roundMilliseconds: number;
}

export interface EntryResult {
  readonly entry: Entry;
  /** Why there are no figures, or null. */
  readonly failure: string | null;
  readonly device: string | null;
  readonly rounds: readonly Round[];
  readonly stepsPerRound: number;
  readonly firstLoss: number | null;
  readonly lastLoss: number | null;
  readonly dispatches: number | null;
}

export interface ComparisonResult {
  readonly comparison: Comparison;
  readonly results: readonly EntryResult[];
}

/** A contender wherever it runs: in a page of a browser, or in a process. */
export interface OpenContender extends ContenderPage {
  close(): Promise<void>;
}

/** Opens the place where an entry of the comparisons runs. */
export type Opener = (entry: Entry) => Promise<OpenContender>;

class Runner {
  failure: string | null = null;
  private held: OpenContender | null = null;
  private device: string | null = null;
  private firstLoss: number | null = null;
  private stepsPerRound = 1;
  private dispatches: number | null = null;
  private readonly rounds: Round[] = [];

  private constructor(readonly entry: Entry) {}

  static async open(opener: Opener, comparison: Comparison, entry: Entry, quick: boolean) {
    const runner = new Runner(entry);
    if (quick && entry.slow) runner.failure = "left out of the quick run";
    await runner.guard(async () => {
      runner.held = await opener(entry);
      runner.device = await runner.contender.prepare(comparison.network, entry.backend);
    });
    return runner;
  }

  private get contender(): OpenContender {
    if (!this.held) throw new Error("The contender was not opened.");
    return this.held;
  }

  async warmUp({ warmUpSteps, roundMilliseconds }: Plan): Promise<void> {
    await this.guard(async () => {
      const { firstLoss, milliseconds } = await this.contender.warmUp(warmUpSteps);
      this.firstLoss = firstLoss;
      this.stepsPerRound = Math.max(1, Math.floor(roundMilliseconds / milliseconds));
    });
  }

  async round(): Promise<void> {
    await this.guard(async () => {
      this.rounds.push(await this.contender.round(this.stepsPerRound));
    });
  }

  async close(): Promise<EntryResult> {
    await this.guard(async () => {
      this.dispatches = await this.contender.countDispatches();
    });
    await this.held?.close();
    const lastLoss = this.rounds.at(-1)?.loss ?? null;
    this.failure ??= whyNotTraining(this.firstLoss, lastLoss);
    const { entry, failure, device, rounds, stepsPerRound, firstLoss, dispatches } = this;
    return { entry, failure, device, rounds, stepsPerRound, firstLoss, lastLoss, dispatches };
  }

  /** Does the work unless something failed before; what fails now is kept as the reason. */
  private async guard(work: () => Promise<void>): Promise<void> {
    if (this.failure !== null) return;
    try {
      await work();
    } catch (error) {
      this.failure = shortReason(error);
    }
  }
}

/** The first sentence of an error from the page, without the names of functions around it. */
export function shortReason(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const line = (text.split("\n")[0] ?? "").replace(/^.*?page\.\w+: (?:\w*Error: )?/, "").trim();
  return line.length > 160 ? `${line.slice(0, 159)}…` : line;
}

/** A contender that does not learn has not been timed at training. */
export function whyNotTraining(first: number | null, last: number | null): string | null {
  if (first === null || last === null) return "no step was timed";
  if (!Number.isFinite(first) || !Number.isFinite(last)) return "invalid: its loss is not finite";
  if (last < first) return null;
  return `invalid: it does not learn (loss ${first.toFixed(3)} → ${last.toFixed(3)})`;
}

/** Measures all contenders of a comparison, alternating. @param say told what is being done. */
export async function runComparison(
  opener: Opener,
  comparison: Comparison,
  plan: Plan,
  say: (text: string) => void,
): Promise<ComparisonResult> {
  const runners: Runner[] = [];
  for (const entry of comparison.entries) {
    say(`${comparison.id}: ${entry.title} warms up`);
    const runner = await Runner.open(opener, comparison, entry, plan.quick);
    await runner.warmUp(plan);
    runners.push(runner);
  }
  for (let round = 1; round <= plan.rounds; round++) {
    say(`${comparison.id}: round ${round} of ${plan.rounds}`);
    for (const runner of runners) await runner.round();
  }
  const results: EntryResult[] = [];
  for (const runner of runners) results.push(await runner.close());
  return { comparison, results };
}
