// What the page is told about data and network when a run starts.
import { invertScaling, scaledInputs } from "../data/scaling";
import type { Dataset, Examples } from "../data/types";
import type { Experiment } from "../experiment/schema";
import { describeTask } from "../experiment/tasks";
import type { Network } from "../training/network";
import { groupingsOf } from "../training/views/groupings";
import type { DatasetSummary, NetworkSummary, PointSet } from "./protocol";

function pointSet(dataset: Dataset, examples: Examples): PointSet {
  return {
    coordinates: invertScaling(
      scaledInputs(examples, dataset, 0, examples.count),
      dataset.scaling,
      dataset.inputSize,
    ),
    labels: examples.labels,
    targets: examples.targets,
    mislabelled: examples.mislabelled,
  };
}

/** Counts and names, and for planar sets and curves the points in raw coordinates. */
export function summarizeDataset(experiment: Experiment, dataset: Dataset): DatasetSummary {
  const { view } = describeTask(experiment.data);
  const { train, validation, test } = dataset;
  const drawable = view === "plane" || view === "curve";
  return {
    classNames: dataset.classNames,
    featureNames: dataset.featureNames,
    ...(dataset.target && { target: dataset.target }),
    groupings: groupingsOf(experiment, dataset),
    counts: { train: train.count, validation: validation.count, test: test.count },
    points: drawable
      ? { train: pointSet(dataset, train), validation: pointSet(dataset, validation) }
      : null,
  };
}

/** The layers that hold parameters, in forward order. */
export function summarizeNetwork(experiment: Experiment, network: Network): NetworkSummary {
  const kernels = network.slots.filter((slot) => slot.kind === "kernel");
  return {
    parameters: network.parameterCount,
    layers: kernels.map((slot, index) => ({
      name: slot.layer,
      inputs: slot.fanIn,
      outputs: slot.shape.at(-1) as number,
      activation: index < kernels.length - 1 ? experiment.model.activation : "linear",
      parameters: network.slots
        .filter((candidate) => candidate.layer === slot.layer)
        .reduce((sum, candidate) => sum + candidate.size, 0),
    })),
  };
}
