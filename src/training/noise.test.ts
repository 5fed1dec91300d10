// Noise, strengths per layer, the forgotten switch, update ratios and dead units against their definitions.
import { beforeAll, describe, expect, it } from "vitest";
import { countParameters } from "../experiment/bounds";
import { networkOf } from "./architecture";
import { counterValues, normalNoise, normalQuantile } from "./kernels/seededValues";
import { activation, batchNormalization, dense } from "./layers";
import { deadShares, updateRatios } from "./metrics";
import { initialBuffers, makeNetwork, unpack } from "./network";
import { measuredBuffers } from "./statistics";
import { strengthFactors } from "./strengths";
import { type Tensor1D, tf, tidy } from "./tensors";
import { experimentWith, makeTrainer, switchBackend } from "./testing";

describe("normal noise", () => {
  const draw = async (backend: "cpu" | "wasm", step: number, stream = 300) => {
    await switchBackend(backend);
    return tidy(() =>
      normalNoise(tf.tensor1d(counterValues(9, step), "int32"), tf.scalar(2), {
        shape: [200, 101],
        stream,
      }).dataSync(),
    ) as Float32Array;
  };

  it("has the mean, deviation, skew and tails of a Gaussian", async () => {
    const values = await draw("cpu", 3);
    const moment = (power: number) =>
      values.reduce((sum, value) => sum + (value / 2) ** power, 0) / values.length;
    expect(moment(1)).toBeCloseTo(0, 1);
    expect(moment(2)).toBeCloseTo(1, 1);
    expect(Math.abs(moment(3))).toBeLessThan(0.1);
    expect(Math.abs(moment(4) - 3)).toBeLessThan(0.2);
  });

  it("inverts the normal distribution function", () => {
    // Φ(1) and others from tables (Abramowitz & Stegun, 26.1).
    const table = [
      [0.5, 0],
      [0.8413447460685429, 1],
      [0.9772498680518208, 2],
      [0.9986501019683699, 3],
      [0.0013498980316300933, -3],
      [2.866515718791933e-7, -5],
    ] as const;
    for (const [u, z] of table) expect(normalQuantile(u)).toBeCloseTo(z, 4);
  });

  it("is the same on cpu and wasm, and other at another step or layer", async () => {
    const reference = await draw("cpu", 7);
    expect(await draw("wasm", 7)).toEqual(reference);
    expect(await draw("wasm", 8)).not.toEqual(reference);
    expect(await draw("wasm", 7, 301)).not.toEqual(reference);
  });
});

describe("strengths per layer", () => {
  it("multiply in each layer, biases with their kernel, and nothing outside the scope", () => {
    const settings = [["regularization.layerMultipliers", [0, 2.5]]] as const;
    const kernels = experimentWith(["model.hiddenWidths", [4, 3]], ...settings);
    const all = experimentWith(
      ["model.hiddenWidths", [4, 3]],
      ["regularization.scope", "all"],
      ...settings,
    );
    const network = networkOf(kernels);
    const expected = { kernel: [0, 2.5, 1], bias: [0, 2.5, 1] };
    for (const [experiment, biases] of [
      [kernels, [0, 0, 0]],
      [all, expected.bias],
    ] as const) {
      const factors = strengthFactors(network, experiment) as Float32Array;
      expect(factors).toHaveLength(countParameters(experiment));
      network.slots.forEach((slot, index) => {
        const layer = Math.floor(index / 2);
        const factor = slot.kind === "kernel" ? expected.kernel[layer] : biases[layer];
        const part = factors.subarray(slot.offset, slot.offset + slot.size);
        expect(new Set(part)).toEqual(new Set([factor]));
      });
    }
  });

  it("of 0 keep a layer out of the proximal step, and the others in it", async () => {
    await switchBackend("cpu");
    const run = async (multipliers: readonly number[]) => {
      const { trainer } = await makeTrainer(
        experimentWith(
          ["model.hiddenWidths", [5]],
          ["regularization.l1Proximal", 10],
          ["optimizer.kind", "sgd"],
          ["optimizer.learningRate", 1],
          ["regularization.layerMultipliers", multipliers],
        ),
      );
      await trainer.advance("step");
      const layers = await trainer.readLayers();
      await trainer.dispose();
      return layers.map(({ exactZero }) => exactZero);
    };
    expect(await run([])).toEqual([1, 1]);
    expect(await run([0, 1])).toEqual([0, 1]);
    expect(await run([1, 0])).toEqual([1, 0]);
  });
});

