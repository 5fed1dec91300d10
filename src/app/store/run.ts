// The state of the one run on the page, as small plain values that components can subscribe to.
import { create } from "zustand";
import type { Experiment } from "../../experiment/schema";
import type {
  BackendReport,
  DatasetSummary,
  Divergence,
  EarlyStop,
  EngineErrorDescription,
  FinalMetrics,
  NetworkSummary,
  RunState,
  StepExecution,
} from "../../worker/protocol";
import type { DriftTest } from "../logic/drift";
import { RunHistory } from "../logic/history";
import type { Mark } from "../logic/marks";

export type Phase =
  /** No worker yet. */
  | "none"
  /** A worker loads data, times backends and builds the network. */
  | "starting"
  /** The worker answers. */
  | "live"
  /** It could not start, or was lost. What it measured stays. */
  | "failed";

export interface Run {
  phase: Phase;
  /** True between a change that needs a new run and that run's start. */
  pending: boolean;
  /** Train was pressed before the run was ready. */
  wantsTraining: boolean;
  progress: { readonly what: string; readonly fraction: number | null } | null;
  state: RunState;
  step: number;
  epoch: number;
  stepsPerSecond: number;
  stepsPerEpoch: number;
  /** The settings that the run on the page was started with. */
  experiment: Experiment | null;
  backend: BackendReport | null;
  /** How a graphics backend takes its steps; null where there is only one way. */
  execution: StepExecution | null;
  dataset: DatasetSummary | null;
  network: NetworkSummary | null;
  marks: readonly Mark[];
  divergence: Divergence | null;
  /** Set when training ended because validation no longer improved. */
  earlyStop: EarlyStop | null;
  failure: EngineErrorDescription | null;
  /** Figures of the opened test set, with the epoch at which they were measured. */
  test: FinalMetrics | null;
  /** The test set is being measured. */
  revealing: boolean;
  /** The latest test on corrupted pictures. */
  drift: DriftTest | null;
  /** Share of such a test that is done, in [0, 1]; null where none is under way. */
  driftShare: number | null;
}

export const closedTest = { test: null, revealing: false, drift: null, driftShare: null } as const;

export const untouchedRun: Run = {
  phase: "none",
  pending: false,
  wantsTraining: false,
  progress: null,
  state: "ready",
  step: 0,
  epoch: 0,
  stepsPerSecond: 0,
  stepsPerEpoch: 1,
  experiment: null,
  backend: null,
  execution: null,
  dataset: null,
  network: null,
  marks: [],
  divergence: null,
  earlyStop: null,
  failure: null,
  ...closedTest,
};

/** True where Train can only begin anew: the last epoch is over, or the patience. After a divergence it goes on from good weights. */
export function isOver({ state, epoch }: Run, totalEpochs: number): boolean {
  return state === "stopped" || (state !== "training" && epoch >= totalEpochs - 1e-9);
}

export const useRun = create<Run>(() => untouchedRun);

/** The measurements of the run on the page. */
export const history = new RunHistory();
