// What a kind of reference case is to the runner.
import type { Deviations } from "./deviations";
import type { Limits } from "./limits";

/** The parsed content of a reference file; nothing is known of it yet. */
export type Content = Readonly<Record<string, unknown>>;

export interface Family {
  /** For people: "training run". */
  readonly name: string;
  /** Decides by what the file holds, not by what it is called. */
  recognises(content: Content): boolean;
  /** What this version cannot do; empty when the case can be run. */
  unsupported?(content: Content): string[];
  /** Computes everything that the file records and compares. @throws RangeError when the file is not as it should be. */
  run(content: Content, deviations: Deviations, limits: Limits): Promise<void> | void;
}
