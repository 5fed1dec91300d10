// The parts that optimizers are made of. Coupled or decoupled decay is one line's place in the chain.
import { tf } from "../tensors";
import type { Transform } from "./transform";

/** Coupled decay: g + λ·w, before everything that scales the gradient (torch.optim's weight_decay). */
export const addDecayedWeights: Transform = {
  state: [],
  apply(update, _moments, { weights, hyperparameters, decayMask }) {
    const decay = tf.mul(hyperparameters.tensor("coupledDecay"), weights);
    return { update: tf.add(update, decayMask ? tf.mul(decay, decayMask) : decay) };
  },
};

/** Heavy ball: v ← μ·v + g; the update is v (Polyak 1964, PyTorch's form without dampening). */
export const heavyBall: Transform = {
  state: ["velocity"],
  apply(update, { velocity }, { hyperparameters }) {
    const next = tf.add(tf.mul(hyperparameters.tensor("momentum"), velocity as never), update);
    return { update: next, moments: { velocity: next } };
  },
};

/** Nesterov: v ← μ·v + g; the update is g + μ·v (Sutskever et al. 2013, PyTorch's form). */
export const nesterov: Transform = {
  state: ["velocity"],
  apply(update, { velocity }, { hyperparameters }) {
    const momentum = hyperparameters.tensor("momentum");
    const next = tf.add(tf.mul(momentum, velocity as never), update);
    return { update: tf.add(update, tf.mul(momentum, next)), moments: { velocity: next } };
  },
};

/** RMSprop: s ← α·s + (1−α)·g²; the update is g/(√s + ε), ε outside the root (PyTorch's form). */
export const scaleByRootMeanSquare: Transform = {
  state: ["meanSquare"],
  apply(update, { meanSquare }, { hyperparameters: h }) {
    const next = tf.add(
      tf.mul(h.tensor("squareDecay"), meanSquare as never),
      tf.mul(h.tensor("oneMinusSquareDecay"), tf.square(update)),
    );
    const divisor = tf.add(tf.sqrt(next), h.tensor("epsilon"));
    return { update: tf.div(update, divisor), moments: { meanSquare: next } };
  },
};

/**
 * Adam (Kingma & Ba 2015): m̂/(√v̂ + ε) with m ← β₁·m + (1−β₁)·g and v ← β₂·v + (1−β₂)·g²,
 * both corrected for their start at 0; ε after the corrected root (PyTorch's form).
 */
export const scaleByAdam: Transform = {
  state: ["firstMoment", "secondMoment"],
  apply(update, { firstMoment, secondMoment }, { hyperparameters: h }) {
    const first = tf.add(
      tf.mul(h.tensor("beta1"), firstMoment as never),
      tf.mul(h.tensor("oneMinusBeta1"), update),
    );
    const second = tf.add(
      tf.mul(h.tensor("beta2"), secondMoment as never),
      tf.mul(h.tensor("oneMinusBeta2"), tf.square(update)),
    );
    const root = tf.add(
      tf.div(tf.sqrt(second), h.tensor("biasCorrection2Root")),
      h.tensor("epsilon"),
    );
    return {
      update: tf.div(tf.div(first, h.tensor("biasCorrection1")), root),
      moments: { firstMoment: first, secondMoment: second },
    };
  },
};

/** Decoupled decay: adds λ·w after everything that scales the gradient, so w ← (1 − η·λ)·w − … (Loshchilov & Hutter 2019). */
export const addDecoupledDecay: Transform = {
  state: [],
  apply(update, _moments, { weights, hyperparameters, decayMask }) {
    const decay = tf.mul(hyperparameters.tensor("weightDecay"), weights);
    return { update: tf.add(update, decayMask ? tf.mul(decay, decayMask) : decay) };
  },
};

/** Last part of every chain: η times the update. */
export const scaleByLearningRate: Transform = {
  state: [],
  apply: (update, _moments, { hyperparameters }) => ({
    update: tf.mul(hyperparameters.tensor("learningRate"), update),
  }),
};
