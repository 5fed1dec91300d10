// Our convolutions, pooling and products on the cpu backend against the stock kernels that they replace, over many shapes.
import fc from "fast-check";
import { beforeAll, expect, it } from "vitest";
import { RandomSequence } from "../../data/random";
import { tf } from "../tensors";
import { switchBackend } from "../testing";

const names = [
  "Conv2D",
  "Conv2DBackpropInput",
  "Conv2DBackpropFilter",
  "MaxPoolGrad",
  "BatchMatMul",
] as const;
type Name = (typeof names)[number];
const stock = new Map<Name, tf.KernelFunc>();

beforeAll(async () => {
  await import("@tensorflow/tfjs-backend-cpu");
  for (const name of names) {
    stock.set(name, (tf.getKernel(name, "cpu") as tf.KernelConfig).kernelFunc);
  }
  await switchBackend("cpu");
});

function normal(shape: readonly number[], seed: number): tf.Tensor {
  const sequence = new RandomSequence(seed, 1);
  const values = Float32Array.from({ length: tf.util.sizeFromShape([...shape]) }, () =>
    sequence.normal(),
  );
  return tf.tensor(values, [...shape]);
}

/** Runs a kernel of ours and the stock one on the same inputs. */
function expectSame(name: Name, inputs: Record<string, tf.Tensor>, attrs: object): void {
  const call = { inputs, attrs: attrs as never, backend: tf.backend() };
  const ours = (tf.getKernel(name, "cpu") as tf.KernelConfig).kernelFunc;
  expect(ours).not.toBe(stock.get(name));
  const [found, wanted] = [ours, stock.get(name) as tf.KernelFunc].map((run) => {
    const info = run(call) as tf.TensorInfo;
    const tensor = tf.engine().makeTensorFromTensorInfo(info);
    return { shape: tensor.shape, values: tensor.dataSync() };
  });
  expect(found?.shape).toEqual(wanted?.shape);
  const wrong = found?.values.findIndex(
    (value, i) => !(Math.abs(value - (wanted?.values[i] as number)) < 1e-4),
  );
  expect(wrong).toBe(-1);
}

const small = (max: number) => fc.integer({ min: 1, max });
const cases = fc.record({
  size: fc.tuple(small(3), small(7), small(7)),
  channels: fc.tuple(small(4), small(4)),
  filter: fc.tuple(small(4), small(4)),
  strides: fc.tuple(small(3), small(3)),
  pad: fc.constantFrom("same" as const, "valid" as const),
});

it("convolutions and their gradients", () => {
  fc.assert(
    fc.property(cases, ({ size, channels: [inputs, outputs], filter, strides, pad }) => {
      const [batch, height, width] = size;
      fc.pre(pad === "same" || (filter[0] <= height && filter[1] <= width));
      tf.tidy(() => {
        const x = normal([batch, height, width, inputs], 1);
        const w = normal([...filter, inputs, outputs], 2);
        const settings = { strides, pad, dataFormat: "NHWC", dilations: 1 };
        expectSame("Conv2D", { x, filter: w }, settings);
        const dy = normal((tf.conv2d(x as never, w as never, strides, pad) as tf.Tensor).shape, 3);
        expectSame("Conv2DBackpropInput", { dy, filter: w }, { ...settings, inputShape: x.shape });
        expectSame("Conv2DBackpropFilter", { x, dy }, { ...settings, filterShape: w.shape });
      });
    }),
    { numRuns: 80 },
  );
});

it("what ours do not cover is left to the stock kernels", () => {
  tf.tidy(() => {
    const x = normal([2, 6, 6, 2], 1);
    const filter = normal([2, 2, 2, 3], 2);
    const dilated = { strides: 1, pad: "valid", dataFormat: "NHWC", dilations: 2 };
    expectSame("Conv2D", { x, filter }, dilated);
  });
});

it("the gradient of max pooling", () => {
  fc.assert(
    fc.property(cases, ({ size, channels: [channels], filter, strides, pad }) => {
      const [batch, height, width] = size;
      fc.pre(pad === "same" || (filter[0] <= height && filter[1] <= width));
      tf.tidy(() => {
        const input = normal([batch, height, width, channels], 1);
        const output = tf.maxPool(input as never, filter, strides, pad) as tf.Tensor;
        const dy = normal(output.shape, 3);
        expectSame("MaxPoolGrad", { dy, input, output }, { filterSize: filter, strides, pad });
      });
    }),
    { numRuns: 60 },
  );
});

it("matrix products, each side transposed or not, one at a time or several", () => {
  const sizes = fc.tuple(small(9), small(9), small(9), fc.constantFrom(1, 2));
  fc.assert(
    fc.property(
      sizes,
      fc.boolean(),
      fc.boolean(),
      ([rows, inner, columns, batch], transposeA, transposeB) => {
        tf.tidy(() => {
          const a = normal([batch, ...(transposeA ? [inner, rows] : [rows, inner])], 1);
          const b = normal([batch, ...(transposeB ? [columns, inner] : [inner, columns])], 2);
          expectSame("BatchMatMul", { a, b }, { transposeA, transposeB });
        });
      },
    ),
    { numRuns: 60 },
  );
});
