// What a layer is: its parameters described as data, and a pure forward function.
import type { Tensor } from "../tensors";

/** Penalties and decay act on kernels only unless the experiment says otherwise. */
export type ParameterKind = "kernel" | "bias" | "normScale" | "normShift";

export interface ParameterSpecification {
  readonly name: string;
  readonly kind: ParameterKind;
  readonly shape: readonly number[];
  /** Inputs that one output unit sums over; decides the spread of initial values. */
  readonly fanIn: number;
  readonly fanOut: number;
}

/** Where dropout takes its masks from, and noise its values. */
export interface MaskSource {
  /**
   * A mask of the given shape holding 0 where a value is dropped and 1/(1−p) where it is kept.
   * @param index number of the dropout layer, counted from the input.
   */
  mask(index: number, place: DropoutPlace, shape: readonly number[]): Tensor | null;
  /** Gaussian noise of the given shape, or null for none; a source without it never adds any. */
  noise?(place: NoisePlace, index: number, shape: readonly number[]): Tensor | null;
}

export type NoisePlace = "input" | "weights";

export type DropoutPlace = "input" | "hidden" | "spatial" | "head" | "connect";

/** State of a layer that training changes, but not by gradient: running statistics. */
export interface BufferSpecification {
  readonly name: string;
  readonly shape: readonly number[];
  /** Value of every entry at the start. */
  readonly start: number;
}

export interface ForwardContext {
  /** Training mode: dropout on, statistics of the batch. */
  readonly training: boolean;
  readonly masks: MaskSource;
  /** Takes the place of the layers' own rate of running statistics; 1 hands out the batch's statistics as they are. */
  readonly statisticsRate?: number | undefined;
  /** The value of one of the layer's buffers. */
  buffer(name: string): Tensor;
  /** Hands out a buffer's next value; ignored where the pass is not a step of training. */
  updateBuffer(name: string, value: Tensor): void;
}

/** What a layer is for, where something outside needs to know. */
export type LayerRole =
  | "product"
  | "normalization"
  | "activation"
  | "dropout"
  | "noise"
  | "pooling";

export interface Layer {
  readonly name: string;
  readonly role?: LayerRole;
  readonly parameters: readonly ParameterSpecification[];
  readonly buffers?: readonly BufferSpecification[];
  /**
   * @param x activations [batch, …]
   * @param parameters this layer's tensors, in the order of `parameters`.
   */
  forward(x: Tensor, parameters: readonly Tensor[], context: ForwardContext): Tensor;
}
