// PyTorch stores a dense kernel as [out, in], this project as [in, out]: the one place that turns one into the other.
import type { Network, ParameterSlot } from "../network";
import type { Tensors } from "./case";

/** Our flat index of PyTorch's entry i of a parameter. */
function ourIndex(slot: ParameterSlot, i: number): number {
  if (slot.kind !== "kernel") return slot.offset + i;
  const [inputs, outputs] = slot.shape as [number, number];
  const [output, input] = [Math.floor(i / inputs), i % inputs];
  return slot.offset + input * outputs + output;
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
