// A network as a list of layers over one flat vector of parameters: updates then cost the same number of operations for any depth.
import type { ForwardContext, Layer, MaskSource, ParameterSpecification } from "./layers";
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

/** Splits the flat vector [parameterCount] into the tensors of the slots. */
export function unpack(network: Network, weights: Tensor1D): Tensor[] {
  const parts = tf.split(
    weights,
    network.slots.map((slot) => slot.size),
  );
  return network.slots.map(({ shape }, index) => {
    const part = parts[index] as Tensor;
    return shape.length === 1 ? part : tf.reshape(part, shape as number[]);
  });
}

/** Everything that a pass through a network reads. */
export interface NetworkValues {
  /** In the order of the slots. */
  readonly parameters: readonly Tensor[];
  /** By name. */
  readonly buffers: Readonly<Record<string, Tensor>>;
}

/** How a pass is meant. */
export interface PassMode {
  /** Training: dropout on, normalization by the batch. */
  readonly training: boolean;
  readonly masks: MaskSource;
  /** Takes the place of the layers' own rate of running statistics; 1 hands out the batch's statistics as they are. */
  readonly statisticsRate?: number;
  /** Receives next values of buffers; only a training step has use for them. */
  readonly onBuffer?: (name: string, value: Tensor) => void;
}

/** Nothing is dropped, running statistics are used. */
export const evaluationPass: PassMode = { training: false, masks: { mask: () => null } };

/**
 * Runs the layers. @param x inputs [batch, …]. @returns logits or values [batch, outputs].
 * @param observe sees the output of every layer, for pictures of hidden units.
 */
export function forward(
  network: Network,
  values: NetworkValues,
  x: Tensor,
  mode: PassMode,
  observe?: (layer: Layer, output: Tensor) => void,
): Tensor {
  const context: ForwardContext = {
    training: mode.training,
    masks: mode.masks,
    statisticsRate: mode.statisticsRate,
    buffer: (name) => values.buffers[name] as Tensor,
    updateBuffer: (name, value) => mode.onBuffer?.(name, value),
  };
  let held = x;
  let next = 0;
  for (const layer of network.layers) {
    const count = layer.parameters.length;
    held = layer.forward(held, values.parameters.slice(next, next + count), context);
    next += count;
    observe?.(layer, held);
  }
  return held;
}

/** Inputs after what training does to them before the first layer with a purpose: noise and dropout. */
export function seenInputs(network: Network, x: Tensor, masks: MaskSource): Tensor {
  const first = network.layers.findIndex(({ role }) => role !== "noise" && role !== "dropout");
  const before: Network = { ...network, layers: network.layers.slice(0, first) };
  return forward(before, { parameters: [], buffers: {} }, x, { training: true, masks });
}

/** The buffers of all layers at their start, by name. */
export function initialBuffers(network: Network): Record<string, Tensor> {
  const buffers: Record<string, Tensor> = {};
  for (const layer of network.layers) {
    for (const { name, shape, start } of layer.buffers ?? []) {
      buffers[name] = tf.fill(shape as number[], start);
    }
  }
  return buffers;
}

/** 1 where a parameter is a kernel's, else 0, [parameterCount]. */
export function kernelMask(network: Network): Float32Array {
  const mask = new Float32Array(network.parameterCount);
  for (const slot of network.slots) {
    if (slot.kind === "kernel") mask.fill(1, slot.offset, slot.offset + slot.size);
  }
  return mask;
}
