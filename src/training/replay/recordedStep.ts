// What recorded steps have in common on all backends: what they compute and hand out, and the check that they may be replayed.
import { disposeReplaced } from "../state";
import type { TrainingState } from "../step";
import type { StepTensors } from "../stepValues";
import { type Tensor, tidy } from "../tensors";
import { RecordingError } from "./recorder";

/** What a step hands out besides its state. */
export interface StepFigures {
  /** Data loss, a scalar. */
  readonly loss: Tensor;
  /** Norm of the gradient, a scalar, where the step is measured. */
  readonly norm: Tensor | null;
  /** Update-to-weight ratios, where the step is measured. */
  readonly ratios: Tensor | null;
}

export type FigureName = keyof StepFigures;
export const figureNames: readonly FigureName[] = ["loss", "norm", "ratios"];

type StepResult = { readonly state: TrainingState } & StepFigures;

/** Computes one step from its numbers; the state given in is left alone. */
export type ComputeStep = (tensors: StepTensors, state: TrainingState) => StepResult;

/** What a recording of a step is made of. */
export interface StepInputs {
  readonly tensors: StepTensors;
  /** At home; it is left as it is. */
  readonly state: TrainingState;
  readonly compute: ComputeStep;
}

/** Computes a step, hands its results to `use`, and frees them. */
export function computeOnce(
  { tensors, state, compute }: StepInputs,
  use: (result: StepResult) => void,
): void {
  let made: TrainingState | null = null;
  try {
    tidy(() => {
      const result = compute(tensors, state);
      made = result.state;
      use(result);
    });
  } finally {
    // What layers kept outlives the tidy.
    if (made) disposeReplaced(made, state);
  }
}

/**
 * Records a step and the one after it: a step whose work depends on more than its numbers is found out by that.
 * @param record makes a recording; the second one is only compared. @param again makes everything ready for the step after.
 * @throws RecordingError when the two differ; whatever recording throws otherwise. Nothing of them is left then.
 */
export function recordTwice<Recording extends { readonly signature: string; dispose(): void }>(
  record: (isFirst: boolean) => Recording,
  again: () => void,
): Recording {
  const first = record(true);
  let isSame = false;
  try {
    again();
    const second = record(false);
    second.dispose();
    isSame = second.signature === first.signature;
  } finally {
    if (!isSame) first.dispose();
  }
  if (isSame) return first;
  throw new RecordingError("what a step computes changes from one step to the next");
}
