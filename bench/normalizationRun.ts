// Normalization as programs of our own against its reference, on the backend in use, with the dispatches or draws of both.
import {
  drawInputs,
  type Form,
  type NormalizationCase,
  normalizationErrors,
  passBoth,
} from "../src/training/kernels/normalizeComparison";
import { tf } from "../src/training/tensors";
import { countCalls } from "./pages/dispatches";

export interface NormalizationFigures {
  /** Of the output and of each gradient, relative to its largest entry. */
  readonly errors: number[];
  /** Dispatches or draws forward and back, with what moves running statistics. */
  readonly calls: number;
  readonly referenceCalls: number;
}

/** Runs a case forward and back in both ways. */
export async function compareNormalizations(
  held: NormalizationCase,
): Promise<NormalizationFigures> {
  const { inputs, slope } = drawInputs(held);
  const count = async (form: Form) => {
    const run = () => countCalls(async () => tf.dispose(passBoth(held.kind, form, inputs, slope)));
    // The first time brings the inputs to the device.
    await run();
    return (await run()).calls;
  };
  const figures = {
    errors: await normalizationErrors(held, "layer"),
    calls: await count("layer"),
    referenceCalls: await count("reference"),
  };
  tf.dispose([inputs, slope]);
  return figures;
}
