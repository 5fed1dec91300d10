// A short check at start: some drivers compute wrong gradients without any error, and a learner could not tell.
import { counterValues, dropoutMask, fillSeededValues, normalNoise } from "../kernels/seededValues";
import { softmaxCrossEntropy } from "../kernels/softmaxCrossEntropy";
import { activation, dense } from "../layers";
import { evaluationPass, forward, makeNetwork, unpack } from "../network";
import { type Tensor, tf, tidy } from "../tensors";

const [examples, inputs, hidden, classes] = [5, 3, 7, 4] as const;
const tolerance = 2e-3;

type Matrix = readonly (readonly number[])[];

/** Fixed, unremarkable numbers in ±1. */
const filled = (length: number, offset: number) =>
  Float32Array.from({ length }, (_, i) => Math.sin(1.7 * i + offset));

function rows(values: Float32Array, columns: number): Matrix {
  return Array.from({ length: values.length / columns }, (_, i) => [
    ...values.subarray(i * columns, (i + 1) * columns),
  ]);
}

const transposed = (m: Matrix): Matrix =>
  (m[0] ?? []).map((_, j) => m.map((row) => row[j] as number));
const product = (a: Matrix, b: Matrix): Matrix =>
  a.map((row) =>
    transposed(b).map((column) =>
      row.reduce((sum, value, i) => sum + value * (column[i] as number), 0),
    ),
  );
const columnSums = (m: Matrix): number[] =>
  transposed(m).map((column) => column.reduce((sum, value) => sum + value, 0));

/**
 * Gradient of the mean cross entropy of x → tanh(x·W₁ + b₁)·W₂ + b₂ by the chain rule in plain arithmetic, flat.
 */
export function expectedGradient(x: Matrix, targets: Matrix, weights: Float32Array): number[] {
  const cut = (start: number, columns: number, length: number) =>
    rows(weights.subarray(start, start + length), columns);
  const first = cut(0, hidden, inputs * hidden);
  const firstBias = cut(inputs * hidden, hidden, hidden)[0] as readonly number[];
  const start = (inputs + 1) * hidden;
  const second = cut(start, classes, hidden * classes);
  const secondBias = cut(start + hidden * classes, classes, classes)[0] as readonly number[];
  const h = product(x, first).map((row) =>
    row.map((value, j) => Math.tanh(value + (firstBias[j] as number))),
  );
  const z = product(h, second).map((row) =>
    row.map((value, k) => value + (secondBias[k] as number)),
  );
  const dz = z.map((row, i) => {
    const sum = row.reduce((total, value) => total + Math.exp(value), 0);
    return row.map((value, k) => (Math.exp(value) / sum - (targets[i]?.[k] as number)) / examples);
  });
  const da = product(dz, transposed(second)).map((row, i) =>
    row.map((value, j) => value * (1 - (h[i]?.[j] as number) ** 2)),
  );
  return [
    ...product(transposed(x), da).flat(),
    ...columnSums(da),
    ...product(transposed(h), dz).flat(),
    ...columnSums(dz),
  ];
}

/**
 * Compares gradient and random values of the current backend with plain arithmetic.
 * @returns null when both are right, else what is wrong.
 */
export async function selfTest(): Promise<string | null> {
  const network = makeNetwork([
    dense("first", inputs, hidden),
    activation("tanh"),
    dense("second", hidden, classes),
  ]);
  const x = filled(examples * inputs, 0.3);
  const weights = filled(network.parameterCount, 1.1);
  const targets = new Float32Array(examples * classes);
  for (let i = 0; i < examples; i++) targets[i * classes + (i % classes)] = 1;
  const gradient = tidy(() => {
    const batch = tf.tensor2d(x, [examples, inputs]);
    const wanted = tf.tensor2d(targets, [examples, classes]);
    const loss = (...parameters: Tensor[]) =>
      tf.mean(
        softmaxCrossEntropy(
          forward(network, { parameters, buffers: {} }, batch, evaluationPass),
          wanted,
        ),
      );
    const parts = tf.grads(loss as never)(unpack(network, tf.tensor1d(weights)));
    return tf.concat(parts.map((part) => tf.reshape(part, [-1])));
  });
  const found = await gradient.data();
  gradient.dispose();
  const expected = expectedGradient(rows(x, inputs), rows(targets, classes), weights);
  const wrong = expected.findIndex(
    (value, i) => !(Math.abs((found[i] as number) - value) <= tolerance * (Math.abs(value) + 0.01)),
  );
  if (wrong >= 0)
    return `its gradients are wrong (entry ${wrong}: ${found[wrong]}, expected ${expected[wrong]})`;
  return (await testSeededValues("mask", 1e-5)) ?? testSeededValues("normal", 1e-4);
}

async function testSeededValues(
  distribution: "mask" | "normal",
  limit: number,
): Promise<string | null> {
  const [seed, step, stream, parameter, size] = [3_141_592_653, 12_345, 70, 0.3, 1001];
  const counter = counterValues(seed, step);
  const make = distribution === "mask" ? dropoutMask : normalNoise;
  const values = tidy(() =>
    make(tf.tensor1d(counter, "int32"), tf.scalar(parameter), { shape: [7, 143], stream }),
  );
  const found = await values.data();
  values.dispose();
  const expected = new Float32Array(size);
  fillSeededValues(expected, counter, Math.fround(parameter), { stream, distribution });
  const wrong = expected.findIndex((value, i) => !(Math.abs((found[i] as number) - value) < limit));
  return wrong < 0
    ? null
    : `its random numbers differ (entry ${wrong}: ${found[wrong]}, expected ${expected[wrong]})`;
}
