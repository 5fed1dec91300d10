// The whole of a run as plain data: what was tried, on what, and everything that was measured.
import type { TargetScale } from "../data/types";
import type { Experiment } from "../experiment/schema";
import type { CurvePoint, Divergence, LayerStatistics, PartMetrics } from "../training/telemetry";

/** A run as `--json` writes it. */
export interface RunRecord {
  readonly format: "regularization-playground-run";
  readonly version: 1;
  readonly experiment: Experiment;
  /** The experiment as the text after "#". */
  readonly link: string;
  readonly seed: number;
  readonly backend: { readonly name: string; readonly device: string | null; readonly why: string };
  readonly versions: Readonly<Record<string, string>>;
  readonly outcome: "finished" | "stopped" | "diverged";
  /** What became NaN or infinite first and when, and from where `final` and `parameters` are; null otherwise. */
  readonly divergence: Divergence | null;
  /** Measured at the end of every epoch, on at most 1,000 examples a part; the first is the untrained network. */
  readonly epochs: readonly CurvePoint[];
  /** Measured at the end on all examples. */
  readonly final: {
    readonly train: PartMetrics;
    readonly validation: PartMetrics;
    readonly test: PartMetrics;
    /** Train minus validation accuracy in [−1, 1]; for regression validation minus train loss. */
    readonly gap: number;
  };
  /** Tables of values: what losses are standardized by; a typical error is deviation·√loss. Else absent. */
  readonly target?: TargetScale;
  readonly layers: readonly LayerStatistics[];
  readonly nearZero: number;
  readonly exactZero: number;
  readonly stepsPerSecond: number;
  /** Trained parameters by name, flat, row-major; kernels are [inputs, outputs]. */
  readonly parameters: Readonly<
    Record<string, { readonly shape: readonly number[]; readonly values: readonly number[] }>
  >;
}

/** The generalization gap of two parts, in the unit of RunRecord.final.gap. */
export function generalizationGap(train: PartMetrics, validation: PartMetrics): number {
  return train.accuracy !== null && validation.accuracy !== null
    ? train.accuracy - validation.accuracy
    : validation.loss - train.loss;
}
