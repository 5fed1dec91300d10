// Replayed steps on WASM give the bits of steps taken as usual, whatever a step is made of.
import { beforeAll, describe, expect, it } from "vitest";
import { makeDataset } from "../../../data";
import type { FieldValue } from "../../../experiment/fields";
import { type Experiment, type FieldPath, withValue } from "../../../experiment/schema";
import { TrainingRun } from "../../run";
import { tf } from "../../tensors";
import { experimentWith, switchBackend } from "../../testing";
import { type HeapBackend, heapBackend } from "./backend";
import { HeapBlocks } from "./memory";
import { recordHeap } from "./recorder";

type Settings = readonly (readonly [FieldPath, FieldValue])[];

const maximumBytes = 1e9;
const base: Settings = [
  ["model.hiddenWidths", [8, 6]],
  // The last batch of an epoch is smaller: two kinds of steps.
  ["data.trainSize", 50],
  ["optimizer.batchSize", 16],
  ["data.validationSize", 20],
  ["data.testSize", 20],
];
const pictures: Settings = [
  ["data.kind", "strokeDigits"],
  ["data.trainSize", 40],
];

const cases: Readonly<Record<string, Settings>> = {
  "plain descent": [["optimizer.kind", "sgd"]],
  "Adam with decay, L1 and L2": [
    ["optimizer.kind", "adamw"],
    ["regularization.weightDecay", 0.1],
    ["regularization.l1", 0.01],
    ["regularization.l2", 0.01],
  ],
  "RMSprop with clipping and a schedule": [
    ["optimizer.kind", "rmsprop"],
    ["optimizer.clipNorm", 0.1],
    ["optimizer.schedule", "cosine"],
    ["optimizer.warmUpEpochs", 2],
  ],
  "proximal steps, whole units and max-norm": [
    ["regularization.l1Proximal", 0.05],
    ["regularization.groupL1", 0.02],
    ["regularization.maxNorm", 1],
  ],
  "dropout, DropConnect and noise": [
    ["regularization.dropoutInput", 0.1],
    ["regularization.dropoutHidden", 0.4],
    ["regularization.dropConnect", 0.2],
    ["regularization.inputNoise", 0.1],
    ["regularization.weightNoise", 0.1],
  ],
  "batch normalization": [["model.normalization", "batch"]],
  "layer normalization": [["model.normalization", "layer"]],
  "RMS normalization": [["model.normalization", "rms"]],
  "GELU, smoothing and a moving average": [
    ["model.activation", "gelu"],
    ["loss.labelSmoothing", 0.1],
    ["averaging.kind", "ema"],
  ],
  "robust loss with class weights": [
    ["loss.robustness", 0.5],
    ["loss.classWeights", "balancedWeighted"],
    ["data.imbalance", 0.8],
  ],
  regression: [["data.kind", "curve"]],
  "convolutions with batch normalization and dropped maps": [
    ...pictures,
    ["model.family", "cnn"],
    ["model.filters", [3, 4]],
    ["model.normalization", "batch"],
    ["regularization.dropoutSpatial", 0.2],
  ],
  "pictures with augmentation": [
    ...pictures,
    ["augmentation.crop", 2],
    ["augmentation.flip", 0.5],
    ["augmentation.brightness", 0.2],
    ["augmentation.mixup", 0.4],
  ],
};

async function runOf(settings: Settings, replays: boolean): Promise<TrainingRun> {
  const experiment = experimentWith(...base, ...settings);
  const dataset = await makeDataset(experiment.data, experiment.seed, null);
  return new TrainingRun(experiment, dataset, maximumBytes, { replays });
}

/** Takes steps as the trainer does: some at once, some measured. */
function take(run: TrainingRun, steps: number): void {
  const end = run.step + steps;
  while (run.step < end) {
    if (run.rush(Math.min(7, end - run.step)) > 0) continue;
    if (!run.advance(run.step % 5 === 0, true)) return;
  }
}

const bits = (tensor: tf.Tensor) => [...new Int32Array((tensor.dataSync() as Float32Array).buffer)];

beforeAll(() => switchBackend("wasm"));

