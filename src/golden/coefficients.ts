// Compares coefficients that training arrived at with a reference's: every one within the limit, and exact zeros where it has them.
import type { Deviations } from "./deviations";
import type { Limits } from "./limits";

/** Exact zeros are compared as a pattern of 0 and 1 beside the values. @param place what the coefficients belong to */
export function compareCoefficients(
  place: string,
  ours: ArrayLike<number>,
  theirs: readonly number[],
  deviations: Deviations,
  limits: Limits,
): void {
  deviations.compare(`coefficients at ${place}`, ours, theirs, limits.coefficient);
  const zeros = (values: ArrayLike<number>) => Array.from(values, (value) => (value === 0 ? 1 : 0));
  deviations.exact(`exact zeros at ${place}`, zeros(ours), zeros(theirs));
}
