// Beginnings, copies and ends of training states: tensors are shared between states that have them in common.
import type { Experiment } from "../experiment/schema";
import { initialWeights } from "./initialWeights";
import { initialBuffers, type Network } from "./network";
import { momentNames } from "./optimizers";
import type { TrainingState } from "./step";
import { type Tensor, tf } from "./tensors";

/** State to return to. */
export interface Checkpoint {
  readonly step: number;
  readonly state: TrainingState;
}

/** The state before the first step; the caller frees it. */
export function initialState(network: Network, experiment: Experiment): TrainingState {
  const moments: Record<string, Tensor> = {};
  for (const name of momentNames(experiment.optimizer.kind)) {
    moments[name] = tf.zeros([network.parameterCount]);
  }
  const weights = tf.tensor1d(initialWeights(network, experiment));
  return {
    weights,
    average: experiment.averaging.kind === "ema" ? tf.clone(weights) : null,
    averagedFrom: null,
    moments,
    buffers: initialBuffers(network),
  };
}

/** New handles to the same tensors. */
export function cloneAll(tensors: Readonly<Record<string, Tensor>>): Record<string, Tensor> {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, tensor]) => [name, tf.clone(tensor)]),
  );
}

/** A state of its own that holds the same values; the caller frees it. */
export function cloneState(state: TrainingState): TrainingState {
  const { weights, moments, average, buffers } = state;
  return {
    weights: tf.clone(weights),
    moments: cloneAll(moments),
    average: average && tf.clone(average),
    averagedFrom: state.averagedFrom,
    buffers: cloneAll(buffers),
  };
}

/** Frees what a step replaced; pass null to free the whole state. Tensors handed on as they were stay. */
export function disposeReplaced(before: TrainingState, after: TrainingState | null): void {
  const tensorsOf = ({ weights, moments, average, buffers }: TrainingState): Tensor[] => [
    weights,
    ...(average ? [average] : []),
    ...Object.values(moments),
    ...Object.values(buffers),
  ];
  const kept = new Set(after ? tensorsOf(after) : []);
  for (const tensor of tensorsOf(before)) if (!kept.has(tensor)) tensor.dispose();
}

/** Frees a captured state. */
export function forget(checkpoint: Checkpoint | null): void {
  if (checkpoint) disposeReplaced(checkpoint.state, null);
}
