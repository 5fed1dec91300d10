// What a kind of reference case is to the runner.
import type { Deviations } from "./deviations";
import type { Limits } from "./limits";

/** The parsed content of a reference file; nothing is known of it yet. */
export type Content = Readonly<Record<string, unknown>>;

/** How training steps were taken on a backend that can replay them. */
export interface Execution {
  readonly taken: number;
  /** Those that were replayed from a recording. */
  readonly replayed: number;
  /** Why steps are not replayed; null where they are. */
  readonly reason: string | null;
}

/** What a run says of itself besides its numbers. */
export interface RunNotes {
  /** Null where nothing is trained, or the backend replays nothing. */
  execution: Execution | null;
}

/** Adds the steps of one training to those noted before. */
export function noteExecution(notes: RunNotes, execution: Execution | null): void {
  if (!execution) return;
  const before = notes.execution ?? { taken: 0, replayed: 0 };
  notes.execution = {
    taken: before.taken + execution.taken,
    replayed: before.replayed + execution.replayed,
    reason: execution.reason,
  };
}

/** "19 of 20", with the reason where steps are not replayed. */
export function executionText({ execution }: RunNotes): string | null {
  if (!execution) return null;
  const { taken, replayed, reason } = execution;
  return `${replayed} of ${taken}${reason === null ? "" : `: ${reason}`}`;
}

export interface Family {
  /** For people: "training run". */
  readonly name: string;
  /** Decides by what the file holds, not by what it is called. */
  recognises(content: Content): boolean;
  /** What this version cannot do; empty when the case can be run. */
  unsupported?(content: Content): string[];
  /** Computes everything that the file records and compares. @throws RangeError when the file is not as it should be. */
  run(
    content: Content,
    deviations: Deviations,
    limits: Limits,
    notes: RunNotes,
  ): Promise<void> | void;
}
