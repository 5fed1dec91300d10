// Layers of reference cases: for each type the fields that it may have, and this project's layer. Anything else is refused.
import {
  activation,
  averagePool,
  batchNormalization,
  convolution,
  dense,
  dropout,
  flatten,
  globalAveragePool,
  groupNormalization,
  type Layer,
  layerNormalization,
  maxPool,
  rmsNormalization,
  spatialDropout,
} from "../training/layers";
import type { StepArray } from "../training/stepValues";
import type { FlattenedChannels } from "./layout";
import type { GoldenCase, GoldenLayer } from "./trajectoryFormat";

interface LayerType {
  /** Fields beside `type`. */
  readonly fields: readonly string[];
  /** @param mask number of the layer's mask in the step's list; null where the layer has none */
  readonly make: (layer: GoldenLayer, mask: number | null) => Layer;
  /** Probability to drop, for layers that the file gives masks for, and the name of the mask. */
  readonly drops?: (layer: GoldenLayer) => { readonly name: string; readonly rate: number } | null;
}

const nameOf = (layer: GoldenLayer) => layer.name ?? layer.type;
const size = (value: number | undefined) => value as number;
const plain = (make: () => Layer): LayerType => ({ fields: [], make });
const dropping = (layer: GoldenLayer) => ({ name: nameOf(layer), rate: size(layer.p) });
const batchNorm: LayerType = {
  fields: ["name", "n", "eps", "momentum"],
  make: (layer) => batchNormalization(nameOf(layer), size(layer.n), layer.momentum, layer.eps),
};

const types: Readonly<Record<string, LayerType>> = {
  linear: {
    fields: ["name", "in", "out", "bias", "dropconnect"],
    make: (layer, mask) =>
      dense(nameOf(layer), size(layer.in), size(layer.out), layer.bias !== false, mask),
    drops: (layer) =>
      layer.dropconnect === undefined
        ? null
        : { name: `${nameOf(layer)}.weight`, rate: layer.dropconnect },
  },
  conv2d: {
    fields: ["name", "in", "out", "k", "stride", "padding", "bias"],
    make: ({ in: inputs, out: outputs, k, bias, ...layer }) =>
      convolution(nameOf(layer), size(inputs), size(outputs), k, bias !== false),
  },
  relu: plain(() => activation("relu")),
  leaky_relu: plain(() => activation("leakyRelu")),
  tanh: plain(() => activation("tanh")),
  sigmoid: plain(() => activation("sigmoid")),
  gelu: plain(() => activation("gelu")),
  maxpool2: plain(() => maxPool(2)),
  avgpool2: plain(() => averagePool(2)),
  gap: plain(globalAveragePool),
  flatten: plain(flatten),
  dropout: {
    fields: ["name", "p"],
    make: (layer, mask) => dropout(nameOf(layer), size(mask ?? undefined), "hidden"),
    drops: dropping,
  },
  spatial_dropout: {
    fields: ["name", "p"],
    make: (layer, mask) => spatialDropout(nameOf(layer), size(mask ?? undefined)),
    drops: dropping,
  },
  batchnorm1d: batchNorm,
  batchnorm2d: batchNorm,
  layernorm: {
    fields: ["name", "n", "eps"],
    make: (layer) => layerNormalization(nameOf(layer), size(layer.n), layer.eps),
  },
  rmsnorm: {
    fields: ["name", "n", "eps"],
    make: (layer) => rmsNormalization(nameOf(layer), size(layer.n), layer.eps),
  },
  groupnorm: {
    fields: ["name", "n", "groups", "eps"],
    make: (layer) =>
      groupNormalization(nameOf(layer), size(layer.n), size(layer.groups), layer.eps),
  },
};

/** What the layers ask for that is not known here: a type, or a field of a known type. */
export function unknownLayerParts(layers: readonly GoldenLayer[]): string[] {
  return layers.flatMap((layer) => {
    const known = Object.hasOwn(types, layer.type) ? types[layer.type] : undefined;
    if (!known) return [`layer ${layer.type}`];
    return Object.keys(layer)
      .filter((field) => field !== "type" && !known.fields.includes(field))
      .map((field) => `field ${field} of layer ${layer.type}`);
  });
}

const typeOf = ({ type }: GoldenLayer) => types[type] as LayerType;

/** The layers in forward order. Those that drop something are numbered as their masks are in `maskValuesAt`. */
export function layersOf({ layers }: GoldenCase): Layer[] {
  let masks = 0;
  return layers.map((layer) => {
    const type = typeOf(layer);
    return type.make(layer, type.drops?.(layer) ? masks++ : null);
  });
}

/** Our shape and order of a mask: kernels are [in, out] here, maps [batch, 1, 1, channels]. */
function arranged(layer: GoldenLayer, { values, shape }: StepArray): StepArray {
  const [rows = 0, columns = 0] = shape;
  if (layer.type === "spatial_dropout") return { values, shape: [rows, 1, 1, columns] };
  if (layer.type !== "linear") return { values, shape };
  const turned = Float32Array.from(
    values,
    (_, i) => values[(i % rows) * columns + Math.floor(i / rows)] as number,
  );
  return { values: turned, shape: [columns, rows] };
}

/**
 * The masks that the file gives for a step, scaled by 1/(1 − p), one for each layer that drops something; none where the file
 * gives none. @throws RangeError when it gives masks for some of these layers only
 */
export function maskValuesAt(held: GoldenCase, step: number): readonly StepArray[] {
  const given = held.dropout_masks?.[step - 1];
  if (!given) return [];
  return held.layers.flatMap((layer) => {
    const dropped = typeOf(layer).drops?.(layer);
    if (!dropped) return [];
    const mask = given[dropped.name];
    if (!mask) throw new RangeError(`Step ${step} has no mask for ${dropped.name}.`);
    const kept = 1 / (1 - dropped.rate);
    const values = Float32Array.from(mask.keep, (bit) => (bit === "1" ? kept : 0));
    return [arranged(layer, { values, shape: mask.shape })];
  });
}

/** Dense kernels that read flattened maps, with the number of maps. */
export function flattenedChannels({ layers }: GoldenCase): FlattenedChannels {
  const found = new Map<string, number>();
  layers.forEach((layer, index) => {
    if (layer.type !== "flatten") return;
    const maps = layers.slice(0, index).findLast(({ type }) => type === "conv2d");
    const next = layers.slice(index).find(({ type }) => type === "linear");
    if (maps?.out && next) found.set(`${nameOf(next)}.weight`, maps.out);
  });
  return found;
}
