// Registry of the regularizers that act on weights, chosen by their strengths.
import type { HyperparameterValues } from "../hyperparameters";
import { l1Penalty, l2Penalty, type Penalty } from "./penalties";
import { type ProximalStep, softThreshold } from "./proximal";

export type { Penalty } from "./penalties";
export type { ProximalStep } from "./proximal";

/** Penalties in force. A strength of 0 leaves its term out. */
export function activePenalties(values: HyperparameterValues): readonly Penalty[] {
  return [l1Penalty, l2Penalty].filter((penalty) => values[penalty.strength] > 0);
}

/** Proximal steps in force, in the order in which they are taken. */
export function activeProximalSteps(values: HyperparameterValues): readonly ProximalStep[] {
  return values.l1Proximal > 0 ? [softThreshold] : [];
}
