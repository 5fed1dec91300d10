// What the pictures and tables of a run are made of. Types only, no tensors.
import type { CorruptionKind } from "../data/corruptions";

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
  /** Per hidden layer. */
  readonly layers: readonly {
    readonly units: number;
    /** [units, size · size], row 0 at the top. */
    readonly activations: Float32Array;
    /** 1 where the next step silences a unit for the first example of its batch, [units]; null without dropout. */
    readonly dropped: Uint8Array | null;
  }[];
  /** The same for the inputs. */
  readonly droppedInputs: Uint8Array | null;
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

/** Validation pictures of one true class, and of one answer of the network where that was asked. */
export interface FoundPictures {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  /** How many there are among those looked through. */
  readonly found: number;
  /** Some of them, the network's surest answers first. */
  readonly pictures: readonly JudgedPicture[];
}

/** Training pictures of every class, as they are. */
export interface ClassGrid {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  /** In the order of the classes. */
  readonly classes: readonly {
    /** Training pictures with this label. */
    readonly count: number;
    /** The first of them. */
    readonly pictures: readonly {
      /** Index in the training part. */
      readonly index: number;
      /** The label was replaced on purpose. */
      readonly mislabelled: boolean;
      /** Bytes, row-major [height, width, channels]. */
      readonly pixels: Uint8Array;
    }[];
  }[];
}

/** How the network fares on one version of the validation pictures. */
export interface DriftVersion {
  /** Null for the pictures as they are. */
  readonly kind: CorruptionKind | null;
  /** 0 for the pictures as they are, else 1 (weak), 2 or 3 (strong). */
  readonly strength: number;
  /** Share of right answers in [0, 1]. */
  readonly accuracy: number;
  /** Right answers per true class. */
  readonly right: readonly number[];
  /** The first picture in this version: bytes, row-major [height, width, channels]. */
  readonly picture: Uint8Array;
}

/** Validation pictures as they are and corrupted: twelve versions after the clean one. */
export interface DriftReport {
  /** Pictures per version, the first ones of the validation part. */
  readonly count: number;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  /** Pictures per class. */
  readonly support: readonly number[];
  readonly versions: readonly DriftVersion[];
}

/** Weights of one layer as small pictures, one per unit or filter and channel. */
export interface KernelPictures {
  readonly name: string;
  readonly kind: "convolution" | "dense";
  /** What its inputs are: the picture's own channels, or the maps of the block before. */
  readonly sees: "picture" | "maps";
  /** Units or filters of the layer, and how many of them come with their weights, from number `first` on. */
  readonly units: number;
  readonly first: number;
  readonly shown: number;
  /** Input channels or maps of the layer, and how many of them are shown, from the first on. */
  readonly channels: number;
  readonly shownChannels: number;
  readonly height: number;
  readonly width: number;
  /** [shown, shownChannels, height, width] */
  readonly weights: Float32Array;
  /** Largest |w| of every unit, shown or not, over all its inputs, [units]; 0: the unit is off. */
  readonly largest: Float32Array;
}

/** What one place of the network makes of the chosen picture, in evaluation mode. */
export interface ActivationStage {
  /** "input", the name of a layer, or "features" for what a CNN's blocks hand on. */
  readonly name: string;
  /** Whole maps, or single values. */
  readonly kind: "maps" | "units";
  readonly units: number;
  /** How many come with their values, from the first on; 0 for the input. */
  readonly shown: number;
  /** 1 × 1 for single values. */
  readonly height: number;
  readonly width: number;
  /** [shown, height, width], row 0 at the top. */
  readonly values: Float32Array;
  /** 1 where the next training step silences a unit for an example at `row` of its batch, [units]; null without dropout. */
  readonly dropped: Uint8Array | null;
}

/** A validation picture to choose from. */
export interface PictureChoice {
  readonly index: number;
  readonly label: number;
  /** Bytes 0 … 255, [height, width, channels]. */
  readonly pixels: Uint8Array;
}

/** The way of one picture through the network. */
export interface ActivationMaps {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** Pictures that can be chosen. */
  readonly choices: readonly PictureChoice[];
  /** Index of the chosen one, in the validation part. */
  readonly picture: number;
  readonly predicted: number;
  /** Probability of the predicted class. */
  readonly confidence: number;
  /** Place in the batch whose masks are shown, from 0. */
  readonly row: number;
  readonly stages: readonly ActivationStage[];
}

/** What the page looks at more closely. Numbers beyond what there is mean the nearest that is. */
export interface Look {
  /** Index of a picture in the validation part. */
  readonly picture: number;
  /** First unit or filter whose weights are shown. */
  readonly firstUnit: number;
}

/** One training picture as it is, and as the network will see it in the next step. */
export interface AugmentedPicture {
  /** Index in the training part. */
  readonly index: number;
  readonly label: number;
  /** The label was replaced on purpose. */
  readonly mislabelled: boolean;
  /** Bytes, row-major [height, width, channels]. */
  readonly before: Uint8Array;
  readonly after: Uint8Array;
  /** Label of the picture that mixup blends in, or null. */
  readonly partner: number | null;
  /** Share in [0, 1] that the picture itself keeps; 1 without mixup. */
  readonly share: number;
}

export interface AugmentedPictures {
  /** Step that sees them, counted from 1. */
  readonly step: number;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly pictures: readonly AugmentedPicture[];
}
