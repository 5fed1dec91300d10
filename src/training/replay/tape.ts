// What automatic differentiation leaves behind when a step cannot be recorded.
import { type Tensor, tf } from "../tensors";

interface Tape {
  readonly state: {
    gradientDepth: number;
    activeTape: { readonly saved?: readonly Tensor[] }[] | null;
  };
}

/** Frees what was kept for gradients that were never taken: TensorFlow.js does so only where they are. */
export function abandonTape(): void {
  const { state } = tf.engine() as unknown as Tape;
  if (state.gradientDepth > 0) return;
  for (const { saved } of state.activeTape ?? []) tf.dispose([...(saved ?? [])]);
  state.activeTape = null;
}
