// The shape of an optimizer part: a small pure function from gradient to update, with named state (after optax).
import type { Algebra } from "../elementwise/algebra";
import type { Tensor } from "../tensors";

/** State vectors of the whole chain by name, [parameterCount] each. */
export type Moments = Readonly<Record<string, Tensor>>;

/** What a transform may read, as values of the algebra it works in. */
export interface TransformContext<V> {
  readonly weights: V;
  /** Factor of the decay for each parameter, or null for 1 everywhere. */
  readonly decayFactors: V | null;
}

export interface Transform {
  /** Names of the state vectors, all starting at 0. */
  readonly state: readonly string[];
  /**
   * @param update what the transforms before made of the gradient.
   * @returns the new update, and the new state vectors by name.
   */
  apply<V>(
    algebra: Algebra<V>,
    update: V,
    moments: Readonly<Record<string, V>>,
    context: TransformContext<V>,
  ): { readonly update: V; readonly moments?: Readonly<Record<string, V>> };
}
