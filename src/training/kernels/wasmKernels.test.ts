// The replaced WASM kernels against the cpu backend, over many shapes.
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { RandomSequence } from "../../data/random";
import { type Tensor, tf, tidy } from "../tensors";
import { switchBackend } from "../testing";

const values = (count: number, seed: number) => {
  const sequence = new RandomSequence(seed, 1);
  return Float32Array.from({ length: count }, () => sequence.normal());
};

/** Runs the same operation on both backends. */
async function onBoth(run: () => Tensor): Promise<[number[], number[]]> {
  const results: number[][] = [];
  for (const name of ["cpu", "wasm"] as const) {
    await switchBackend(name);
    results.push([...tidy(run).dataSync()]);
  }
  return results as [number[], number[]];
}

function expectClose([expected, found]: readonly [number[], number[]]): void {
  expect(found.length).toBe(expected.length);
  found.forEach(
    (value, i) => void expect(Math.abs(value - (expected[i] as number))).toBeLessThan(1e-4),
  );
}

describe("WASM kernels", () => {
  beforeAll(() => switchBackend("wasm"));
  const size = fc.integer({ min: 1, max: 70 });

  it("keep what is not finite in a sum or mean: a divergence must not end as 0 behind a ReLU", async () => {
    for (const odd of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      for (const reduce of [tf.sum, tf.mean]) {
        const [expected, found] = await onBoth(() =>
          reduce(tf.tensor2d([1, 2, odd, 4, 5, 6, 7, 8, 9, 10], [5, 2]), 0),
        );
        expect(found).toEqual(expected);
      }
    }
  });

  it("sum and average over all axes but the last", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 2, maxLength: 4 }),
        fc.boolean(),
        async (shape, keepDims) => {
          const entries = values(
            shape.reduce((product, length) => product * length, 1),
            4,
          );
          const axes = shape.slice(0, -1).map((_, axis) => axis);
          for (const reduce of [tf.sum, tf.mean]) {
            expectClose(
              await onBoth(() => {
                const result = reduce(tf.tensor(entries, shape), axes, keepDims);
                expect(result.shape).toEqual([
                  ...(keepDims ? axes.map(() => 1) : []),
                  shape.at(-1),
                ]);
                return result;
              }),
            );
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it("multiply matrices with either or both sides transposed", async () => {
    await fc.assert(
      fc.asyncProperty(
        size,
        size,
        size,
        fc.boolean(),
        fc.boolean(),
        async (n, k, m, left, right) => {
          const a = values(n * k, 1);
          const b = values(k * m, 2);
          expectClose(
            await onBoth(() =>
              tf.matMul(
                tf.tensor2d(a, left ? [k, n] : [n, k]),
                tf.tensor2d(b, right ? [m, k] : [k, m]),
                left,
                right,
              ),
            ),
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  it("multiply batches of matrices as before", async () => {
    expectClose(
      await onBoth(() =>
        tf.matMul(
          tf.tensor3d(values(24, 1), [2, 4, 3]),
          tf.tensor3d(values(40, 2), [2, 4, 5]),
          true,
          false,
        ),
      ),
    );
  });

  it("slice, whether in one piece or not", async () => {
    await fc.assert(
      fc.asyncProperty(size, size, fc.nat(), fc.nat(), async (rows, columns, from, left) => {
        const [row, column] = [from % rows, left % columns];
        for (const shape of [
          [rows - row, columns],
          [rows - row, columns - column],
          [1, columns - column],
        ]) {
          const start = [row, shape[1] === columns ? 0 : column];
          expectClose(
            await onBoth(() =>
              tf.slice(tf.tensor2d(values(rows * columns, 3), [rows, columns]), start, shape),
            ),
          );
        }
      }),
      { numRuns: 40 },
    );
  });

  it("split vectors and gather rows", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(size, { minLength: 1, maxLength: 6 }), async (sizes) => {
        const total = sizes.reduce((sum, part) => sum + part, 0);
        expectClose(
          await onBoth(() => tf.concat(tf.split(tf.tensor1d(values(total, 4)), sizes).reverse())),
        );
        const order = sizes.map((part) => part % sizes.length);
        expectClose(
          await onBoth(() =>
            tf.gather(
              tf.tensor2d(values(sizes.length * 5, 5), [sizes.length, 5]),
              tf.tensor1d(order, "int32"),
            ),
          ),
        );
      }),
      { numRuns: 40 },
    );
  });

  it("leave no data behind", () => {
    const before = tf.memory().numDataBuffers;
    tidy(() => {
      const a = tf.tensor2d(values(12, 1), [3, 4]);
      return tf.matMul(a, a, true, false).dataSync();
    });
    const backend = tf.backend() as unknown as { numDataIds(): number };
    expect(tf.memory().numDataBuffers).toBe(before);
    expect(backend.numDataIds()).toBeLessThanOrEqual(before);
  });
});
