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

/** Where dropout takes its masks from. */
export interface MaskSource {
  /**
   * A mask of the given shape holding 0 where a value is dropped and 1/(1−p) where it is kept.
   * @param index number of the dropout layer, counted from the input.
   */
  mask(index: number, place: DropoutPlace, shape: readonly number[]): Tensor | null;
}

export type DropoutPlace = "input" | "hidden";

export interface ForwardContext {
  /** Training mode: dropout on. */
  readonly training: boolean;
  readonly masks: MaskSource;
}

export interface Layer {
  readonly name: string;
  readonly parameters: readonly ParameterSpecification[];
  /**
   * @param x activations [batch, …]
   * @param parameters this layer's tensors, in the order of `parameters`.
   */
  forward(x: Tensor, parameters: readonly Tensor[], context: ForwardContext): Tensor;
}
