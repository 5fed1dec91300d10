// From an experiment's model settings to a network.
import { layerSizes } from "../experiment/bounds";
import type { Experiment } from "../experiment/schema";
import {
  activation,
  batchNormalization,
  dense,
  dropout,
  groupNormalization,
  type Layer,
  layerNormalization,
  rmsNormalization,
} from "./layers";
import { makeNetwork, type Network } from "./network";

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

/**
 * The multilayer perceptron of an experiment: dropout, then dense → normalization → activation → dropout
 * for each hidden layer, then dense. A dense layer in front of batch normalization has no bias: the mean is taken out anyway.
 */
export function networkOf(experiment: Experiment): Network {
  const sizes = layerSizes(experiment);
  const layers: Layer[] = [dropout("input dropout", 0, "input")];
  sizes.forEach(({ inputs, outputs, bias }, index) => {
    const number = index + 1;
    if (index === sizes.length - 1) {
      layers.push(dense("output", inputs, outputs));
      return;
    }
    layers.push(
      dense(`hidden ${number}`, inputs, outputs, bias),
      ...normalization(`normalization ${number}`, outputs, experiment),
      activation(experiment.model.activation),
      dropout(`dropout ${number}`, number, "hidden"),
    );
  });
  return makeNetwork(layers);
}
