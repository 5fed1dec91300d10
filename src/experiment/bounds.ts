// Sizes of an experiment that follow from several settings, and what one page may be asked to carry.
import type { Experiment } from "./schema";
import { describeTask } from "./tasks";

export const maximumParameters = 2_000_000;
/** Bytes of examples, parameters and activations together. */
export const maximumBytes = 1_000_000_000;
/** Training examples seen over the whole run. */
export const maximumExamplesSeen = 200_000_000;

export interface LayerSize {
  readonly kind: "convolution" | "dense";
  readonly inputs: number;
  readonly outputs: number;
  /** Entries of a kernel for one input and one output: 9 for a 3×3 convolution, 1 for a dense layer. */
  readonly area: number;
  /** Places of the picture where the layer is applied; 1 for a dense layer. */
  readonly places: number;
  /** False for the layer that gives the outputs. */
  readonly hidden: boolean;
  /** Batch normalization takes the mean out, so the layer in front of it has no bias. */
  readonly bias: boolean;
}

/** True where the experiment's pictures go through convolution blocks. */
export function isConvolutional({ data, model }: Experiment): boolean {
  return model.family === "cnn" && describeTask(data).inputShape.length === 3;
}

function blockSizes(
  experiment: Experiment,
  bias: boolean,
): { blocks: LayerSize[]; handedOn: number } {
  const task = describeTask(experiment.data);
  if (!isConvolutional(experiment)) return { blocks: [], handedOn: task.inputSize };
  let [height, width, channels] = task.inputShape as [number, number, number];
  const blocks = experiment.model.filters.map((outputs): LayerSize => {
    const block: LayerSize = {
      kind: "convolution",
      inputs: channels,
      outputs,
      area: 9,
      places: height * width,
      hidden: true,
      bias,
    };
    [height, width, channels] = [Math.floor(height / 2), Math.floor(width / 2), outputs];
    return block;
  });
  const flat = experiment.model.head === "flatten" || blocks.length === 0;
  return { blocks, handedOn: flat ? height * width * channels : channels };
}

/** Side of the convolutions' kernels. */
export const kernelSide = 3;

/** Blocks after which the picture is too small for another kernel; Infinity where nothing is convolved. */
export function maximumBlocks(experiment: Experiment): number {
  if (!isConvolutional(experiment)) return Number.POSITIVE_INFINITY;
  const [height, width] = describeTask(experiment.data).inputShape as [number, number];
  let blocks = 0;
  while (Math.min(height, width) >> blocks >= kernelSide) blocks++;
  return blocks;
}

/** Every layer with a kernel, in forward order. */
export function layerSizes(experiment: Experiment): LayerSize[] {
  const { data, model } = experiment;
  const bias = model.normalization !== "batch";
  const { blocks, handedOn } = blockSizes(experiment, bias);
  const widths = [handedOn, ...model.hiddenWidths, describeTask(data).outputs];
  const dense = widths.slice(1).map((outputs, index): LayerSize => {
    const hidden = index < widths.length - 2;
    const inputs = widths[index] as number;
    return { kind: "dense", inputs, outputs, area: 1, places: 1, hidden, bias: !hidden || bias };
  });
  return [...blocks, ...dense];
}

/** Learned values per unit of a hidden layer's normalization: scale and shift, or scale alone. */
const normalizationParameters = { none: 0, batch: 2, layer: 2, rms: 1, group: 2 } as const;

/** Number of trainable parameters: kernels, biases, scales and shifts. */
export function countParameters(experiment: Experiment): number {
  const perUnit = normalizationParameters[experiment.model.normalization];
  return layerSizes(experiment).reduce((sum, { inputs, area, outputs, bias, hidden }) => {
    const others = (bias ? 1 : 0) + (hidden ? perUnit : 0);
    return sum + (inputs * area + others) * outputs;
  }, 0);
}

/** Multiply-adds of one example's way forward. */
export function countMultiplyAdds(experiment: Experiment): number {
  return layerSizes(experiment).reduce(
    (sum, { inputs, area, outputs, places }) => sum + inputs * area * outputs * places,
    0,
  );
}

/** Largest number of epochs that stays within maximumExamplesSeen. */
export function maximumEpochs(experiment: Experiment): number {
  return Math.max(1, Math.floor(maximumExamplesSeen / experiment.data.trainSize));
}

/** Batch normalization has no statistics in a batch of one. */
export function needsLargerBatch(experiment: Experiment): boolean {
  const { model, optimizer } = experiment;
  if (!layerSizes(experiment).some(({ hidden }) => hidden)) return false;
  const normalizes = model.normalization === "batch";
  return normalizes && optimizer.batchSize < 2;
}
