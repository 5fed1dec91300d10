// The shape of an optimizer part: a small pure function from gradient to update, with named state (after optax).
import type { Hyperparameters } from "../hyperparameters";
import type { Tensor } from "../tensors";

/** What a transform may read. All vectors are flat, [parameterCount]. */
export interface TransformContext {
  readonly weights: Tensor;
  readonly hyperparameters: Hyperparameters;
  /** 1 where decay acts, or null for everywhere. */
  readonly decayMask: Tensor | null;
}

/** State vectors of the whole chain by name, [parameterCount] each. */
export type Moments = Readonly<Record<string, Tensor>>;

export interface Transform {
  /** Names of the state vectors, all starting at 0. */
  readonly state: readonly string[];
  /**
   * @param update what the transforms before made of the gradient.
   * @returns the new update, and the new state vectors by name.
   */
  apply(
    update: Tensor,
    moments: Moments,
    context: TransformContext,
  ): { readonly update: Tensor; readonly moments?: Moments };
}