describe("the forgotten switch", () => {
  beforeAll(() => switchBackend("cpu"));

  const lastPoint = async (mode: "evaluation" | "training") => {
    const { trainer, points } = await makeTrainer(
      experimentWith(
        ["optimizer.epochs", 30],
        ["regularization.dropoutHidden", 0.7],
        ["model.evaluationMode", mode],
      ),
    );
    trainer.train();
    await trainer.finished();
    const weights = await trainer.readWeights();
    await trainer.dispose();
    return { point: points.at(-1), weights };
  };

  it("changes what is measured, and not what is learned", async () => {
    const right = await lastPoint("evaluation");
    const wrong = await lastPoint("training");
    expect(wrong.weights).toEqual(right.weights);
    expect(wrong.point?.train.loss).toBeGreaterThan((right.point?.train.loss as number) * 1.1);
  });
});

describe("layers are told", () => {
  beforeAll(() => switchBackend("cpu"));
  const network = makeNetwork([dense("a", 2, 3), activation("relu"), dense("b", 3, 1)]);

  it("how far a step moved them", () => {
    const before = Float32Array.from({ length: network.parameterCount }, (_, i) => i + 1);
    const after = before.map((value, i) => (i < 6 ? value * 1.01 : value));
    const found = tidy(() => [
      ...updateRatios(network, tf.tensor1d(before), tf.tensor1d(after)).dataSync(),
    ]);
    expect(found[0]).toBeCloseTo(0.01, 4);
    expect(found[1]).toBe(0);
  });

  it("which share of their units never fires", () => {
    // Unit 0 is always on, unit 1 always off, unit 2 fires for the second example alone.
    const weights = [0, 0, 1, 0, 0, 0, 1, -1, -0.5, 1, 1, 1, 0];
    const shares = tidy(() => {
      const parameters = unpack(network, tf.tensor1d(weights) as Tensor1D);
      const inputs = tf.tensor2d([0, 0, 2, 0], [2, 2]);
      return [...(deadShares(network, { parameters, buffers: {} }, inputs)?.dataSync() ?? [])];
    });
    expect(shares).toHaveLength(1);
    expect(shares[0]).toBeCloseTo(1 / 3, 6);
  });
});

describe("running statistics of averaged weights", () => {
  beforeAll(() => switchBackend("cpu"));

  it("are the mean over batches, unbiased, and nothing is left behind", async () => {
    const network = makeNetwork([batchNormalization("n", 1, 0.3), dense("b", 1, 1)]);
    const column = [1, 3, 5, 9, 2, 100];
    const examples = {
      count: column.length,
      slice: (start: number, count: number) => ({
        inputs: tf.tensor2d(column.slice(start, start + count), [count, 1]),
      }),
    } as never;
    const values = {
      parameters: unpack(network, tf.tensor1d([1, 0, 1, 0]) as Tensor1D),
      buffers: {},
    };
    // The buffers that the layer moves are not looked at: at a rate of 1 only the batch counts.
    const held = { ...values, buffers: initialBuffers(network) };
    const before = tf.memory().numTensors;
    const found = await measuredBuffers(
      network,
      held,
      examples,
      { limit: 5, batchSize: 2 },
      async () => {},
    );
    const read = (name: string) => found[name]?.dataSync()[0];
    // Batches (1, 3) and (5, 9): means 2 and 7, unbiased variances 2 and 8.
    expect(read("n.running_mean")).toBeCloseTo(4.5, 5);
    expect(read("n.running_var")).toBeCloseTo(5, 5);
    tf.dispose(found as never);
    expect(tf.memory().numTensors).toBe(before);
  });
});
