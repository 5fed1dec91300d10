// What a run reports: the shapes of everything that leaves the engine. Types only, no tensors.

/** Loss and accuracy of one part, measured in evaluation mode. */
export interface PartMetrics {
  /** Mean data loss (cross entropy in nats, or mean squared error). */
  readonly loss: number;
  /** Share of correct predictions in [0, 1]; null for regression. */
  readonly accuracy: number | null;
}

/** Values of the penalty terms at one moment; a term is absent while its strength is 0. */
export interface PenaltyValues {
  /** λ·Σ|w|, in the loss. */
  readonly l1?: number;
  /** λ/2·Σw², in the loss. */
  readonly l2?: number;
  /** λ/2·Σw² that decoupled weight decay stands for; not in the loss. */
  readonly decay?: number;
  /** λ·Σ|w| that the proximal step stands for; not in the loss. */
  readonly l1Proximal?: number;
}

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
  /** L2 norm of all kernels together. */
  readonly weightNorm: number;
  /** Share of all parameters with |w| < 1e-3, exact zeros included, in [0, 1]. */
  readonly nearZero: number;
  /** Share of all parameters that are exactly 0, in [0, 1]. */
  readonly exactZero: number;
}

/** State of one layer's kernel. */
export interface LayerStatistics {
  readonly name: string;
  /** [inputs, outputs] */
  readonly shape: readonly number[];
  readonly parameters: number;
  readonly norm1: number;
  readonly norm2: number;
  readonly largest: number;
  /** Shares in [0, 1] of the kernel's entries. */
  readonly nearZero: number;
  readonly exactZero: number;
  /** 64 counts over [−range, range]; range is a power of two and values outside fall into the end bins. */
  readonly histogram: readonly number[];
  readonly range: number;
}

/** Class probabilities over the input plane. */
export interface BoundaryMap {
  /** Grid points per side. */
  readonly size: number;
  /** [left, right, bottom, top] in raw data coordinates. */
  readonly domain: readonly [number, number, number, number];
  readonly classes: number;
  /** [size · size, classes], row 0 at the top. */
  readonly probabilities: Float32Array;
}

/** Activation of every hidden unit over the input plane. */
export interface NeuronMaps {
  readonly size: number;
  readonly domain: readonly [number, number, number, number];
  /** Per hidden layer [units, size · size], row 0 at the top. */
  readonly layers: readonly { readonly units: number; readonly activations: Float32Array }[];
  /** Kernel of each dense layer, row-major [inputs, outputs], for the lines between units. */
  readonly kernels: readonly Float32Array[];
}

/** The function that a regression network has become. */
export interface FittedCurve {
  /** Raw input coordinates, ascending. */
  readonly x: Float32Array;
  readonly y: Float32Array;
}

/** A picture with what the network thinks of it. */
export interface JudgedPicture {
  /** Index in its part. */
  readonly index: number;
  readonly part: "train" | "validation";
  readonly label: number;
  readonly predicted: number;
  /** Probability of the predicted class. */
  readonly confidence: number;
  readonly loss: number;
  readonly mislabelled: boolean;
  /** Bytes 0 … 255, row-major [height, width, channels]. */
  readonly pixels: Uint8Array;
}

export interface Gallery {
  readonly width: number;
  readonly height: number;
  /** 1 for grey, 3 for red, green, blue. */
  readonly channels: number;
  /** The same pictures in every frame. */
  readonly sample: readonly JudgedPicture[];
  /** Wrong validation pictures, largest loss first. */
  readonly worst: readonly JudgedPicture[];
  /** Mislabelled training pictures: has the network come to believe the wrong label? */
  readonly mislabelled: readonly JudgedPicture[];
}

export type Panel = "weights" | "boundary" | "neurons" | "curve" | "gallery";

/** One message of measurements; parts that no visible panel needs are left out. */
export interface Frame {
  readonly step: number;
  readonly epoch: number;
  /** Steps per second since training last started, evaluation included; 0 while paused. */
  readonly stepsPerSecond: number;
  /** Points since the last frame. */
  readonly points: readonly CurvePoint[];
  readonly layers?: readonly LayerStatistics[];
  readonly boundary?: BoundaryMap;
  readonly neurons?: NeuronMaps;
  readonly curve?: FittedCurve;
  readonly gallery?: Gallery;
}

/** A change of a strength or rate while training. */
export interface LiveChange {
  readonly path: string;
  readonly from: number | string;
  readonly to: number | string;
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
  /** What became NaN or infinite first: "training loss", "gradient" or the name of a layer. */
  readonly quantity: string;
}