describe("replay on WASM", () => {
  for (const [name, settings] of Object.entries(cases)) {
    it(`gives the same bits: ${name}`, async () => {
      const [replayed, usual] = [await runOf(settings, true), await runOf(settings, false)];
      for (const run of [replayed, usual]) take(run, 40);
      expect(replayed.execution?.reason).toBeNull();
      expect(replayed.execution?.operations).toBeGreaterThan(5);
      expect(bits(replayed.weights)).toEqual(bits(usual.weights));
      expect(await replayed.last.readLoss()).toBe(await usual.last.readLoss());
      for (const run of [replayed, usual]) run.dispose();
    });
  }

  it("heeds live changes at once, also those that leave operations out", async () => {
    const changes: Settings = [
      ["optimizer.learningRate", 0.1],
      ["regularization.l2", 0.3],
      ["regularization.layerMultipliers", [2, 0.5, 1]],
      ["regularization.dropoutHidden", 0.5],
      ["regularization.l2", 0],
    ];
    const runs = [await runOf([], true), await runOf([], false)];
    for (const run of runs) {
      take(run, 20);
      for (const [path, value] of changes) {
        run.adopt(withValue(run.experiment, path, value as never) as Experiment);
        take(run, 15);
      }
    }
    expect(bits(runs[0]?.weights as tf.Tensor)).toEqual(bits(runs[1]?.weights as tf.Tensor));
    for (const run of runs) run.dispose();
  });

  it("returns to a captured state and to the start", async () => {
    const run = await runOf([["optimizer.kind", "adam"]], true);
    take(run, 12);
    const held = run.capture();
    take(run, 13);
    const after = bits(run.weights);
    run.returnTo(held);
    take(run, 13);
    expect(bits(run.weights)).toEqual(after);
    run.reset();
    take(run, 25);
    expect(bits(run.weights)).toEqual(after);
    run.dispose();
  });

  it("stops before the step whose loss is not finite, and leaves the weights as they were", async () => {
    const wild: Settings = [
      ["optimizer.kind", "sgd"],
      ["optimizer.learningRate", 10],
      ["model.activation", "linear"],
      ["data.kind", "curve"],
    ];
    const runs = [await runOf(wild, true), await runOf(wild, false)];
    for (const run of runs) take(run, 400);
    const [replayed, usual] = runs as [TrainingRun, TrainingRun];
    expect(usual.failure).not.toBeNull();
    expect(replayed.failure).toEqual(usual.failure);
    expect(replayed.step).toBe(usual.step);
    expect(bits(replayed.weights)).toEqual(bits(usual.weights));
    for (const run of runs) run.dispose();
  });

  it("refuses kernels that keep copies of weights, and frees what it had begun", () => {
    const backend = heapBackend() as HeapBackend;
    const blocks = new HeapBlocks(backend);
    const before = tf.memory().numTensors;
    const [x, filter] = [tf.ones<tf.Rank.R4>([1, 4, 4, 2]), tf.ones<tf.Rank.R4>([3, 3, 2, 1])];
    const convolve = () => tf.tidy(() => void tf.depthwiseConv2d(x, filter, 1, "same"));
    expect(() => recordHeap(backend, blocks, convolve)).toThrow(/copies of its weights/);
    expect(() => recordHeap(backend, blocks, () => void x.dataSync())).toThrow(/reads values back/);
    tf.dispose([x, filter]);
    blocks.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it("gives all memory back", async () => {
    const backend = heapBackend();
    const counted = () => ({ ...tf.memory(), ids: (backend as never as Counting).numDataIds() });
    const before = counted();
    for (let i = 0; i < 3; i++) {
      const run = await runOf(cases["dropout, DropConnect and noise"] as Settings, true);
      take(run, 30);
      run.dispose();
    }
    const { numTensors, numDataBuffers, numBytes, ids } = counted();
    expect({ numTensors, numDataBuffers, numBytes, ids }).toEqual({
      numTensors: before.numTensors,
      numDataBuffers: before.numDataBuffers,
      numBytes: before.numBytes,
      ids: before.ids,
    });
  });
});

interface Counting {
  numDataIds(): number;
}
