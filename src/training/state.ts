// Copies and ends of training states: tensors are shared between states that have them in common.
import type { TrainingState } from "./step";
import { type Tensor, tf } from "./tensors";

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
