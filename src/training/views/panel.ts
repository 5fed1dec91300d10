// What a panel of the page is to the engine: for which tasks it is, how often it is measured, and how.
import type { Dataset } from "../../data/types";
import { countMultiplyAdds } from "../../experiment/bounds";
import type { Experiment } from "../../experiment/schema";
import { describeTask, type Task } from "../../experiment/tasks";
import type { DeviceExamples } from "../deviceExamples";
import type { Network, NetworkValues } from "../network";
import type { Tensor } from "../tensors";
import type { UpcomingStep } from "../upcoming";
import type { Look } from "../viewTypes";

/** What stays the same for a run. */
export interface PanelContext {
  readonly experiment: Experiment;
  readonly network: Network;
  readonly dataset: Dataset;
  /** On the device. */
  readonly validation: DeviceExamples;
  readonly task: Task;
  /** Cost of one example's way forward. */
  readonly multiplyAdds: number;
}

/** The context of a run. */
export function panelContext({
  experiment,
  network,
  dataset,
  validation,
}: Pick<PanelContext, "experiment" | "network" | "dataset" | "validation">): PanelContext {
  const task = describeTask(experiment.data);
  const multiplyAdds = countMultiplyAdds(experiment);
  return { experiment, network, dataset, validation, task, multiplyAdds };
}

/** The run at one moment; what no panel asks for is never made. */
export interface Subject {
  /** Parameters and buffers, a copy that stays as it is while training goes on. */
  readonly values: NetworkValues;
  /** Flat weights, [parameterCount]; owned by the run, which may write over them. */
  readonly weights: Tensor;
  /** ‖Δw‖ / ‖w‖ of each kernel at the last measured step, or null before the first. */
  readonly updateRatios: Tensor | null;
  /** The step about to be taken, for what it will drop. */
  readonly upcoming: UpcomingStep;
  readonly look: Look;
  readonly training: boolean;
  /** Milliseconds of the run's clock. */
  readonly now: number;
}

/** A panel of one run. */
export interface Panel<Data> {
  /** Null where there is nothing to show. */
  measure(subject: Subject): Promise<Data | null>;
  dispose?(): void;
}

export interface PanelDefinition<Data> {
  /** Least time between two measurements while training, in milliseconds: as often as the page redraws it. */
  readonly interval: number;
  /** Measured before the first step, whoever watches: what all later measurements are compared with. */
  readonly opening?: boolean;
  appliesTo(context: PanelContext): boolean;
  /** Made when first watched. */
  open(context: PanelContext): Panel<Data>;
}

/** A panel's definition, with the type of its data. */
export const definePanel = <Data>(definition: PanelDefinition<Data>): PanelDefinition<Data> =>
  definition;
