// How far our numbers may be from those of the reference files: one table, so that nobody can loosen a limit in passing.
import type { BackendName } from "../training/backends/backend";
import type { Tolerance } from "./deviations";

export interface Limits {
  /** Losses, gradient norms and weights along a training run, float32. */
  readonly trajectory: Tolerance;
  /** A single pass on the backend, float32. */
  readonly pass: Tolerance;
  /** Figures that we compute in double precision as the reference does. */
  readonly double: Tolerance;
  /** The temperature that minimizes a loss. */
  readonly temperature: Tolerance;
  /** Numbers that went through float32 once. */
  readonly rounded: Tolerance;
  /** Coefficients that training has arrived at. */
  readonly coefficient: Tolerance;
  /** The objective at those coefficients: flat around the minimum. */
  readonly objective: Tolerance;
}

/** Processors keep float32 throughout. */
const processor: Limits = {
  trajectory: { absolute: 1e-5, relative: 1e-5 },
  pass: { absolute: 1e-5, relative: 1e-5 },
  double: { absolute: 1e-10, relative: 1e-10 },
  temperature: { absolute: 1e-4, relative: 0 },
  rounded: { absolute: 1e-9, relative: 1e-6 },
  coefficient: { absolute: 1e-3, relative: 0 },
  objective: { absolute: 1e-5, relative: 1e-5 },
};

/** Graphics cards may reorder sums and approximate functions. */
const graphicsCard: Limits = {
  ...processor,
  trajectory: { absolute: 5e-5, relative: 5e-4 },
  pass: { absolute: 5e-5, relative: 5e-5 },
};

/** The limits on a backend. */
export function limitsOn(backend: BackendName): Limits {
  return backend === "webgpu" || backend === "webgl" ? graphicsCard : processor;
}

/** Raises a tolerance where the reference's own float32 and float64 runs are further apart than half of it. */
export function notBelow({ absolute, relative }: Tolerance, spread: number): Tolerance {
  return { absolute: Math.max(absolute, 2 * spread), relative };
}
