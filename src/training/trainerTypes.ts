// What the trainer needs from outside, and what it says of itself. Types only.
import type { Divergence, EarlyStop, Frame } from "./telemetry";

export type TrainerState = "ready" | "training" | "paused" | "finished" | "stopped" | "diverged";

export interface TrainerStatus {
  readonly state: TrainerState;
  readonly step: number;
  readonly epoch: number;
}

/** What the trainer needs from outside: it has no clock and no messages of its own. */
export interface TrainerHost {
  /** Milliseconds from any fixed moment. */
  now(): number;
  /** Lets waiting messages be handled. */
  breathe(): Promise<void>;
  /** Waits; without it, runs go at full speed. */
  rest?(milliseconds: number): Promise<void>;
  onFrame(frame: Frame): void;
  onStatus(status: TrainerStatus): void;
  onDivergence(divergence: Divergence): void;
  onEarlyStop(stop: EarlyStop): void;
  /** Share of the test on corrupted pictures that is done, in (0, 1]. */
  onDrift?(share: number): void;
}

export interface TrainerOptions {
  /** Largest single tensor that the backend can hold, in bytes. */
  readonly maximumTensorBytes: number;
  /** True where a value can be read without waiting (cpu, wasm): divergence is then seen at the very step. */
  readonly readsAtOnce: boolean;
  /** Least time that the host's clock can tell, in milliseconds; left out where it is fine. */
  readonly clockResolution?: number;
  /** Points at the end of every epoch instead of the page's schedule. */
  readonly everyEpoch?: boolean;
}
