// Weights as pictures: the filters of a CNN's blocks, or what each first unit of an MLP looks for in a picture.
import type { Dataset } from "../../data/types";
import type { Network, NetworkValues, ParameterSlot } from "../network";
import { type Tensor, tf, tidy } from "../tensors";
import type { KernelPictures } from "../viewTypes";
import { definePanel } from "./panel";
import { readTogether } from "./read";

/** Units whose weights are sent at once. */
export const unitsAtOnce = 64;
/** Input maps of a filter that are sent. */
const mostChannels = 16;

interface Source {
  readonly slot: ParameterSlot;
  readonly parameter: number;
  readonly kind: "convolution" | "dense";
  /** [height, width, channels] that one unit looks at. */
  readonly field: readonly [number, number, number];
}

/** Every convolution; without one, the first dense layer, whose units look at whole pictures. */
function sourcesOf(network: Network, { inputShape }: Dataset): readonly Source[] {
  const kernels = network.slots
    .map((slot, parameter) => ({ slot, parameter }))
    .filter(({ slot }) => slot.kind === "kernel");
  const convolutions = kernels.filter(({ slot }) => slot.shape.length === 4);
  if (convolutions.length > 0) {
    return convolutions.map(({ slot, parameter }) => {
      const [height, width, channels] = slot.shape as [number, number, number, number];
      return { slot, parameter, kind: "convolution", field: [height, width, channels] };
    });
  }
  const field = inputShape as [number, number, number];
  return kernels
    .slice(0, 1)
    .map(({ slot, parameter }) => ({ slot, parameter, kind: "dense", field }));
}

export class FiltersView {
  private readonly sources: readonly Source[];

  constructor(network: Network, dataset: Dataset) {
    this.sources = sourcesOf(network, dataset);
  }

  /** @param firstUnit first unit wanted; a layer with fewer shows its first ones. */
  async filters({ parameters }: NetworkValues, firstUnit: number): Promise<KernelPictures[]> {
    const tensors = tidy(() =>
      this.sources.flatMap((source) =>
        cut(source, parameters[source.parameter] as Tensor, firstUnit),
      ),
    );
    const values = await readTogether(tensors);
    return this.sources.map(({ slot, kind, field: [height, width, channels] }, index) => {
      const [largest, weights] = values.slice(2 * index) as [Float32Array, Float32Array];
      const first = firstOf(slot, firstUnit);
      return {
        name: slot.layer,
        kind,
        sees: index === 0 ? "picture" : "maps",
        units: largest.length,
        first,
        shown: shownOf(slot, first),
        channels,
        shownChannels: Math.min(mostChannels, channels),
        height,
        width,
        weights,
        largest,
      };
    });
  }
}

const unitsOf = (slot: ParameterSlot) => slot.shape.at(-1) as number;
const firstOf = (slot: ParameterSlot, wanted: number) => (wanted < unitsOf(slot) ? wanted : 0);
const shownOf = (slot: ParameterSlot, first: number) =>
  Math.min(unitsAtOnce, unitsOf(slot) - first);

/** Largest sizes [units], and the weights to be shown [shown, channels, height, width]. */
function cut({ slot, field }: Source, kernel: Tensor, wanted: number): Tensor[] {
  const [height, width, channels] = field;
  const first = firstOf(slot, wanted);
  const pictures = tf.reshape(kernel, [height, width, channels, unitsOf(slot)]);
  const shown = tf.slice(
    pictures,
    [0, 0, 0, first],
    [-1, -1, Math.min(mostChannels, channels), shownOf(slot, first)],
  );
  return [tf.max(tf.abs(pictures), [0, 1, 2]), tf.transpose(shown, [3, 2, 0, 1])];
}

/** Layers that look at images, in forward order. */
export const filters = definePanel({
  interval: 1000,
  appliesTo: ({ task }) => task.view === "pictures",
  open({ network, dataset }) {
    const view = new FiltersView(network, dataset);
    return { measure: ({ values, look }) => view.filters(values, look.firstUnit) };
  },
});
