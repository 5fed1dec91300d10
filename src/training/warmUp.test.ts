// Steps taken to warm up leave no trace: neither in the numbers of the run nor in memory.
import { beforeAll, expect, it } from "vitest";
import { tf } from "./tensors";
import { experimentWith, makeTrainer, switchBackend } from "./testing";

beforeAll(() => switchBackend("cpu"));

const settings = [
  ["data.trainSize", 50],
  ["data.validationSize", 40],
  ["optimizer.batchSize", 16],
  ["optimizer.epochs", 6],
  ["model.hiddenWidths", [6]],
  ["model.normalization", "batch"],
  ["regularization.dropoutHidden", 0.3],
] as const;

it.each([
  ["without an average", []],
  ["with the mean of the last epochs", [["averaging.kind", "swa"]]],
  ["with a moving average", [["averaging.kind", "ema"]]],
] as const)("the run is the same as without, bit by bit: %s", async (_, more) => {
  const runs = [];
  for (const readsAtOnce of [true, false]) {
    const experiment = experimentWith(...settings, ...more);
    const { trainer, points, frames } = await makeTrainer(experiment, { readsAtOnce });
    trainer.train();
    await trainer.finished();
    runs.push({
      points: [...points],
      weights: await trainer.readWeights(),
      first: frames[0]?.step,
    });
    await trainer.dispose();
  }
  expect(runs[0]?.points.length).toBeGreaterThan(5);
  expect(runs[1]?.points).toEqual(runs[0]?.points);
  expect(runs[1]?.weights).toEqual(runs[0]?.weights);
});

it("everything that it made is freed", async () => {
  const before = tf.memory().numTensors;
  const held = [];
  for (const readsAtOnce of [true, false]) {
    const { trainer } = await makeTrainer(experimentWith(...settings), { readsAtOnce });
    held.push(tf.memory().numTensors - before);
    expect(trainer.status).toEqual({ state: "ready", step: 0, epoch: 0 });
    await trainer.dispose();
  }
  expect(held[1]).toBe(held[0]);
  expect(tf.memory().numTensors).toBe(before);
});
