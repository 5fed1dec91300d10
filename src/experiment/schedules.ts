// How rates and strengths change over a run: functions of the step alone, for the engine and for the curve beside the control.
import type { Experiment } from "./schema";

/** From start at step 1 to end at step total, evenly. */
export function linear(start: number, end: number, step: number, total: number): number {
  return total <= 1 ? end : start + ((end - start) * (step - 1)) / (total - 1);
}

/**
 * Cosine from 1 right after the warm-up to `floor` at the last step (Loshchilov & Hutter 2017), as a share of the rate.
 */
export function cosine(step: number, warmUp: number, total: number, floor: number): number {
  if (total <= warmUp) return 1;
  return floor + (1 - floor) * 0.5 * (1 + Math.cos((Math.PI * (step - warmUp)) / (total - warmUp)));
}

/** Shares of the run at which the step schedule divides the rate by ten (He et al. 2016). */
const drops = [0.5, 0.75];

/** Share of the learning rate that is in force at a step, counted from 1. The warm-up rises evenly from 0. */
export function rateShare(
  kind: Experiment["optimizer"]["schedule"],
  step: number,
  warmUp: number,
  total: number,
  floor: number,
): number {
  if (step <= warmUp) return step / warmUp;
  switch (kind) {
    case "constant":
      return 1;
    case "cosine":
      return cosine(step, warmUp, total, floor);
    case "step":
      return 0.1 ** drops.filter((drop) => step > drop * total).length;
  }
}

/** Share of the penalties', decay's and proximal steps' strengths that is in force at a step, counted from 1. */
export function strengthShare(
  kind: Experiment["regularization"]["schedule"],
  step: number,
  total: number,
): number {
  if (kind === "ramp") return linear(0, 1, step, total);
  return kind === "anneal" ? linear(1, 0, step, total) : 1;
}
