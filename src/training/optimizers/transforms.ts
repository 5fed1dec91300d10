// The element-wise links that optimizers are made of.
import type { ElementwiseTransform } from "./transform";

/**
 * Adds λ·w, times the factor of each parameter. Before everything that scales the gradient it is coupled decay (torch.optim's
 * weight_decay); after it, decoupled: w ← (1 − η·λ)·w − … (Loshchilov & Hutter 2019).
 */
export const addDecayedWeights = (
  strength: "coupledDecay" | "weightDecay",
): ElementwiseTransform => ({
  kind: "element-wise",
  strength,
  decays: true,
  state: [],
  apply({ add, mul, scalar }, update, _state, { weights, decayFactors }) {
    const decay = mul(scalar(strength), weights);
    return { update: add(update, decayFactors === null ? decay : mul(decay, decayFactors)) };
  },
});

/** Heavy ball: v ← μ·v + g; the update is v (Polyak 1964, PyTorch's form without dampening). */
export const trace: ElementwiseTransform = {
  kind: "element-wise",
  state: ["velocity"],
  apply({ add, mul, flush, scalar }, update, { velocity }) {
    const next = flush(add(mul(scalar("momentum"), velocity as typeof update), update));
    return { update: next, state: { velocity: next } };
  },
};

/** Nesterov: v ← μ·v + g; the update is g + μ·v (Sutskever et al. 2013, PyTorch's form). */
export const nesterovTrace: ElementwiseTransform = {
  kind: "element-wise",
  state: ["velocity"],
  apply({ add, mul, flush, scalar }, update, { velocity }) {
    const momentum = scalar("momentum");
    const next = flush(add(mul(momentum, velocity as typeof update), update));
    return { update: add(update, mul(momentum, next)), state: { velocity: next } };
  },
};

/** RMSprop: s ← α·s + (1−α)·g²; the update is g/(√s + ε), ε outside the root (PyTorch's form). */
export const scaleByRms: ElementwiseTransform = {
  kind: "element-wise",
  state: ["meanSquare"],
  apply({ add, mul, div, sqrt, flush, scalar }, update, { meanSquare }) {
    const next = flush(
      add(
        mul(scalar("squareDecay"), meanSquare as typeof update),
        mul(scalar("oneMinusSquareDecay"), mul(update, update)),
      ),
    );
    return {
      update: div(update, add(sqrt(next), scalar("epsilon"))),
      state: { meanSquare: next },
    };
  },
};

/**
 * Adam (Kingma & Ba 2015): m̂/(√v̂ + ε) with m ← β₁·m + (1−β₁)·g and v ← β₂·v + (1−β₂)·g²,
 * both corrected for their start at 0; ε after the corrected root (PyTorch's form).
 */
export const scaleByAdam: ElementwiseTransform = {
  kind: "element-wise",
  state: ["firstMoment", "secondMoment"],
  apply({ add, mul, div, sqrt, flush, scalar }, update, { firstMoment, secondMoment }) {
    // The first moment of a unit that is off for long decays to numbers that slow everything down.
    const first = flush(
      add(mul(scalar("beta1"), firstMoment as typeof update), mul(scalar("oneMinusBeta1"), update)),
    );
    const second = flush(
      add(
        mul(scalar("beta2"), secondMoment as typeof update),
        mul(scalar("oneMinusBeta2"), mul(update, update)),
      ),
    );
    const root = add(mul(sqrt(second), scalar("secondCorrectionRoot")), scalar("epsilon"));
    return {
      update: div(mul(first, scalar("firstCorrection")), root),
      state: { firstMoment: first, secondMoment: second },
    };
  },
};

/** Last link of every chain: η times the update. */
export const scaleByLearningRate: ElementwiseTransform = {
  kind: "element-wise",
  state: [],
  apply: ({ mul, scalar }, update) => ({ update: mul(scalar("learningRate"), update) }),
};
