// L2 penalty: λ/2·Σ f·w² with gradient λ·f·w (Krogh & Hertz 1991), PyTorch's coupled form.
import { times } from "./kernels";
import type { Penalty } from "./regularizer";

export const l2: Penalty = {
  kind: "penalty",
  omega: "halfSquares",
  gradient: ({ weights, factors }) => times(weights, factors),
};
