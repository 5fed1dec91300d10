// Every activation and loss against finite differences, and masks and statistics against their definitions.
import { beforeAll, describe, expect, it } from "vitest";
import { type Differentiated, worstGradientError } from "./finiteDifferences";
import { type HyperparameterValues, neutralHyperparameters } from "./hyperparameters";
import { counterValues, dropoutMask } from "./kernels/seededValues";
import {
  crossEntropyWithDifference,
  referenceCrossEntropy,
  softmaxCrossEntropy,
} from "./kernels/softmaxCrossEntropy";
import {
  type Activation,
  activation,
  averagePool,
  batchNormalization,
  convolution,
  dense,
  dropout,
  flatten,
  globalAveragePool,
  groupNormalization,
  type Layer,
  layerNormalization,
  maxPool,
  rmsNormalization,
  spatialDropout,
} from "./layers";
import { crossEntropy, type Loss, meanSquaredError } from "./losses";
import { evaluationPass, type PassMode } from "./network";
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

/** A dense network whose hidden activations go through the given layers. */
const between = (...layers: readonly Layer[]): Pick<Differentiated, "layers" | "inputShape"> => ({
  layers: [dense("a", inputs, hidden), ...layers, dense("b", hidden, outputs)],
  inputShape: [batch, inputs],
});

/** A small CNN with smooth activation: finite differences need no kinks. */
const convolved = (...layers: readonly Layer[]): Pick<Differentiated, "layers" | "inputShape"> => ({
  layers: [convolution("a", 2, 4), ...layers, flatten(), dense("b", 4 * 4, outputs)],
  inputShape: [3, 4, 4, 2],
});

const training: PassMode = {
  training: true,
  masks: { mask: (index, _place, shape) => fixedMask(index, shape) },
};

/** Drops every third entry: the same at every evaluation, as differences need it. */
function fixedMask(index: number, shape: readonly number[]): Tensor {
  const size = shape.reduce((product, length) => product * length, 1);
  const entries = Float32Array.from({ length: size }, (_, i) => ((i + index) % 3 === 0 ? 0 : 1.5));
  return tf.tensor(entries, shape as number[]);
}

const throughLayers: readonly (readonly [string, Pick<Differentiated, "layers" | "inputShape">])[] =
  [
    ["batch normalization of vectors", between(batchNormalization("n", hidden))],
    ["layer normalization", between(layerNormalization("n", hidden))],
    ["RMS normalization", between(rmsNormalization("n", hidden))],
    ["group normalization", between(groupNormalization("n", hidden, 5))],
    ["dropout", between(dropout("d", 1, "hidden"))],
    ["DropConnect", { ...between(), layers: [dense("a", inputs, outputs, true, 2)] }],
    ["convolution and average pooling", convolved(activation("tanh"), averagePool())],
    ["convolution and max pooling", convolved(maxPool())],
    ["batch normalization of pictures", convolved(batchNormalization("n", 4), averagePool())],
    ["layer normalization of pictures", convolved(layerNormalization("n", 4), averagePool())],
    ["RMS normalization of pictures", convolved(rmsNormalization("n", 4), averagePool())],
    ["group normalization of pictures", convolved(groupNormalization("n", 4, 2), averagePool())],
    ["spatial dropout", convolved(spatialDropout("d", 1), averagePool())],
    [
      "global average pooling",
      {
        layers: [convolution("a", 2, 4), globalAveragePool(), dense("b", 4, outputs)],
        inputShape: [3, 4, 4, 2],
      },
    ],
  ];

describe.each(["cpu", "wasm"] as const)("gradients on %s", (backend) => {
  beforeAll(() => switchBackend(backend));

  describe.each(losses)("%s", (_name, loss, values) => {
    it.each(activations)("through %s", (kind) => {
      const error = worstGradientError({
        ...between(activation(kind)),
        loss,
        values,
        outputs,
        mode: evaluationPass,
      });
      expect(error).toBeLessThan(5e-3);
    });
  });

  it.each(throughLayers)("through %s", (_name, path) => {
    const error = worstGradientError({
      ...path,
      loss: crossEntropy(),
      values: neutralHyperparameters,
      outputs,
      mode: training,
    });
    expect(error).toBeLessThan(1e-2);
  });

  it.each(["mean", "weighted mean"] as const)("with class weights, %s", (reduction) => {
    const classWeights = tf.tensor1d([0.2, 1, 3]);
    const error = worstGradientError({
      ...between(activation("tanh")),
      loss: crossEntropy({ classWeights, reduction }),
      values: neutralHyperparameters,
      outputs,
      mode: evaluationPass,
    });
    classWeights.dispose();
    expect(error).toBeLessThan(5e-3);
  });

  it("of cross entropy agree with its reference in tensor operations", () => {
    const logits = tf.tensor2d([3, -2, 0.5, 1e3, 999, -1e3, 0, 0, 0], [3, 3]);
    const targets = tf.tensor2d([0.9, 0.05, 0.05, 0, 1, 0, 0.2, 0.3, 0.5], [3, 3]);
    const [ours, reference] = [crossEntropyWithDifference, referenceCrossEntropy].map((compute) =>
      tidy(() => {
        const { losses, difference } = compute(logits, targets);
        return [...losses.dataSync(), ...difference.dataSync()];
      }),
    ) as [number[], number[]];
    ours.forEach((value, i) => {
      expect(value).toBeCloseTo(reference[i] as number, 5);
    });
    tf.dispose([logits, targets]);
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
