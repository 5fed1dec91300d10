// Beginnings, copies and ends of training states: tensors are shared between states that have them in common.
import type { Experiment } from "../experiment/schema";
import { initialWeights } from "./initialWeights";
import { initialBuffers, type Network, type NetworkValues, unpack } from "./network";
import { optimizers } from "./optimizers";
import { steadyCopy } from "./replay/inPlace";
import type { TrainingState } from "./step";
import { type Tensor, type Tensor1D, tf, tidy } from "./tensors";

/** State to return to. */
export interface Checkpoint {
  readonly step: number;
  readonly state: TrainingState;
}

/** The state before the first step; the caller frees it. */
export function initialState(network: Network, experiment: Experiment): TrainingState {
  const optimizerState: Record<string, Tensor> = {};
  for (const name of optimizers[experiment.optimizer.kind].stateNames) {
    optimizerState[name] = tf.zeros([network.parameterCount]);
  }
  const weights = tf.tensor1d(initialWeights(network, experiment));
  return {
    weights,
    average: experiment.averaging.kind === "ema" ? tf.clone(weights) : null,
    averagedFrom: null,
    optimizerState,
    buffers: initialBuffers(network),
  };
}

/** The same tensors as far as their values go; they stay as they are while training goes on. */
export function cloneAll(tensors: Readonly<Record<string, Tensor>>): Record<string, Tensor> {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, tensor]) => [name, steadyCopy(tensor)]),
  );
}

/** What the network computes with, apart from the state: it stays as it is while training goes on. The caller frees it. */
export function copyValues(
  network: Network,
  weights: Tensor1D,
  buffers: TrainingState["buffers"],
): NetworkValues {
  return tidy(() => ({ parameters: unpack(network, weights), buffers: cloneAll(buffers) }));
}

/** The state with each tensor replaced. Names are unique within a state. */
export function mapState(
  { weights, optimizerState, average, averagedFrom, buffers }: TrainingState,
  change: (tensor: Tensor, name: string) => Tensor,
): TrainingState {
  const each = (tensors: Readonly<Record<string, Tensor>>, group: string) =>
    Object.fromEntries(
      Object.entries(tensors).map(([name, tensor]) => [name, change(tensor, `${group} ${name}`)]),
    );
  return {
    weights: change(weights, "weights") as Tensor1D,
    optimizerState: each(optimizerState, "optimizer state"),
    average: average && (change(average, "average") as Tensor1D),
    averagedFrom,
    buffers: each(buffers, "buffer"),
  };
}

/** A state of its own that holds the same values; the caller frees it. */
export function cloneState(state: TrainingState): TrainingState {
  return mapState(state, steadyCopy);
}

/** Frees what a step replaced; pass null to free the whole state. Tensors handed on as they were stay. */
export function disposeReplaced(before: TrainingState, after: TrainingState | null): void {
  const tensorsOf = ({ weights, optimizerState, average, buffers }: TrainingState): Tensor[] => [
    weights,
    ...(average ? [average] : []),
    ...Object.values(optimizerState),
    ...Object.values(buffers),
  ];
  const kept = new Set(after ? tensorsOf(after) : []);
  for (const tensor of tensorsOf(before)) if (!kept.has(tensor)) tensor.dispose();
}

/** Frees a captured state. */
export function forget(checkpoint: Checkpoint | null): void {
  if (checkpoint) disposeReplaced(checkpoint.state, null);
}
