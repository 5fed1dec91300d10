// Update rules are written once, in these few operations, and then either run as tensor operations or printed as one loop.
import type { DerivedName, HyperparameterName, Hyperparameters } from "../hyperparameters";
import { type Tensor, tf } from "../tensors";

/** What an element-wise rule may do with values V: whole vectors of a backend, or nodes of a program. */
export interface Algebra<V> {
  /** A hyper-parameter, the same for all entries. */
  scalar(name: HyperparameterName | DerivedName): V;
  add(a: V, b: V): V;
  sub(a: V, b: V): V;
  mul(a: V, b: V): V;
  div(a: V, b: V): V;
  /** NaN where one of the two is NaN. */
  min(a: V, b: V): V;
  max(a: V, b: V): V;
  neg(a: V): V;
  sqrt(a: V): V;
  /**
   * 0 in place of numbers below the normal ones (2⁻¹²⁶): what decays would stay there for good, and processors compute with
   * them ten times more slowly.
   */
  flush(a: V): V;
}

/** Every operation as one of the backend: the reference, and what runs where there is no printed loop. */
export function tensorAlgebra(hyperparameters: Hyperparameters): Algebra<Tensor> {
  return {
    scalar: (name) => hyperparameters.tensor(name),
    add: (a, b) => tf.add(a, b),
    sub: (a, b) => tf.sub(a, b),
    mul: (a, b) => tf.mul(a, b),
    div: (a, b) => tf.div(a, b),
    min: (a, b) => tf.minimum(a, b),
    max: (a, b) => tf.maximum(a, b),
    neg: (a) => tf.neg(a),
    sqrt: (a) => tf.sqrt(a),
    // No operation of a backend does it, and none of these numbers can be told from 0 in a result.
    flush: (a) => a,
  };
}
