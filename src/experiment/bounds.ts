// What one page may be asked to carry: totals that no single field bounds.
import type { Experiment } from "./schema";
import { describeTask } from "./tasks";

export const maximumParameters = 2_000_000;
/** Bytes of examples, parameters and activations together. */
export const maximumBytes = 1_000_000_000;
/** Training examples seen over the whole run. */
export const maximumExamplesSeen = 200_000_000;

const bytesPerNumber = 4;
/** Weight, gradient, two moments and temporaries of the update. */
const copiesOfParameters = 8;
/** Value, gradient and temporaries of each unit of a batch. */
const copiesOfActivations = 6;

export interface LayerSize {
  readonly inputs: number;
  readonly outputs: number;
  /** Batch normalization takes the mean out, so the layer in front of it has no bias. */
  readonly bias: boolean;
}

/** Every dense layer, in forward order. */
export function layerSizes({ data, model }: Experiment): LayerSize[] {
  const task = describeTask(data);
  const widths = [task.inputSize, ...model.hiddenWidths, task.outputs];
  return widths.slice(1).map((outputs, index) => ({
    inputs: widths[index] as number,
    outputs,
    bias: index === widths.length - 2 || model.normalization !== "batch",
  }));
}

/** Learned values per unit of a hidden layer's normalization: scale and shift, or scale alone. */
const normalizationParameters = { none: 0, batch: 2, layer: 2, rms: 1, group: 2 } as const;

/** Number of trainable parameters: kernels, biases, scales and shifts. */
export function countParameters(experiment: Experiment): number {
  const perUnit = normalizationParameters[experiment.model.normalization];
  const sizes = layerSizes(experiment);
  return sizes.reduce((sum, { inputs, outputs, bias }, index) => {
    const normalization = index < sizes.length - 1 ? perUnit : 0;
    return sum + (inputs + (bias ? 1 : 0) + normalization) * outputs;
  }, 0);
}

/** Estimated bytes of examples, parameters and activations. */
export function estimateBytes(experiment: Experiment): number {
  const { data, optimizer } = experiment;
  const task = describeTask(data);
  const examples = (data.trainSize + data.validationSize + data.testSize) * task.inputSize;
  const units = layerSizes(experiment).reduce((sum, { outputs }) => sum + outputs, task.inputSize);
  const activations = units * optimizer.batchSize * copiesOfActivations;
  return (
    bytesPerNumber * (examples + countParameters(experiment) * copiesOfParameters + activations)
  );
}

/** Largest number of epochs that stays within maximumExamplesSeen. */
export function maximumEpochs(experiment: Experiment): number {
  return Math.max(1, Math.floor(maximumExamplesSeen / experiment.data.trainSize));
}

/** Batch normalization has no statistics in a batch of one. */
export function needsLargerBatch({ model, optimizer }: Experiment): boolean {
  const normalizes = model.normalization === "batch" && model.hiddenWidths.length > 0;
  return normalizes && optimizer.batchSize < 2;
}

/** Messages for every total that is exceeded; empty when all is well. */
export function checkBounds(experiment: Experiment): string[] {
  const messages: string[] = [];
  const task = describeTask(experiment.data);
  const { trainSize } = experiment.data;
  if (trainSize > task.maximumTrainSize) {
    messages.push(
      `Training examples is ${trainSize}: this data set gives at most ${task.maximumTrainSize}. Choose fewer.`,
    );
  }
  const parameters = countParameters(experiment);
  if (parameters > maximumParameters) {
    messages.push(
      `Hidden layers ${experiment.model.hiddenWidths.join("-")} make ${parameters.toLocaleString("en")} parameters: at most ${maximumParameters.toLocaleString("en")} are allowed. Use fewer or narrower layers.`,
    );
  }
  const bytes = estimateBytes(experiment);
  if (bytes > maximumBytes) {
    messages.push(
      `The experiment would need about ${Math.ceil(bytes / 1e6)} MB: at most ${maximumBytes / 1e6} MB are allowed. Use fewer examples or narrower layers.`,
    );
  }
  if (needsLargerBatch(experiment)) {
    messages.push(
      "Batch size is 1: batch normalization needs at least 2, since one example has no deviation. Raise it, or choose layer normalization.",
    );
  }
  const epochs = maximumEpochs(experiment);
  if (experiment.optimizer.epochs > epochs) {
    messages.push(
      `Epochs is ${experiment.optimizer.epochs}: with ${trainSize} training examples at most ${epochs} are allowed. Lower it.`,
    );
  }
  return messages;
}
