// Every activation and loss against finite differences, and masks and statistics against their definitions.
import { beforeAll, describe, expect, it } from "vitest";
import { RandomSequence } from "../data/random";
import {
  Hyperparameters,
  type HyperparameterValues,
  neutralHyperparameters,
} from "./hyperparameters";
import { counterValues, dropoutMask } from "./kernels/dropoutMask";
import { type Activation, activation, dense } from "./layers";
import {
  batchLoss,
  crossEntropy,
  type Loss,
  meanSquaredError,
  softmaxCrossEntropy,
} from "./losses";
import { evaluationPass, forward, makeNetwork, unpack } from "./network";
import { type Tensor, tf, tidy } from "./tensors";
import { switchBackend } from "./testing";

const activations: readonly Activation[] = [
  "relu",
  "leakyRelu",
  "tanh",
  "sigmoid",
  "gelu",
  "linear",
];
const smoothed = { ...neutralHyperparameters, labelSmoothing: 0.2 };
const robust = { ...neutralHyperparameters, robustness: 0.7, labelSmoothing: 0.1 };

const losses: readonly (readonly [string, Loss, HyperparameterValues])[] = [
  ["cross entropy", crossEntropy(), neutralHyperparameters],
  ["label smoothing", crossEntropy(), smoothed],
  ["generalized cross entropy", crossEntropy(), robust],
  ["mean squared error", meanSquaredError, neutralHyperparameters],
];
const [batch, inputs, hidden, outputs] = [4, 3, 5, 3];

/** Largest |analytic − numeric| over all parameters, relative to the largest gradient. */
function worstGradientError(kind: Activation, loss: Loss, values: HyperparameterValues): number {
  const hyperparameters = new Hyperparameters(values);
  hyperparameters.prepare(values, 1);
  const network = makeNetwork([
    dense("a", inputs, hidden),
    activation(kind),
    dense("b", hidden, outputs),
  ]);
  const sequence = new RandomSequence(5, 1);
  const draw = (count: number) => Float32Array.from({ length: count }, () => sequence.normal());
  const x = draw(batch * inputs);
  const weights = draw(network.parameterCount);
  const targets = Float32Array.from({ length: batch * outputs }, (_, i) =>
    i % outputs === Math.floor(i / outputs) % outputs ? 1 : 0,
  );
  const value = (held: Float32Array) =>
    tidy(() => lossOf(unpack(network, tf.tensor1d(held))).dataSync()[0] as number);
  const lossOf = (parameters: readonly Tensor[]) => {
    const out = forward(
      network,
      { parameters, buffers: {} },
      tf.tensor2d(x, [batch, inputs]),
      evaluationPass,
    );
    return batchLoss(loss, out, tf.tensor2d(targets, [batch, outputs]), hyperparameters);
  };
  const analytic = tidy(() => {
    const parts = tf.grads(((...parameters: Tensor[]) => lossOf(parameters)) as never)(
      unpack(network, tf.tensor1d(weights)),
    );
    return tf.concat(parts.map((part) => tf.reshape(part, [-1]))).dataSync();
  });
  const scale = Math.max(...analytic.map(Math.abs));
  // float32: a step this large keeps rounding below the error of the difference itself.
  const step = 1e-2;
  return Math.max(
    ...weights.map((weight, i) => {
      const at = (shifted: number) => value(weights.with(i, shifted));
      const numeric = (at(weight + step) - at(weight - step)) / (2 * step);
      return Math.abs(numeric - (analytic[i] as number)) / scale;
    }),
  );
}

describe.each(["cpu", "wasm"] as const)("gradients on %s", (backend) => {
  beforeAll(() => switchBackend(backend));

  describe.each(losses)("%s", (_name, loss, values) => {
    it.each(activations)("through %s", (kind) => {
      expect(worstGradientError(kind, loss, values)).toBeLessThan(5e-3);
    });
  });

  it("of extreme logits stay finite", () => {
    const [value, gradient] = tidy(() => {
      const logits = tf.tensor2d([1000, -1000, 0, -1e4, 1e4, 3], [2, 3]);
      const targets = tf.tensor2d([0, 1, 0, 0, 1, 0], [2, 3]);
      const loss = ((z: Tensor) => tf.mean(softmaxCrossEntropy(z, targets))) as never;
      const result = tf.valueAndGrad(loss)(logits) as { value: Tensor; grad: Tensor };
      return [[...result.value.dataSync()], [...result.grad.dataSync()]];
    });
    expect(value).toEqual([1000]);
    expect(gradient).toEqual([0.5, -0.5, 0, 0, 0, 0]);
  });
});

describe("dropout masks", () => {
  const mask = async (backend: "cpu" | "wasm", rate: number, step: number, stream = 64) => {
    await switchBackend(backend);
    return tidy(() =>
      dropoutMask(tf.tensor1d(counterValues(9, step), "int32"), tf.scalar(rate), {
        shape: [100, 101],
        stream,
      }).dataSync(),
    );
  };

  it.each([0.1, 0.5, 0.9])("drop a share of %d and keep the mean at 1", async (rate) => {
    const values = await mask("cpu", rate, 3);
    const dropped = values.filter((value) => value === 0).length / values.length;
    const deviation = Math.sqrt((rate * (1 - rate)) / values.length);
    expect(Math.abs(dropped - rate)).toBeLessThan(4 * deviation);
    const kept = values.find((value) => value > 0) as number;
    expect(kept).toBeCloseTo(1 / (1 - rate), 4);
    expect(new Set(values).size).toBe(2);
  });

  it("are the same on cpu and wasm, and others at another step or layer", async () => {
    const reference = await mask("cpu", 0.3, 7);
    expect(await mask("wasm", 0.3, 7)).toEqual(reference);
    expect(await mask("wasm", 0.3, 8)).not.toEqual(reference);
    expect(await mask("wasm", 0.3, 7, 65)).not.toEqual(reference);
  });
});
