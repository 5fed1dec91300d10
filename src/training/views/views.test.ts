// Views against networks small enough to compute by hand.
import { beforeAll, describe, expect, it } from "vitest";
import type { Dataset, Examples } from "../../data/types";
import { Hyperparameters, neutralHyperparameters } from "../hyperparameters";
import {
  activation,
  convolution,
  dense,
  dropout,
  flatten,
  maxPool,
  spatialDropout,
  unflatten,
} from "../layers";
import { SeededMasks } from "../masks";
import { makeNetwork, type Network } from "../network";
import { tf } from "../tensors";
import { switchBackend } from "../testing";
import { FiltersView } from "./filters";
import { MapsView } from "./maps";

beforeAll(() => switchBackend("cpu"));

const noExamples: Examples = {
  count: 0,
  inputs: new Float32Array(0),
  labels: new Int32Array(0),
  targets: new Float32Array(0),
  mislabelled: new Uint8Array(0),
};

/** Pictures of given values, as bytes and unscaled. */
function picturesOf(inputShape: readonly [number, number, number], pictures: number[][]): Dataset {
  const validation = {
    ...noExamples,
    count: pictures.length,
    inputs: Float32Array.from(pictures.flat()),
    labels: Int32Array.from(pictures, (_, index) => index % 2),
  };
  return {
    type: "classification",
    inputShape,
    inputSize: inputShape[0] * inputShape[1] * inputShape[2],
    outputs: 2,
    classNames: ["a", "b"],
    featureNames: [],
    scaling: { offset: Float32Array.of(0), factor: Float32Array.of(1) },
    train: noExamples,
    validation,
    test: noExamples,
  };
}

/** Values of a network's parameters, by name. */
function valuesOf(network: Network, given: Readonly<Record<string, number[]>>) {
  const parameters = network.slots.map(({ name, shape, size }) =>
    tf.tensor(given[name] ?? new Array(size).fill(0), shape as number[]),
  );
  return { parameters, buffers: {} };
}

function masksWith(rates: Partial<typeof neutralHyperparameters>, seed = 1, step = 1) {
  const hyperparameters = new Hyperparameters(neutralHyperparameters);
  hyperparameters.prepare({ ...neutralHyperparameters, ...rates }, step);
  const masks = new SeededMasks(seed, hyperparameters);
  masks.prepare(step);
  return masks;
}

const smallCnn = makeNetwork([
  dropout("input dropout", 0, "input"),
  unflatten([4, 4, 1]),
  convolution("block 1", 1, 2),
  activation("relu"),
  maxPool(),
  spatialDropout("spatial dropout 1", 1),
  flatten(),
  dropout("head dropout", 2, "head"),
  dense("output", 8, 2),
]);
/** Filter 1 takes the pixel to the left, filter 2 the negative of the pixel itself. */
const shiftAndNegate = Array.from({ length: 18 }, (_, at) => (at === 6 ? 1 : at === 9 ? -1 : 0));
const ramp = Array.from({ length: 16 }, (_, at) => at);

describe("feature maps", () => {
  it("are what a known kernel makes of a known picture", async () => {
    const before = tf.memory().numTensors;
    const dataset = picturesOf([4, 4, 1], [new Array(16).fill(9), ramp]);
    const values = valuesOf(smallCnn, { "block 1.weight": shiftAndNegate });
    const upcoming = { masks: masksWith({}), batchSize: 5 };
    const held = tf.memory().numTensors;
    const view = new MapsView(smallCnn, dataset);
    const maps = await view.maps(values, upcoming, 1);
    expect(tf.memory().numTensors).toBe(held);
    expect(held).toBeGreaterThan(before);
    expect(maps).toMatchObject({ height: 4, width: 4, channels: 1, picture: 1, row: 1 });
    expect(maps.choices.map(({ label }) => label)).toEqual([0, 1]);
    expect([...(maps.choices[1]?.pixels ?? [])]).toEqual(ramp);
    expect(maps.confidence).toBeCloseTo(0.5, 6);
    const [input, block, features] = maps.stages;
    expect(input).toMatchObject({ name: "input", kind: "units", units: 16, shown: 0 });
    expect(block).toMatchObject({ name: "block 1", kind: "maps", units: 2, height: 2, width: 2 });
    // Each row 0 1 2 3 becomes 0 0 1 2; the largest of each 2×2 window stays. Negatives end at relu.
    expect([...(block?.values ?? [])]).toEqual([4, 6, 12, 14, 0, 0, 0, 0]);
    expect(features).toMatchObject({ name: "features", units: 8, shown: 8, height: 1, width: 1 });
    expect([...(features?.values ?? [])]).toEqual([4, 0, 6, 0, 12, 0, 14, 0]);
    expect(maps.stages.every(({ dropped }) => dropped === null)).toBe(true);
  });

  it("take the last picture where more is asked for than there is", async () => {
    const dataset = picturesOf([4, 4, 1], [ramp, ramp]);
    const values = valuesOf(smallCnn, {});
    const upcoming = { masks: masksWith({}), batchSize: 5 };
    const maps = await new MapsView(smallCnn, dataset).maps(values, upcoming, 99);
    expect(maps.picture).toBe(1);
  });
});

describe("pictures of weights", () => {
  it("show every filter channel by channel, with its largest weight", async () => {
    const network = makeNetwork([unflatten([4, 4, 2]), convolution("block 1", 2, 3)]);
    const dataset = picturesOf([4, 4, 2], []);
    // Kernel [row, column, channel, filter]; the second filter is off.
    const kernel = Array.from({ length: 54 }, (_, at) => (at % 3 === 1 ? 0 : at - 20));
    const values = valuesOf(network, { "block 1.weight": kernel });
    const before = tf.memory().numTensors;
    const [block] = await new FiltersView(network, dataset).filters(values, 0);
    expect(tf.memory().numTensors).toBe(before);
    expect(block).toMatchObject({ name: "block 1", kind: "convolution", units: 3, shown: 3 });
    expect(block).toMatchObject({ channels: 2, shownChannels: 2, height: 3, width: 3 });
    expect([...(block?.largest ?? [])]).toEqual([31, 0, 33]);
    const picture = (filter: number, channel: number) =>
      [...(block?.weights ?? [])].slice((filter * 2 + channel) * 9).slice(0, 9);
    expect(picture(0, 0)).toEqual([-20, -14, -8, -2, 4, 10, 16, 22, 28]);
    expect(picture(2, 1)).toEqual([-15, -9, -3, 3, 9, 15, 21, 27, 33]);
    expect(picture(1, 0).every((weight) => weight === 0)).toBe(true);
  });

  it("show the units of a first dense layer page by page", async () => {
    const network = makeNetwork([dense("hidden 1", 4, 70), dense("output", 70, 2)]);
    const dataset = picturesOf([2, 2, 1], []);
    const kernel = Array.from({ length: 280 }, (_, at) => at);
    const values = valuesOf(network, { "hidden 1.weight": kernel });
    const view = new FiltersView(network, dataset);
    const [page, ...others] = await view.filters(values, 64);
    expect(others).toEqual([]);
    expect(page).toMatchObject({ kind: "dense", units: 70, first: 64, shown: 6, channels: 1 });
    expect([...(page?.weights.subarray(0, 4) ?? [])]).toEqual([64, 134, 204, 274]);
    const [start] = await view.filters(values, 999);
    expect(start).toMatchObject({ first: 0, shown: 64 });
  });
});
