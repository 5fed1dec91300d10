// Units of the network picture: their address, their name, their map of the plane.
import type { NeuronMaps } from "../../worker/protocol";

/** A unit of the picture: column 0 holds the inputs, the last one the outputs. */
export interface UnitAddress {
  readonly column: number;
  readonly unit: number;
}

/** Map of one unit over the plane; inputs are ramps, outputs have no map here. */
export function mapOf(neurons: NeuronMaps, { column, unit }: UnitAddress): Float32Array | null {
  const pixels = neurons.size * neurons.size;
  if (column === 0) return ramp(neurons, unit);
  const layer = neurons.layers[column - 1];
  if (!layer) return null;
  return layer.activations.subarray(unit * pixels, (unit + 1) * pixels);
}

/** The map of an input is the coordinate itself. */
function ramp(
  { size, domain: [left, right, bottom, top] }: NeuronMaps,
  input: number,
): Float32Array {
  const values = new Float32Array(size * size);
  for (let pixel = 0; pixel < values.length; pixel++) {
    const across = ((pixel % size) + 0.5) / size;
    const down = (Math.floor(pixel / size) + 0.5) / size;
    values[pixel] = input === 0 ? left + across * (right - left) : top - down * (top - bottom);
  }
  return values;
}

/** True where the next training step silences a unit for the first example of its batch. */
export function isDropped(neurons: NeuronMaps, { column, unit }: UnitAddress): boolean {
  const flags = column === 0 ? neurons.droppedInputs : neurons.layers[column - 1]?.dropped;
  return flags?.[unit] === 1;
}

/** What the crosses on the network picture mean; null where nothing can be dropped. */
export function dropWords(
  { layers, droppedInputs }: NeuronMaps,
  rates: { readonly dropoutInput: number; readonly dropoutHidden: number },
): string | null {
  const hidden = layers.some(({ dropped }) => dropped !== null);
  const { dropoutInput, dropoutHidden } = rates;
  if (!hidden && !droppedInputs) return null;
  const rate =
    hidden && droppedInputs && dropoutInput !== dropoutHidden
      ? `p = ${dropoutInput} at the inputs, ${dropoutHidden} behind`
      : `p = ${hidden ? dropoutHidden : dropoutInput}`;
  return `crossed out: dropped in the next step, ${rate}`;
}

export function unitName(
  address: UnitAddress,
  last: number,
  classNames: readonly string[],
): string {
  if (address.column === 0) return `input ${address.unit + 1}`;
  if (address.column === last) return `output: ${classNames[address.unit] ?? address.unit}`;
  return `layer ${address.column}, unit ${address.unit + 1}`;
}
