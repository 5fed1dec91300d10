// The wall between page and engine: every message that may pass it. Types only.
import type { TableSummary } from "../data/table/summary";
import type { TargetScale } from "../data/types";
import type { FieldValue } from "../experiment/fields";
import type { Experiment, FieldPath } from "../experiment/schema";
import type { Account } from "../training/account";
import type { BackendReport } from "../training/backends/choose";
import type {
  ClassGrid,
  CurvePoint,
  Divergence,
  DriftReport,
  EarlyStop,
  FoundPictures,
  Frame,
  Grouping,
  LiveChange,
  Look,
  PanelName,
  PartMetrics,
} from "../training/telemetry";

export type { AnswerOption, ColumnSummary, TableSummary } from "../data/table/summary";
export type { TargetScale } from "../data/types";
export type { Account } from "../training/account";
export type { BackendCandidate, BackendReport } from "../training/backends/choose";
export type * from "../training/telemetry";

export type BackendName = "webgpu" | "webgl" | "wasm" | "cpu";
export type BackendChoice = BackendName | "auto";

/** What the page shows of the data set. */
export interface DatasetSummary {
  readonly classNames: readonly string[];
  readonly featureNames: readonly string[];
  readonly counts: { readonly train: number; readonly validation: number; readonly test: number };
  /** Ways to divide the examples whose accuracies the page may compare; empty for regression. */
  readonly groupings?: readonly Grouping[];
  /** Tables of values: the column that is predicted, which losses are standardized by; else absent. */
  readonly target?: TargetScale;
  /** Planar sets and curves: raw coordinates (2 or 1 per example) with label or target; else null. */
  readonly points: {
    readonly train: PointSet;
    readonly validation: PointSet;
  } | null;
}

export interface PointSet {
  /** Raw coordinates, [count, 1 or 2]. */
  readonly coordinates: Float32Array;
  readonly labels: Int32Array;
  readonly targets: Float32Array;
  readonly mislabelled: Uint8Array;
}

export interface NetworkSummary {
  readonly parameters: number;
  readonly layers: readonly {
    readonly name: string;
    readonly inputs: number;
    readonly outputs: number;
    readonly activation: string;
    readonly parameters: number;
  }[];
}

export interface StartReply {
  readonly backend: BackendReport;
  readonly dataset: DatasetSummary;
  readonly network: NetworkSummary;
  readonly stepsPerEpoch: number;
  /** Measurements before the first step. */
  readonly frame: Frame;
}

export type RunState = "ready" | "training" | "paused" | "finished" | "stopped" | "diverged";

export interface StatusReply {
  readonly state: RunState;
  readonly step: number;
  readonly epoch: number;
}

export interface FinalMetrics {
  readonly train: PartMetrics;
  readonly validation: PartMetrics;
  readonly test: PartMetrics;
  /** Epochs done when the weights were taken. */
  readonly epoch: number;
}

/** Everything that the page may ask, with the answer to each. */
export interface Calls {
  /** Loads data, chooses a backend, builds the network. First call on a worker, once. */
  start: {
    request: {
      readonly experiment: Experiment;
      readonly backend: BackendChoice;
      /** Address of the site's folder with data files, absolute, ending in "/". */
      readonly datasetsUrl: string;
      /** Files that the user dropped; they win over the folder. */
      readonly files: readonly File[];
      /** Address of the folder with the WASM binaries, absolute, ending in "/". */
      readonly wasmUrl: string;
    };
    reply: StartReply;
  };
  /** Looks into a table without making a run of it; needs no start. */
  inspect: {
    request: { readonly file: File; readonly data: Experiment["data"] };
    reply: TableSummary;
  };
  /** Trains until the last epoch, a pause or a divergence. Answers at once; progress comes as events. */
  train: { request: Record<string, never>; reply: StatusReply };
  pause: { request: Record<string, never>; reply: StatusReply };
  /** Trains one step or one epoch, then pauses; answers when done. */
  advance: { request: { readonly unit: "step" | "epoch" }; reply: StatusReply };
  /** Back to the same initial weights, with the settings in force now. */
  reset: { request: Record<string, never>; reply: StatusReply };
  /** Applies live settings between two steps. Other settings are refused. */
  change: {
    request: {
      readonly changes: readonly { readonly path: FieldPath; readonly value: FieldValue }[];
    };
    reply: { readonly changes: readonly LiveChange[] };
  };
  /** Which panels are visible, and what they look at more closely; frames carry only what they need. */
  watch: {
    request: {
      readonly panels: readonly PanelName[];
      readonly framesPerSecond: number;
      /** Left out: as before, at first the first picture and unit. */
      readonly look?: Look;
    };
    reply: StatusReply;
  };
  /** Spreads a whole run over at least so many seconds, so that eyes can follow; 0 is full speed. */
  follow: { request: { readonly leastSeconds: number }; reply: StatusReply };
  /** Class probabilities (or values in their own unit) for raw inputs [count, inputSize]: the drawing pad. Pixels 0 … 255. */
  predict: {
    request: { readonly inputs: Float32Array };
    reply: { readonly outputs: Float32Array };
  };
  /** What the engine holds in memory. */
  account: { request: Record<string, never>; reply: Account };
  /** Validation pictures of a true class and, unless null, of one answer: a cell of the confusion matrix. */
  find: {
    request: { readonly truth: number; readonly predicted: number | null };
    reply: FoundPictures;
  };
  /** A few training pictures of every class. */
  classGrid: { request: Record<string, never>; reply: ClassGrid };
  /**
   * Accuracy on validation pictures with noise, blur, rotation and brightness at three strengths. wanted false ends the
   * test under way; an ended test answers null. Its progress comes as events.
   */
  drift: { request: { readonly wanted: boolean }; reply: DriftReport | null };
  /** Evaluates all three parts in full; the only way to test figures. */
  reveal: { request: Record<string, never>; reply: FinalMetrics };
}

export type CallName = keyof Calls;

/** Client to worker. */
export type RequestMessage = {
  [Name in CallName]: {
    readonly id: number;
    readonly call: Name;
    readonly request: Calls[Name]["request"];
  };
}[CallName];

/** Worker to client: an answer to the request with the same id. */
export type ReplyMessage =
  | { readonly id: number; readonly reply: unknown }
  | { readonly id: number; readonly error: EngineErrorDescription };

/** A failure in words for the page. */
export interface EngineErrorDescription {
  /** "data-missing": no files for the data set; "data-bad": files are damaged; "backend": none works; "internal": a defect. */
  readonly kind:
    | "data-missing"
    | "data-bad"
    | "backend"
    | "bad-request"
    | "timed-out"
    | "worker-lost"
    | "internal";
  readonly message: string;
}

/** Worker to client, unasked. */
export type EventMessage =
  | { readonly event: "frame"; readonly frame: Frame }
  | { readonly event: "status"; readonly status: StatusReply }
  | { readonly event: "diverged"; readonly divergence: Divergence }
  | { readonly event: "stopped"; readonly stop: EarlyStop }
  /** What start is busy with; fraction in [0, 1] or null when unknown. */
  | { readonly event: "progress"; readonly what: string; readonly fraction: number | null }
  /** Share of the test on corrupted pictures that is done, in (0, 1]. */
  | { readonly event: "drift"; readonly share: number }
  | { readonly event: "failure"; readonly error: EngineErrorDescription };

export type { CurvePoint, Frame };
