// For tests: how far gradients are from finite differences, through any network, loss and mode.
import { RandomSequence } from "../data/random";
import { Hyperparameters, type HyperparameterValues } from "./hyperparameters";
import type { Layer } from "./layers";
import { batchLoss, type Loss } from "./losses";
import { forward, initialBuffers, makeNetwork, type PassMode, unpack } from "./network";
import { type Tensor, tf, tidy } from "./tensors";

export interface Differentiated {
  readonly layers: readonly Layer[];
  readonly loss: Loss;
  readonly values: HyperparameterValues;
  /** Inputs with the batch. */
  readonly inputShape: readonly number[];
  readonly outputs: number;
  readonly mode: PassMode;
  readonly seed?: number;
}

/** float32: a step this large keeps rounding below the error of the difference itself. */
const stepSize = 1e-2;

/** Largest |analytic − numeric| over all parameters and inputs, relative to the largest gradient. */
export function worstGradientError({
  layers,
  loss,
  values,
  inputShape,
  outputs,
  mode,
  seed = 5,
}: Differentiated): number {
  const hyperparameters = new Hyperparameters(values);
  hyperparameters.prepare(values, 1);
  const network = makeNetwork(layers);
  const sequence = new RandomSequence(seed, 1);
  const draw = (count: number) => Float32Array.from({ length: count }, () => sequence.normal());
  const inputCount = inputShape.reduce((product, length) => product * length, 1);
  // Inputs and weights in one vector: both are differentiated.
  const start = draw(inputCount + network.parameterCount);
  const batch = inputShape[0] as number;
  const targets = Float32Array.from({ length: batch * outputs }, (_, i) =>
    i % outputs === Math.floor(i / outputs) % outputs ? 1 : 0,
  );
  const buffers = tidy(() => initialBuffers(network));
  const lossOf = (vector: Tensor) => {
    const [inputs, weights] = tf.split(vector, [inputCount, network.parameterCount]);
    const parameters = unpack(network, weights as never);
    const x = tf.reshape(inputs as Tensor, inputShape as number[]);
    const out = forward(network, { parameters, buffers }, x, mode);
    return batchLoss(loss, out, tf.tensor2d(targets, [batch, outputs]), hyperparameters);
  };
  const at = (vector: Float32Array) =>
    tidy(() => lossOf(tf.tensor1d(vector)).dataSync()[0] as number);
  const analytic = tidy(() =>
    tf
      .grad(lossOf as never)(tf.tensor1d(start))
      .dataSync(),
  );
  const scale = Math.max(...analytic.map(Math.abs));
  const error = Math.max(
    ...start.map((value, i) => {
      const shifted = (by: number) => at(start.with(i, value + by));
      const numeric = (shifted(stepSize) - shifted(-stepSize)) / (2 * stepSize);
      return Math.abs(numeric - (analytic[i] as number)) / scale;
    }),
  );
  hyperparameters.dispose();
  tf.dispose(buffers as never);
  return error;
}
