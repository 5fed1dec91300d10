// Pictures over the input plane: class probabilities, and what every hidden unit sees.
import { invertScaling, scaledInputs } from "../../data/scaling";
import type { Dataset } from "../../data/types";
import { evaluationPass, forward, type Network, type NetworkValues } from "../network";
import { type Tensor, tf, tidy } from "../tensors";
import type { UpcomingStep } from "../upcoming";
import type { BoundaryMap, FittedCurve, NeuronMaps } from "../viewTypes";
import { droppedFlags, masksOfRow } from "./dropped";
import { definePanel } from "./panel";
import { readTogether } from "./read";
import { scaleInputs } from "./scale";

export type Domain = readonly [number, number, number, number];

const boundarySize = 64;
const neuronSize = 24;
const curveSamples = 200;
/** Room around the points, as a share of their extent. */
const margin = 0.12;

/** The data set's own square, else one around all training and validation points: [left, right, bottom, top]. */
function planeDomain(dataset: Dataset): Domain {
  if (dataset.extent) return dataset.extent;
  let [lowest, highest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const part of [dataset.train, dataset.validation]) {
    for (const value of invertScaling(
      scaledInputs(part, dataset, 0, part.count),
      dataset.scaling,
      dataset.inputSize,
    )) {
      if (value < lowest) lowest = value;
      if (value > highest) highest = value;
    }
  }
  const room = (highest - lowest || 1) * margin;
  return [lowest - room, highest + room, lowest - room, highest + room];
}

/** Raw coordinates of a grid over the domain, row 0 at the top, [size², 2]. */
function gridPoints([left, right, bottom, top]: Domain, size: number): Float32Array {
  const points = new Float32Array(size * size * 2);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const at = (row * size + column) * 2;
      points[at] = left + ((right - left) * (column + 0.5)) / size;
      points[at + 1] = top - ((top - bottom) * (row + 0.5)) / size;
    }
  }
  return points;
}

const gridInputs = (dataset: Dataset, domain: Domain, size: number) =>
  scaleInputs(gridPoints(domain, size), dataset);

/** Class probabilities over the input plane. */
export const boundary = definePanel<BoundaryMap>({
  interval: 125,
  appliesTo: ({ task }) => task.view === "plane",
  open({ network, dataset }) {
    const domain = planeDomain(dataset);
    const inputs = gridInputs(dataset, domain, boundarySize);
    return {
      async measure({ values }) {
        const outputs = tidy(() => tf.softmax(forward(network, values, inputs, evaluationPass)));
        const probabilities = (await outputs.data()) as Float32Array;
        outputs.dispose();
        return { size: boundarySize, domain, classes: dataset.outputs, probabilities };
      },
      dispose: () => inputs.dispose(),
    };
  },
});

/** What every hidden unit sees of the input plane. */
class NeuronViews {
  private readonly domain: Domain;
  private readonly neuronInputs: Tensor;

  constructor(
    private readonly network: Network,
    private readonly dataset: Dataset,
  ) {
    this.domain = planeDomain(dataset);
    this.neuronInputs = gridInputs(dataset, this.domain, neuronSize);
  }

  /** @param upcoming the step whose masks for the first example of its batch are shown. */
  async neurons(values: NetworkValues, { masks }: UpcomingStep): Promise<NeuronMaps> {
    const { network, dataset } = this;
    const { maps, dropped } = tidy(() => {
      const held: Tensor[] = [];
      forward(network, values, this.neuronInputs, evaluationPass, ({ role }, output) => {
        if (role === "activation") held.push(tf.transpose(output));
      });
      return { maps: held, dropped: masksOfRow(network, values, dataset.inputSize, masks, 0) };
    });
    const units = maps.map(({ shape }) => shape[0] as number);
    const drops = dropped.map((mask) => mask !== null);
    const [read, kernels] = await Promise.all([
      readTogether([...maps, ...dropped.filter((mask) => mask !== null)]),
      readKernels(network, values),
    ]);
    const flags = read.splice(units.length).map(droppedFlags);
    const [droppedInputs = null, ...droppedUnits] = drops.map((any) =>
      any ? (flags.shift() as Uint8Array) : null,
    );
    const layers = read.map((activations, index) => ({
      units: units[index] as number,
      activations,
      dropped: droppedUnits[index] ?? null,
    }));
    return { size: neuronSize, domain: this.domain, layers, droppedInputs, kernels };
  }

  dispose(): void {
    this.neuronInputs.dispose();
  }
}

/** Kernels of all dense layers, row-major [inputs, outputs]. */
function readKernels(network: Network, values: NetworkValues): Promise<Float32Array[]> {
  const kernels = network.slots.flatMap(({ kind }, index) => {
    const tensor = values.parameters[index];
    return kind === "kernel" && tensor ? [tensor] : [];
  });
  // All asked for at once: one wait for the device, not one for each.
  return Promise.all(kernels.map((kernel) => kernel.data() as Promise<Float32Array>));
}

/** The function that a network with one input has become. */
class CurveView {
  private readonly x: Float32Array;
  private readonly inputs: Tensor;

  constructor(
    private readonly network: Network,
    dataset: Dataset,
  ) {
    const [left, right] = planeDomain(dataset);
    this.x = Float32Array.from(
      { length: curveSamples },
      (_, i) => left + ((right - left) * i) / (curveSamples - 1),
    );
    this.inputs = scaleInputs(this.x, dataset);
  }

  async fitted(values: NetworkValues): Promise<FittedCurve> {
    const outputs = tidy(() => forward(this.network, values, this.inputs, evaluationPass));
    const y = (await outputs.data()) as Float32Array;
    outputs.dispose();
    return { x: this.x, y };
  }

  dispose(): void {
    this.inputs.dispose();
  }
}

/** Units of a table have no maps: only the lines between them are drawn. */
const withoutMaps = {
  size: 0,
  domain: [0, 0, 0, 0],
  layers: [],
  droppedInputs: null,
} as const;

export const neurons = definePanel<NeuronMaps>({
  interval: 160,
  appliesTo: ({ task }) => task.view === "plane" || task.view === "table",
  open({ network, dataset, task }) {
    if (task.view === "table") {
      return {
        measure: async ({ values }) => ({
          ...withoutMaps,
          kernels: await readKernels(network, values),
        }),
      };
    }
    const view = new NeuronViews(network, dataset);
    return {
      measure: ({ values, upcoming }) => view.neurons(values, upcoming),
      dispose: () => view.dispose(),
    };
  },
});

/** The function that a regression network with one input has become. */
export const curve = definePanel({
  interval: 125,
  appliesTo: ({ task }) => task.view === "curve",
  open({ network, dataset }) {
    const view = new CurveView(network, dataset);
    return { measure: ({ values }) => view.fitted(values), dispose: () => view.dispose() };
  },
});
