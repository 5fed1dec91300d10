// Gradients of convolutions and of max pooling on WASM against the cpu backend, over many shapes.
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { RandomSequence } from "../../data/random";
import { type Tensor, tf, tidy } from "../tensors";
import { switchBackend } from "../testing";
import { installWasmConvolution } from "./wasmConvolution";
import { installWasmPooling } from "./wasmPooling";

type Shape4D = [number, number, number, number];
type Padding = Parameters<typeof tf.backend_util.computeConv2DInfo>[4];

interface Window {
  readonly size: [number, number];
  readonly strides: [number, number];
  readonly pad: Padding;
}

const values = (count: number, seed: number) => {
  const sequence = new RandomSequence(seed, 1);
  return Float32Array.from({ length: count }, () => sequence.normal());
};

/** A tensor of normal values. */
const normal = (shape: readonly number[], seed: number) =>
  tf.tensor(values(tf.util.sizeFromShape(shape as number[]), seed), shape as number[]);

/** Output and gradients of an operation: the error that comes back is normal noise. */
function outputAndGradients(
  operation: (...inputs: Tensor[]) => Tensor,
  inputs: readonly Tensor[],
): number[][] {
  const output = operation(...inputs);
  const gradients = tf.grads(operation as never)([...inputs], normal(output.shape, 99) as never);
  return [output, ...gradients].map((tensor) => [...tensor.dataSync()]);
}

/** Runs the same on both backends and compares. */
async function expectSame(run: () => number[][]): Promise<void> {
  await tf.setBackend("cpu");
  const expected = tidy(run);
  await tf.setBackend("wasm");
  const found = tidy(run);
  found.forEach((list, which) => {
    expect(list.length).toBe(expected[which]?.length);
    const wrong = list.findIndex(
      (value, i) => !(Math.abs(value - (expected[which]?.[i] as number)) < 1e-4),
    );
    expect(wrong, `result ${which}: ${list[wrong]}, not ${expected[which]?.[wrong]}`).toBe(-1);
  });
}

const small = (max: number) => fc.integer({ min: 1, max });
const zeros = fc.integer({ min: 0, max: 3 });

const padding: fc.Arbitrary<Padding> = fc.oneof(
  fc.constantFrom("same" as const, "valid" as const),
  fc.tuple(zeros, zeros, zeros, zeros).map(
    ([top, bottom, left, right]): Padding => [
      [0, 0],
      [top, bottom],
      [left, right],
      [0, 0],
    ],
  ),
);

const windows: fc.Arbitrary<Window> = fc.record({
  size: fc.tuple(small(4), small(4)),
  strides: fc.tuple(small(2), small(2)),
  pad: padding,
});

/** Whether at least one window fits. */
function fits([, height, width]: Shape4D, { size, pad }: Window): boolean {
  const [rows, columns] = Array.isArray(pad) ? [pad[1], pad[2]] : [[], []];
  const total = (length: number, added: readonly number[]) =>
    added.reduce((sum, count) => sum + count, length);
  return pad === "same" || (total(height, rows) >= size[0] && total(width, columns) >= size[1]);
}

/** The stock convolution itself is wrong for "same" where it steps over input along one axis and pads the other. */
const stockIsWrong = ({ size, strides, pad }: Window) =>
  pad === "same" && size.some((length, axis) => length < (strides[axis] as number));

/** Windows of padding only have no maximum, and XNNPACK pools no single pixels. */
const canPool = ({ size, pad }: Window) =>
  Math.max(...size) > 1 &&
  (!Array.isArray(pad) ||
    size.every((length, axis) => Math.max(...(pad[axis + 1] as number[])) < length));

const pictures = fc.tuple(small(3), small(9), small(9), small(5));

beforeAll(async () => {
  await switchBackend("cpu");
  await switchBackend("wasm");
  installWasmConvolution();
  installWasmPooling();
});

