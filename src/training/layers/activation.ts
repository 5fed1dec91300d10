// The bends between dense layers. Each is a plain function of one number, so plots and tests can use it too.
import type { Experiment } from "../../experiment/schema";
import type { Tensor } from "../tensors";
import { tf } from "../tensors";
import type { Layer } from "./layer";

export type Activation = Experiment["model"]["activation"];

/** Slope of leaky ReLU below 0 (PyTorch's default). */
const leakySlope = 0.01;

/**
 * GELU, exact form x·Φ(x) with Φ the standard normal distribution function
 * (Hendrycks & Gimpel 2016); gradient Φ(x) + x·φ(x).
 */
const gelu = tf.customGrad((x, save) => {
  const input = x as Tensor;
  const distribution = tf.mul(0.5, tf.add(1, tf.erf(tf.mul(input, Math.SQRT1_2))));
  (save as (tensors: Tensor[]) => void)([input, distribution]);
  return {
    value: tf.mul(input, distribution),
    gradFunc: (dy: Tensor, saved: Tensor[]) => {
      const [held, phi] = saved as [Tensor, Tensor];
      const density = tf.mul(tf.exp(tf.mul(-0.5, tf.square(held))), 1 / Math.sqrt(2 * Math.PI));
      return tf.mul(dy, tf.add(phi, tf.mul(held, density)));
    },
  };
});

const functions: Readonly<Record<Activation, (x: Tensor) => Tensor>> = {
  relu: (x) => tf.relu(x),
  leakyRelu: (x) => tf.leakyRelu(x, leakySlope),
  tanh: (x) => tf.tanh(x),
  sigmoid: (x) => tf.sigmoid(x),
  gelu: (x) => gelu(x),
  linear: (x) => x,
};

/** Element-wise activation, any shape. */
export function activation(kind: Activation): Layer {
  const apply = functions[kind];
  return { name: kind, role: "activation", parameters: [], forward: (x) => apply(x) };
}
