// Proximal L1: the soft threshold, sign(w)·max(|w| − t, 0) with t = η·λ; what falls below is exactly 0 (Beck & Teboulle 2009).
import type { ElementwiseProximalStep } from "./regularizer";

export const l1Proximal: ElementwiseProximalStep = {
  kind: "proximal step",
  omega: "absolutes",
  /**
   * Written as w − min(max(w, −t), t), which gives the same numbers. Preconditioned, the threshold is t / (√v̂ + ε): as Adam
   * scales the gradient, so it scales the threshold (Yun et al. 2021).
   */
  elementwise(
    { add, sub, mul, div, min, max, neg, sqrt, scalar },
    weights,
    { factors, secondMoment, options },
  ) {
    const plain = scalar("l1ProximalThreshold");
    const scoped = factors === null ? plain : mul(factors, plain);
    const scaled = options.l1ProximalForm === "preconditioned" && secondMoment !== null;
    const threshold = scaled
      ? div(scoped, add(mul(sqrt(secondMoment), scalar("secondCorrectionRoot")), scalar("epsilon")))
      : scoped;
    return sub(weights, min(max(weights, neg(threshold)), threshold));
  },
};
