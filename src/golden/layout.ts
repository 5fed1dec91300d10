// PyTorch stores kernels as [out, in] and [out, in, height, width], this project as [in, out] and [height, width, in, out]: the one place that turns one into the other.
import type { Network, ParameterSlot } from "../training/network";
import type { Tensors } from "./trajectoryFormat";

/** Our flat index of PyTorch's entry i of a parameter. */
function ourIndex(slot: ParameterSlot, i: number): number {
  if (slot.kind !== "kernel") return slot.offset + i;
  // Ours is […space, in, out]; PyTorch's is [out, in, …space], space being nothing or [height, width].
  const [inputs, outputs] = slot.shape.slice(-2) as [number, number];
  const area = slot.size / (inputs * outputs);
  const [place, rest] = [i % area, Math.floor(i / area)];
  const [input, output] = [rest % inputs, Math.floor(rest / inputs)];
  return slot.offset + (place * inputs + input) * outputs + output;
}

/** Values by name in PyTorch's layout → our flat vector. @throws RangeError when a tensor is missing or has another size. */
export function fromPyTorch(network: Network, tensors: Tensors): Float32Array {
  const weights = new Float32Array(network.parameterCount);
  for (const slot of network.slots) {
    const values = tensors[slot.name];
    if (values?.length !== slot.size) {
      throw new RangeError(
        `${slot.name} has ${values?.length ?? "no"} values; expected ${slot.size}.`,
      );
    }
    for (let i = 0; i < slot.size; i++) weights[ourIndex(slot, i)] = values[i] as number;
  }
  return weights;
}

/** Our flat vector → values by name in PyTorch's layout. */
export function toPyTorch(network: Network, weights: Float32Array): Record<string, Float32Array> {
  const tensors: Record<string, Float32Array> = {};
  for (const slot of network.slots) {
    tensors[slot.name] = Float32Array.from(
      { length: slot.size },
      (_, i) => weights[ourIndex(slot, i)] as number,
    );
  }
  return tensors;
}
