// The layers of convolutional nets: shapes, small cases by hand, and every gradient against finite differences.
import { beforeAll, describe, expect, it } from "vitest";
import { RandomSequence } from "../../data/random";
import { installWasmConvolution } from "../kernels/wasmConvolution";
import { installWasmPooling } from "../kernels/wasmPooling";
import { type Tensor, tf, tidy } from "../tensors";
import { switchBackend } from "../testing";
import { convolution } from "./convolution";
import type { ForwardContext, Layer } from "./layer";
import { averagePool, flatten, globalAveragePool, maxPool } from "./pooling";

// These layers read nothing of it.
const context = { training: true } as ForwardContext;
const step = 0.1;

const size = (shape: readonly number[]) => tf.util.sizeFromShape(shape as number[]);

/** Different values in random order, more than two steps apart: no shift by one step changes a maximum. */
function apart(count: number, seed: number): Float32Array {
  const sequence = new RandomSequence(seed, 1);
  const order = Float32Array.from({ length: count }, () => sequence.normal());
  const ranks = [...order.keys()].sort((a, b) => (order[a] as number) - (order[b] as number));
  const values = new Float32Array(count);
  for (const [rank, index] of ranks.entries()) values[index] = (rank - count / 2) * 2.5 * step;
  return values;
}

function normal(count: number, seed: number): Float32Array {
  const sequence = new RandomSequence(seed, 2);
  return Float32Array.from({ length: count }, () => sequence.normal());
}

/** Σ y·(c + y/2) for fixed noise c: its central difference is exact where y is linear in a value. */
function lossOf(layer: Layer, shapes: readonly (readonly number[])[], values: Float32Array[]) {
  return (...tensors: Tensor[]): Tensor => {
    const [x, ...parameters] = tensors.length
      ? tensors
      : values.map((list, i) => tf.tensor(list, shapes[i] as number[]));
    const y = layer.forward(x as Tensor, parameters, context);
    const noise = tf.tensor(normal(y.size, 7), y.shape);
    return tf.sum(tf.mul(y, tf.add(noise, tf.mul(y, 0.5))));
  };
}

/** Largest |analytic − numeric| over the input and all parameters, relative to the largest gradient. */
function worstGradientError(layer: Layer, inputShape: readonly number[]): number {
  const shapes = [inputShape, ...layer.parameters.map(({ shape }) => shape)];
  const values = shapes.map((shape, i) =>
    i === 0 ? apart(size(shape), 3) : normal(size(shape), i),
  );
  const analytic = tidy(() => {
    const tensors = values.map((list, i) => tf.tensor(list, shapes[i] as number[]));
    const gradients = tf.grads(lossOf(layer, shapes, values) as never)(tensors);
    return gradients.flatMap((gradient) => [...gradient.dataSync()]);
  });
  const at = (held: Float32Array[]) =>
    tidy(() => lossOf(layer, shapes, held)().dataSync()[0] as number);
  const numeric = values.flatMap((list, which) =>
    [...list].map((value, i) => {
      const shifted = (by: number) => at(values.with(which, list.with(i, value + by)));
      return (shifted(step) - shifted(-step)) / (2 * step);
    }),
  );
  const scale = Math.max(...analytic.map(Math.abs));
  expect(numeric.length).toBe(analytic.length);
  return Math.max(...numeric.map((value, i) => Math.abs(value - (analytic[i] as number)) / scale));
}

/** Output of a layer for values given flat. */
function output(layer: Layer, x: number[], shape: number[], ...parameters: Tensor[]) {
  return tidy(() => {
    const y = layer.forward(tf.tensor(x, shape), parameters, context);
    return { shape: y.shape, values: [...y.dataSync()] };
  });
}

