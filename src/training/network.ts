// A network as a list of layers over one flat vector of parameters: updates then cost the same number of operations for any depth.
import { layerSizes } from "../experiment/bounds";
import type { Experiment } from "../experiment/schema";
import {
  activation,
  dense,
  dropout,
  type ForwardContext,
  type Layer,
  type ParameterSpecification,
} from "./layers";
import { type Tensor, type Tensor1D, tf } from "./tensors";

/** A parameter and its place in the flat vector. */
export interface ParameterSlot extends ParameterSpecification {
  readonly layer: string;
  readonly offset: number;
  readonly size: number;
}

export interface Network {
  readonly layers: readonly Layer[];
  readonly slots: readonly ParameterSlot[];
  /** Length of the flat vector. */
  readonly parameterCount: number;
}

/** Lays the parameters of the layers out in one vector, in forward order. */
export function makeNetwork(layers: readonly Layer[]): Network {
  const slots: ParameterSlot[] = [];
  let offset = 0;
  for (const layer of layers) {
    for (const specification of layer.parameters) {
      const size = specification.shape.reduce((product, length) => product * length, 1);
      slots.push({ ...specification, layer: layer.name, offset, size });
      offset += size;
    }
  }
  return { layers, slots, parameterCount: offset };
}

/** The multilayer perceptron of an experiment: dropout, then dense → activation → dropout for each hidden layer, then dense. */
export function networkOf(experiment: Experiment): Network {
  const sizes = layerSizes(experiment);
  const layers: Layer[] = [dropout("input dropout", 0, "input")];
  sizes.forEach(({ inputs, outputs }, index) => {
    const last = index === sizes.length - 1;
    layers.push(dense(last ? "output" : `hidden ${index + 1}`, inputs, outputs));
    if (last) return;
    layers.push(activation(experiment.model.activation));
    layers.push(dropout(`dropout ${index + 1}`, index + 1, "hidden"));
  });
  return makeNetwork(layers);
}

/** Splits the flat vector [parameterCount] into the tensors of the slots. */
export function unpack(network: Network, weights: Tensor1D): Tensor[] {
  const parts = tf.split(
    weights,
    network.slots.map((slot) => slot.size),
  );
  return network.slots.map((slot, index) =>
    tf.reshape(parts[index] as Tensor, slot.shape as number[]),
  );
}

/**
 * Runs the layers. @param x inputs [batch, …]. @returns logits or values [batch, outputs].
 * @param observe sees the output of every layer, for pictures of hidden units.
 */
export function forward(
  network: Network,
  parameters: readonly Tensor[],
  x: Tensor,
  context: ForwardContext,
  observe?: (layer: Layer, output: Tensor) => void,
): Tensor {
  let held = x;
  let next = 0;
  for (const layer of network.layers) {
    const count = layer.parameters.length;
    held = layer.forward(held, parameters.slice(next, next + count), context);
    next += count;
    observe?.(layer, held);
  }
  return held;
}

/** 1 where a parameter is a kernel's, else 0, [parameterCount]. */
export function kernelMask(network: Network): Float32Array {
  const mask = new Float32Array(network.parameterCount);
  for (const slot of network.slots) {
    if (slot.kind === "kernel") mask.fill(1, slot.offset, slot.offset + slot.size);
  }
  return mask;
}
