// PyTorch stores kernels as [out, in] and [out, in, height, width], this project as [in, out] and [height, width, in, out]: the one place that turns one into the other.
import type { Network, ParameterSlot } from "../training/network";
import type { Tensors } from "./trajectoryFormat";

/**
 * Channels of the maps whose flattening is the input of a dense kernel, by the kernel's name: PyTorch flattens in the order
 * channel, row, column, this project in the order row, column, channel.
 */
export type FlattenedChannels = ReadonlyMap<string, number>;

/** Our number of PyTorch's input of a kernel. */
function ourInput(input: number, inputs: number, channels: number | undefined): number {
  if (channels === undefined) return input;
  const area = inputs / channels;
  return (input % area) * channels + Math.floor(input / area);
}

/** Our flat index of PyTorch's entry i of a parameter. */
function ourIndex(slot: ParameterSlot, i: number, flattened: FlattenedChannels): number {
  if (slot.kind !== "kernel") return slot.offset + i;
  // Ours is […space, in, out]; PyTorch's is [out, in, …space], space being nothing or [height, width].
  const [inputs, outputs] = slot.shape.slice(-2) as [number, number];
  const area = slot.size / (inputs * outputs);
  const [place, rest] = [i % area, Math.floor(i / area)];
  const input = ourInput(rest % inputs, inputs, flattened.get(slot.name));
  const output = Math.floor(rest / inputs);
  return slot.offset + (place * inputs + input) * outputs + output;
}

/** Values by name in PyTorch's layout → our flat vector. @throws RangeError when a tensor is missing or has another size. */
export function fromPyTorch(
  network: Network,
  tensors: Tensors,
  flattened: FlattenedChannels = new Map(),
): Float32Array {
  const weights = new Float32Array(network.parameterCount);
  for (const slot of network.slots) {
    const values = tensors[slot.name];
    if (values?.length !== slot.size) {
      throw new RangeError(
        `${slot.name} has ${values?.length ?? "no"} values; expected ${slot.size}.`,
      );
    }
    for (let i = 0; i < slot.size; i++) weights[ourIndex(slot, i, flattened)] = values[i] as number;
  }
  return weights;
}

/** Our flat vector → values by name in PyTorch's layout. */
export function toPyTorch(
  network: Network,
  weights: Float32Array,
  flattened: FlattenedChannels = new Map(),
): Record<string, Float32Array> {
  const tensors: Record<string, Float32Array> = {};
  for (const slot of network.slots) {
    tensors[slot.name] = Float32Array.from(
      { length: slot.size },
      (_, i) => weights[ourIndex(slot, i, flattened)] as number,
    );
  }
  return tensors;
}
