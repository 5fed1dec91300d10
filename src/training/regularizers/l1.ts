// L1 penalty: λ·Σ f·|w| with subgradient λ·f·sign(w), sign(0) = 0 (Tibshirani 1996). Not divided by anything.
import { tf } from "../tensors";
import { times } from "./kernels";
import type { Penalty } from "./regularizer";

export const l1: Penalty = {
  kind: "penalty",
  omega: "absolutes",
  gradient: ({ weights, factors }) => times(tf.sign(weights), factors),
};
