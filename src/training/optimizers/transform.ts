// The links of an optimizer's chain: small pure functions from gradient to update, with named state (after optax).
import type { Algebra } from "../elementwise/algebra";
import type { HyperparameterName, Hyperparameters, HyperparameterValues } from "../hyperparameters";
import type { Tensor } from "../tensors";

/** State vectors of the whole chain by name, [parameterCount] each. */
export type OptimizerState = Readonly<Record<string, Tensor>>;

/** What an element-wise link may read, as values of the algebra it works in. */
export interface TransformContext<V> {
  readonly weights: V;
  /** Factor of the decay for each parameter, or null for 1 everywhere. */
  readonly decayFactors: V | null;
}

/** A link that works on each entry alone: all of them run in one pass over the weights. */
export interface ElementwiseTransform {
  readonly kind: "element-wise";
  /** Left out of the pass while this hyper-parameter is 0: it would cost operations and change nothing. */
  readonly strength?: HyperparameterName;
  /** Reads the decay factors. */
  readonly decays?: boolean;
  /** Names of the state vectors, all starting at 0. */
  readonly state: readonly string[];
  /**
   * @param update what the links before made of the gradient.
   * @returns the new update, and the new state vectors by name.
   */
  apply<V>(
    algebra: Algebra<V>,
    update: V,
    state: Readonly<Record<string, V>>,
    context: TransformContext<V>,
  ): { readonly update: V; readonly state?: Readonly<Record<string, V>> };
}

/** A link that needs the gradient as a whole, such as its norm. It stands before the element-wise ones. */
export interface GlobalTransform {
  readonly kind: "global";
  /** Left out while this hyper-parameter is 0. */
  readonly strength: HyperparameterName;
  /** @param gradient flat, [parameterCount] */
  apply(gradient: Tensor, hyperparameters: Hyperparameters): Tensor;
}

export type Transform = ElementwiseTransform | GlobalTransform;

export interface Chain {
  readonly global: readonly GlobalTransform[];
  readonly elementwise: readonly ElementwiseTransform[];
  /** Names of the state vectors, whatever the strengths are. */
  readonly stateNames: readonly string[];
}

/** An optimizer from its links, in order. @throws RangeError where a global link stands behind an element-wise one */
export function chain(...links: readonly Transform[]): Chain {
  const global = links.filter((link) => link.kind === "global");
  const elementwise = links.filter((link) => link.kind === "element-wise");
  if (links.slice(0, global.length).some(({ kind }) => kind !== "global")) {
    throw new RangeError("Links that need the whole gradient stand before the element-wise ones.");
  }
  return { global, elementwise, stateNames: elementwise.flatMap(({ state }) => state) };
}

/** The links that act: those whose strength is not 0. */
export function linksInForce<Link extends Transform>(
  links: readonly Link[],
  values: HyperparameterValues,
): readonly Link[] {
  return links.filter(({ strength }) => strength === undefined || values[strength] > 0);
}

/** Sends a gradient through element-wise links. @returns what is to be subtracted from the weights, and the new state. */
export function applyLinks<V>(
  algebra: Algebra<V>,
  links: readonly ElementwiseTransform[],
  gradient: V,
  before: Readonly<Record<string, V>>,
  context: TransformContext<V>,
): { update: V; state: Readonly<Record<string, V>> } {
  let update = gradient;
  let state = before;
  for (const link of links) {
    const result = link.apply(algebra, update, state, context);
    update = result.update;
    if (result.state) state = { ...state, ...result.state };
  }
  return { update, state };
}