describe("convolution on WASM", () => {
  const convolve =
    ({ strides, pad }: Window) =>
    (x: Tensor, kernel: Tensor): Tensor =>
      tf.conv2d(x as never, kernel as never, strides, pad as never);

  const compare = (picture: Shape4D, window: Window, outputs: number) =>
    expectSame(() =>
      outputAndGradients(convolve(window) as never, [
        normal(picture, 1),
        normal([...window.size, picture[3], outputs], 2),
      ]),
    );

  it("has the gradients of the cpu backend", async () => {
    const cases = fc
      .tuple(pictures, windows, small(9))
      .filter(([x, window]) => fits(x, window) && !stockIsWrong(window));
    await fc.assert(
      fc.asyncProperty(cases, ([picture, window, outputs]) => compare(picture, window, outputs)),
      { numRuns: 250 },
    );
  });

  it.each<[Shape4D, Window, number]>([
    [[4, 16, 12, 3], { size: [3, 3], strides: [1, 1], pad: "same" }, 16],
    [[5, 9, 7, 17], { size: [3, 3], strides: [2, 2], pad: 1 }, 33],
    [[1, 1, 1, 4], { size: [3, 3], strides: [1, 1], pad: "same" }, 2],
    [[2, 5, 6, 3], { size: [1, 1], strides: [2, 2], pad: "same" }, 4],
    [[1, 1, 1, 1], { size: [7, 7], strides: [1, 1], pad: "same" }, 1],
    [[1, 1, 3, 1], { size: [5, 5], strides: [1, 1], pad: "same" }, 2],
    [[1, 8, 8, 1], { size: [5, 5], strides: [1, 1], pad: "same" }, 1],
  ])("has them for pictures %j, windows %j, %d outputs", compare);

  it("does not remember an earlier kernel or error of the same shape", async () => {
    await tf.setBackend("wasm");
    const operation = convolve({ size: [3, 3], strides: [1, 1], pad: "same" });
    const x = normal([2, 4, 4, 3], 1);
    const doubled = (factor: number) =>
      tidy(() => {
        const kernel = tf.mul(normal([3, 3, 3, 2], 2), factor);
        const [gradient] = tf.grads(operation as never)(
          [x, kernel],
          normal([2, 4, 4, 2], 3) as never,
        );
        return (gradient as Tensor).dataSync()[5] as number;
      });
    expect(doubled(2)).toBeCloseTo(2 * doubled(1), 5);
    x.dispose();
  });
});

describe("max pooling on WASM", () => {
  const pool =
    ({ size, strides, pad }: Window) =>
    (x: Tensor): Tensor =>
      tf.maxPool(x as never, size, strides, pad as never);

  /** Normal values; or few different ones, all at most 0, so that most windows have ties. */
  const filled = (shape: Shape4D, few: boolean) =>
    few ? tf.neg(tf.floor(tf.abs(tf.mul(normal(shape, 4), 2)))) : normal(shape, 4);

  it("has the gradients of the cpu backend", async () => {
    const cases = fc
      .tuple(pictures, windows, fc.boolean())
      .filter(([x, window]) => fits(x, window) && canPool(window));
    await fc.assert(
      fc.asyncProperty(cases, ([picture, window, few]) =>
        expectSame(() => outputAndGradients(pool(window), [filled(picture, few)])),
      ),
      { numRuns: 250 },
    );
  });

  it("has them where pictures are halved, of few channels and of whole vectors of them", async () => {
    const cases = fc.tuple(small(3), small(8), small(8), fc.constantFrom(3, 4, 8, 12, 20));
    const halving: Window = { size: [2, 2], strides: [2, 2], pad: "valid" };
    await fc.assert(
      fc.asyncProperty(
        cases.filter((x) => fits(x, halving)),
        fc.boolean(),
        (picture, few) =>
          expectSame(() => outputAndGradients(pool(halving), [filled(picture, few)])),
      ),
      { numRuns: 80 },
    );
  });

  it.each([
    ["below zero", [-4, -3, -1, -2], [0, 0, 1, 0]],
    ["all zero", [0, 0, 0, 0], [1, 0, 0, 0]],
    ["tied", [-2, -1, -1, -3], [0, 1, 0, 0]],
  ])("gives the error to the first largest value: %s", async (_name, window, expected) => {
    await tf.setBackend("wasm");
    const gradient = tidy(() => {
      const operation = pool({ size: [2, 2], strides: [2, 2], pad: "valid" });
      const x = tf.tensor4d(window, [1, 2, 2, 1]);
      return tf
        .grad(operation as never)(x, tf.ones([1, 1, 1, 1]) as never)
        .dataSync();
    });
    expect([...gradient]).toEqual(expected);
  });
});

describe("both", () => {
  it("leave no data behind", async () => {
    await tf.setBackend("wasm");
    const backend = tf.backend() as unknown as { numDataIds(): number };
    const before = [backend.numDataIds(), tf.memory().numTensors];
    const round = (strides: number, pad: Padding) =>
      tidy(() => {
        const operation = (x: Tensor, kernel: Tensor): Tensor =>
          tf.maxPool(tf.conv2d(x as never, kernel as never, strides, pad as never), 2, 2, "valid");
        outputAndGradients(operation as never, [normal([2, 9, 8, 3], 1), normal([3, 3, 3, 4], 2)]);
      });
    const held: [number, Padding][] = [
      [1, "same"],
      [2, "valid"],
      [1, 3],
    ];
    for (let i = 0; i < 5; i++) for (const [strides, pad] of held) round(strides, pad);
    expect([backend.numDataIds(), tf.memory().numTensors]).toEqual(before);
  });
});