const cases: readonly (readonly [string, Layer, readonly number[]])[] = [
  ["convolution", convolution("c", 2, 3), [2, 4, 5, 2]],
  ["convolution without bias", convolution("c", 2, 3, 3, false), [2, 4, 5, 2]],
  ["convolution 1×1", convolution("c", 3, 2, 1), [2, 3, 2, 3]],
  ["convolution 5×5 on a smaller picture", convolution("c", 1, 2, 5), [2, 3, 4, 1]],
  ["max pool", maxPool(), [2, 4, 6, 3]],
  ["max pool 3×3 with pixels left over", maxPool(3), [2, 7, 8, 2]],
  ["average pool", averagePool(), [2, 4, 6, 3]],
  ["average pool 3×3 with pixels left over", averagePool(3), [2, 7, 8, 2]],
  ["global average pool", globalAveragePool(), [2, 4, 3, 3]],
  ["flatten", flatten(), [3, 2, 2, 2]],
];

describe.each(["cpu", "wasm"] as const)("layers of convolutional nets on %s", (backend) => {
  beforeAll(async () => {
    await switchBackend(backend);
    if (backend !== "wasm") return;
    installWasmConvolution();
    installWasmPooling();
  });

  it.each(cases)("%s has the gradient of its finite differences", (_name, layer, shape) => {
    expect(worstGradientError(layer, shape)).toBeLessThan(2e-3);
  });

  it("convolution keeps the size, does not flip its kernel and adds its bias", () => {
    const taps = [0, 0, 0, 0, 1, 10, 0, 0, 100];
    const kernel = tf.tensor(taps, [3, 3, 1, 1]);
    const bias = tf.tensor([0.5]);
    const found = output(convolution("c", 1, 1), [1, 2, 3, 4, 5, 6], [1, 2, 3, 1], kernel, bias);
    expect(found).toEqual({
      shape: [1, 2, 3, 1],
      values: [521.5, 632.5, 3.5, 54.5, 65.5, 6.5],
    });
    kernel.dispose();
    bias.dispose();
  });

  it("pools drop the rows and columns left over", () => {
    const x = Array.from({ length: 15 }, (_, i) => -i);
    expect(output(maxPool(), x, [1, 3, 5, 1])).toEqual({ shape: [1, 1, 2, 1], values: [-0, -2] });
    expect(output(averagePool(), x, [1, 3, 5, 1])).toEqual({
      shape: [1, 1, 2, 1],
      values: [-3, -5],
    });
    expect(output(maxPool(1), x, [1, 3, 5, 1]).values).toEqual(x);
  });

  it("global average pool and flatten leave one vector per example", () => {
    const x = [1, 2, 3, 4, 5, 6, 7, 8];
    expect(output(globalAveragePool(), x, [2, 2, 1, 2]).values).toEqual([2, 3, 6, 7]);
    expect(output(flatten(), x, [2, 2, 1, 2])).toEqual({ shape: [2, 4], values: x });
  });

  it.each([maxPool(4), averagePool(4)])(
    "$name refuses a picture smaller than its window",
    (layer) => {
      expect(() => output(layer, [1, 2, 3, 4, 5, 6], [1, 3, 2, 1])).toThrow(/3×2.*window of 4×4/);
    },
  );

  it("leaves no data behind", () => {
    const count = () => (tf.backend() as unknown as { numDataIds(): number }).numDataIds();
    const before = count();
    for (const [, layer, shape] of cases.slice(0, 7)) worstGradientError(layer, shape);
    expect(count()).toBe(before);
  });
});

describe("convolution", () => {
  it("describes its parameters", () => {
    expect(convolution("a", 4, 8, 3).parameters).toEqual([
      { name: "a.weight", kind: "kernel", shape: [3, 3, 4, 8], fanIn: 36, fanOut: 72 },
      { name: "a.bias", kind: "bias", shape: [8], fanIn: 36, fanOut: 72 },
    ]);
    expect(convolution("a", 4, 8, 5, false).parameters.map(({ name }) => name)).toEqual([
      "a.weight",
    ]);
  });
});
