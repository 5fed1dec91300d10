// From an experiment's model settings to a network.
import { type LayerSize, layerSizes } from "../experiment/bounds";
import type { Experiment } from "../experiment/schema";
import { describeTask } from "../experiment/tasks";
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
  inputNoise,
  type Layer,
  layerNormalization,
  maxPool,
  rmsNormalization,
  spatialDropout,
  unflatten,
} from "./layers";
import { makeNetwork, type Network } from "./network";

/** DropConnect's masks and the noise on kernels are numbered from here, behind those of all other dropout layers. */
const firstKernel = 64;

/** The normalization layer that the model asks for, or none. */
function normalization(name: string, features: number, { model }: Experiment): readonly Layer[] {
  const { normalizationEpsilon: epsilon, normalizationMomentum: momentum } = model;
  switch (model.normalization) {
    case "none":
      return [];
    case "batch":
      return [batchNormalization(name, features, momentum, epsilon)];
    case "layer":
      return [layerNormalization(name, features, epsilon)];
    case "rms":
      return [rmsNormalization(name, features, epsilon)];
    case "group":
      return [groupNormalization(name, features, model.normalizationGroups, epsilon)];
  }
}

/** Normalization, then activation: what stands between a hidden kernel and its dropout. */
function bend(number: number, features: number, experiment: Experiment): readonly Layer[] {
  return [
    ...normalization(`normalization ${number}`, features, experiment),
    activation(experiment.model.activation),
  ];
}

/** Convolution 3×3 → normalization → activation → pooling → spatial dropout. */
function block(number: number, size: LayerSize, experiment: Experiment): readonly Layer[] {
  return [
    convolution(
      `block ${number}`,
      size.inputs,
      size.outputs,
      3,
      size.bias,
      firstKernel + number - 1,
    ),
    ...bend(number, size.outputs, experiment),
    experiment.model.pooling === "max" ? maxPool() : averagePool(),
    spatialDropout(`spatial dropout ${number}`, number),
  ];
}

/** The blocks of a CNN and what leads from vectors to pictures and back; nothing for an MLP. */
function blocks(sizes: readonly LayerSize[], experiment: Experiment): readonly Layer[] {
  const convolutions = sizes.filter(({ kind }) => kind === "convolution");
  if (convolutions.length === 0) return [];
  return [
    unflatten(describeTask(experiment.data).inputShape),
    ...convolutions.flatMap((size, index) => block(index + 1, size, experiment)),
    experiment.model.head === "mean" ? globalAveragePool() : flatten(),
    dropout("head dropout", sizes.length + 1, "head"),
  ];
}

/**
 * The network of an experiment: input noise and dropout; the blocks of a CNN; dense → normalization → activation → dropout
 * for each hidden layer; dense. A layer in front of batch normalization has no bias: the mean is taken out anyway.
 */
export function networkOf(experiment: Experiment): Network {
  const sizes = layerSizes(experiment);
  const layers: Layer[] = [
    inputNoise("input noise"),
    dropout("input dropout", 0, "input"),
    ...blocks(sizes, experiment),
  ];
  const before = sizes.findIndex(({ kind }) => kind === "dense");
  sizes.slice(before).forEach(({ inputs, outputs, bias, hidden }, index) => {
    const number = before + index + 1;
    layers.push(
      dense(
        hidden ? `hidden ${index + 1}` : "output",
        inputs,
        outputs,
        bias,
        firstKernel + before + index,
      ),
    );
    if (!hidden) return;
    layers.push(
      ...bend(number, outputs, experiment),
      dropout(`dropout ${number}`, number, "hidden"),
    );
  });
  return makeNetwork(layers);
}
