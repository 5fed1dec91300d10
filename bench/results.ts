// Everything that one run of the bench measures. Types only; also the shape of the JSON file.
import type { ComparisonResult } from "./compare";
import type { ProductsResult, TelemetryResult } from "./inside";
import type { LiveResult } from "./live";
import type { OptimizerResult } from "./optimizerBench";
import type { Responsiveness } from "./responsiveness";
import type { StartResult } from "./start";

export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly browser: string;
  readonly date: string;
  /** Mean number of busy programs over the last minute before the bench began. */
  readonly loadBefore: number;
}

/** Parts that were not asked for are null. */
export interface BenchResults {
  readonly machine: Machine;
  readonly comparisons: readonly ComparisonResult[];
  readonly products: ProductsResult | null;
  readonly telemetry: TelemetryResult | null;
  readonly optimizer: OptimizerResult | null;
  readonly live: readonly LiveResult[];
  readonly responsiveness: Responsiveness | null;
  readonly start: StartResult | null;
}
