// The way of one chosen picture through the network: feature maps and hidden units, and which of them the next step drops.
import { scaledInputs } from "../../data/scaling";
import type { Dataset } from "../../data/types";
import { evaluationPass, forward, type Network, type NetworkValues } from "../network";
import { type Tensor, tf, tidy } from "../tensors";
import type { UpcomingStep } from "../upcoming";
import type { ActivationMaps, ActivationStage, PictureChoice } from "../viewTypes";
import { bytesOf } from "./bytes";
import { droppedFlags, masksOfRow } from "./dropped";
import { judge } from "./gallery";
import { definePanel } from "./panel";
import { readTogether } from "./read";

/** Pictures to choose from. */
const mostChoices = 24;
/** Maps of a block that are sent. */
const mostMaps = 64;
/** Single units of a layer that are sent. */
const mostUnits = 1024;

/** A place behind which activations can be dropped. */
interface Place {
  readonly name: string;
  readonly kind: "maps" | "units";
  readonly units: number;
  readonly height: number;
  readonly width: number;
  readonly shown: number;
}

export class MapsView {
  private readonly choices: readonly PictureChoice[];

  constructor(
    private readonly network: Network,
    private readonly dataset: Dataset,
  ) {
    const { validation } = dataset;
    this.choices = Array.from({ length: Math.min(mostChoices, validation.count) }, (_, index) => ({
      index,
      label: validation.labels[index] as number,
      pixels: bytesOf(this.scaled(index), dataset),
    }));
  }

  /** @param wanted index of a validation picture; beyond the last one means the last. */
  async maps(
    values: NetworkValues,
    { masks, batchSize }: Pick<UpcomingStep, "masks" | "batchSize">,
    wanted: number,
  ): Promise<ActivationMaps> {
    const { network, dataset } = this;
    const [height, width, channels] = dataset.inputShape as [number, number, number];
    const picture = Math.min(Math.max(0, Math.floor(wanted)), dataset.validation.count - 1);
    const row = picture % batchSize;
    const places: Place[] = [];
    const held = tidy(() => {
      const shown: Tensor[] = [];
      const input = tf.tensor2d(this.scaled(picture), [1, dataset.inputSize]);
      let last = "";
      let convolving = false;
      const outputs = forward(network, values, input, evaluationPass, (layer, output) => {
        const kernel = layer.parameters.find(({ kind }) => kind === "kernel");
        if (kernel) [last, convolving] = [layer.name, kernel.shape.length === 4];
        if (layer.role !== "dropout") return;
        const place = placeOf(output, last, convolving);
        places.push(place);
        if (place.shown > 0) shown.push(firstUnits(output, place));
      });
      const dropped = masksOfRow(network, values, dataset.inputSize, masks, row);
      return { judged: tf.softmax(outputs), shown, dropped };
    });
    const drops = held.dropped.map((mask) => mask !== null);
    const [judged, ...rest] = await readTogether([
      held.judged,
      ...held.shown,
      ...held.dropped.filter((mask) => mask !== null),
    ]);
    const label = dataset.validation.labels[picture] as number;
    const { predicted, confidence } = judge(judged as Float32Array, 0, dataset.outputs, label);
    const flags = rest.splice(held.shown.length).map(droppedFlags);
    const stages = places.map(
      (place, index): ActivationStage => ({
        ...place,
        values: place.shown > 0 ? (rest.shift() as Float32Array) : new Float32Array(0),
        dropped: drops[index] ? (flags.shift() as Uint8Array) : null,
      }),
    );
    const { choices } = this;
    return { height, width, channels, choices, picture, predicted, confidence, row, stages };
  }

  private scaled(index: number): Float32Array {
    return scaledInputs(this.dataset.validation, this.dataset, index, index + 1);
  }
}

/** @param last name of the last layer with a kernel, empty in front of the first. */
function placeOf({ shape }: Tensor, last: string, convolving: boolean): Place {
  if (shape.length === 4) {
    const [, height, width, units] = shape as [number, number, number, number];
    return { name: last, kind: "maps", units, height, width, shown: Math.min(mostMaps, units) };
  }
  const units = shape[1] as number;
  const point = { kind: "units", units, height: 1, width: 1 } as const;
  if (last === "") return { ...point, name: "input", shown: 0 };
  const name = convolving ? "features" : last;
  return { ...point, name, shown: Math.min(mostUnits, units) };
}

/** [shown, height, width] of an output for one example. */
function firstUnits(output: Tensor, { units, height, width, shown }: Place): Tensor {
  const maps = tf.transpose(tf.reshape(output, [height, width, units]), [2, 0, 1]);
  return tf.slice(maps, [0, 0, 0], [shown, -1, -1]);
}

/** What becomes of one validation image on its way through the network. */
export const maps = definePanel({
  interval: 1000,
  appliesTo: ({ task }) => task.view === "pictures",
  open({ network, dataset }) {
    const view = new MapsView(network, dataset);
    return {
      measure: ({ values, upcoming, look }) => view.maps(values, upcoming, look.picture),
    };
  },
});
