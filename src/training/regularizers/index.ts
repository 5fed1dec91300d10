// Registry of the regularizers that act on weights, chosen by their strengths.
import type { HyperparameterValues } from "../hyperparameters";
import { l1Penalty, l2Penalty, type Penalty } from "./penalties";

export type { Penalty } from "./penalties";
export { type ProximalOptions, takeUnitSteps } from "./proximal";

/** Penalties in force. A strength of 0 leaves its term out. */
export function activePenalties(values: HyperparameterValues): readonly Penalty[] {
  return [l1Penalty, l2Penalty].filter((penalty) => values[penalty.strength] > 0);
}
