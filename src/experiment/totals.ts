// Totals that no single setting bounds: when they are exceeded, and why that is too much.
import {
  countParameters,
  kernelSide,
  maximumBlocks,
  maximumBytes,
  maximumEpochs,
  maximumParameters,
  needsLargerBatch,
} from "./bounds";
import { estimateBytes } from "./memory";
import type { Experiment } from "./schema";
import { describeTask } from "./tasks";

interface Total {
  isExceeded(experiment: Experiment): boolean;
  /** Why a value is not allowed. @param fits the value that is, in words */
  why(experiment: Experiment, fits: string): string;
}

const grouped = (value: number) => value.toLocaleString("en");

/** Every total, in the order in which they are looked at: what a later one goes by is settled by then. */
export const totals = {
  examples: {
    isExceeded: ({ data }) => data.trainSize > describeTask(data).maximumTrainSize,
    why: (_, fits) => `this data set gives at most ${fits}.`,
  },
  blocks: {
    isExceeded: (experiment) => experiment.model.filters.length > maximumBlocks(experiment),
    why(experiment) {
      const most = maximumBlocks(experiment);
      const [height, width] = describeTask(experiment.data).inputShape as [number, number];
      const left = `${height >> most}×${width >> most}`;
      return `block ${most + 1} would put its ${kernelSide}×${kernelSide} kernel on a picture of ${left}, since every block halves the picture. Use at most ${most} blocks.`;
    },
  },
  parameters: {
    isExceeded: (experiment) => countParameters(experiment) > maximumParameters,
    why: (experiment, fits) =>
      `the network would have ${grouped(countParameters(experiment))} parameters, at most ${grouped(maximumParameters)} are allowed. ${fits} would fit.`,
  },
  memory: {
    isExceeded: (experiment) => estimateBytes(experiment) > maximumBytes,
    why: (experiment, fits) =>
      `the experiment would need about ${grouped(Math.ceil(estimateBytes(experiment) / 1e6))} MB of memory, at most ${grouped(maximumBytes / 1e6)} MB are allowed. ${fits} would fit.`,
  },
  batch: {
    isExceeded: needsLargerBatch,
    why: (_, fits) =>
      `batch normalization needs at least ${fits}, since one example has no deviation. Raise it, or choose layer normalization.`,
  },
  epochs: {
    isExceeded: (experiment) => experiment.optimizer.epochs > maximumEpochs(experiment),
    why: ({ data }, fits) =>
      `with ${data.trainSize} training examples at most ${fits} are allowed.`,
  },
} satisfies Readonly<Record<string, Total>>;

export type TotalName = keyof typeof totals;

export const totalNames = Object.keys(totals) as TotalName[];

/** True when an experiment of valid fields exceeds no total. */
export function keepsTotals(experiment: Experiment): boolean {
  return !totalNames.some((name) => totals[name].isExceeded(experiment));
}
