// Reference files and what came of them: what the ways to run them hand to each other.
import type { GoldenResult } from "../golden/run";

/** A reference file with its parsed content. */
export interface GoldenFile {
  readonly name: string;
  readonly content: unknown;
}

/** A result with the time that it took. */
export interface TimedResult extends GoldenResult {
  readonly milliseconds: number;
}
