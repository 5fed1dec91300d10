// What a run reports: the shapes of everything that leaves the engine. Types only, no tensors.
import type { FieldValue } from "../experiment/fields";
import type { PenaltyTermName } from "../experiment/hyperparameters";
import type { PanelData } from "./views";

export type * from "./reportTypes";
export type { PanelData, PanelName } from "./views";
export type * from "./viewTypes";

/** Loss and accuracy of one part, measured in the mode that the experiment asks for. */
export interface PartMetrics {
  /** Mean data loss (cross entropy in nats, or mean squared error). */
  readonly loss: number;
  /** Share of correct predictions in [0, 1]; null for regression. */
  readonly accuracy: number | null;
}

/**
 * λ·Ω(w) of every regularizer in force at one moment: penalties are part of the loss; decay and proximal steps are not, and the
 * value is what they would be as penalties.
 */
export type PenaltyValues = Readonly<Partial<Record<PenaltyTermName, number>>>;

/** One point of the curves. Points lie at steps fixed by the experiment, so two runs give the same points. */
export interface CurvePoint {
  readonly step: number;
  /** Epochs done, with fraction. */
  readonly epoch: number;
  readonly train: PartMetrics;
  readonly validation: PartMetrics;
  /** Validation with the averaged weights, where the experiment keeps an average and it has begun. */
  readonly averaged?: PartMetrics;
  readonly penalties: PenaltyValues;
  /** L2 norm of the gradient of the total loss at the last step, null before the first. */
  readonly gradientNorm: number | null;
  /** The same after clipping: the length that the optimizer worked with. Absent before the first step. */
  readonly clippedNorm?: number;
  /** Learning rate of the last step, schedule included. Absent before the first step. */
  readonly learningRate?: number;
  /** L2 norm of all kernels together. */
  readonly weightNorm: number;
  /** Share of all parameters with |w| < 1e-3, exact zeros included, in [0, 1]. */
  readonly nearZero: number;
  /** Share of all parameters that are exactly 0, in [0, 1]. */
  readonly exactZero: number;
  /** Another look at a step that was measured before: it takes that point's place, and what came after stays. */
  readonly again?: true;
}

/** How a graphics backend takes its steps. */
export interface StepExecution {
  /** Operations of a step that was recorded once and is replayed as a whole; 0 while operations are sent one at a time. */
  readonly operations: number;
  /** Why steps cannot be replayed, in words; null while nothing stands in the way. */
  readonly reason: string | null;
}

/** One message of measurements; parts that no visible panel needs are left out. */
export interface Frame extends Partial<PanelData> {
  readonly step: number;
  readonly epoch: number;
  /** Only where the backend can replay steps. */
  readonly execution?: StepExecution;
  /** Steps per second since training last started, evaluation included; 0 while paused. */
  readonly stepsPerSecond: number;
  /** Points since the last frame. */
  readonly points: readonly CurvePoint[];
}

/** A change of a strength or rate while training. */
export interface LiveChange {
  readonly path: string;
  readonly from: FieldValue;
  readonly to: FieldValue;
  readonly step: number;
  readonly epoch: number;
}

/** Training ended because validation had not improved for as long as the experiment's patience. */
export interface EarlyStop {
  /** Epochs done when it ended. */
  readonly epoch: number;
  /** Epochs done at the best moment, whose weights are back. */
  readonly bestEpoch: number;
}

/** Why training ended by itself. */
export interface Divergence {
  readonly step: number;
  readonly epoch: number;
  /** What became NaN or infinite first: "training loss", or "weights of" a layer. */
  readonly quantity: string;
  /** Where the last good weights are from, to which the run returned; training may go on from there. */
  readonly restored: { readonly step: number; readonly epoch: number };
}
