// What must hold at whatever moment something is asked of a run: single steps, frames in a rush, changes during an evaluation, returns.
import { beforeAll, describe, expect, it } from "vitest";
import { makeDataset } from "../data";
import { evaluateFully } from "./inquiries";
import { TrainingRun } from "./run";
import { tf } from "./tensors";
import { experimentWith, makeTrainer, switchBackend } from "./testing";

beforeAll(() => switchBackend("cpu"));

const small = [
  ["model.hiddenWidths", [8, 4]],
  ["data.trainSize", 21],
  ["data.validationSize", 23],
  ["data.testSize", 20],
  ["optimizer.batchSize", 5],
] as const;
const blowUp = [
  ["optimizer.kind", "sgd"],
  ["optimizer.learningRate", 10],
  ["regularization.l2", 5],
  ["optimizer.epochs", 40],
] as const;

describe("a divergence", () => {
  it("leaves no update ratio of the steps that were taken back", async () => {
    const { trainer, frames, divergences } = await makeTrainer(experimentWith(...small, ...blowUp));
    await trainer.watch(["weights"], 30);
    trainer.train();
    await trainer.finished();
    expect(divergences).toHaveLength(1);
    expect(frames.at(-1)?.weights?.map(({ updateRatio }) => updateRatio)).toEqual([
      null,
      null,
      null,
    ]);
    await trainer.dispose();
  });

  it("shows every sound point before it, wherever the slices of time end", async () => {
    const shown = [];
    for (const panels of [[], ["weights", "report"]] as const) {
      const experiment = experimentWith(
        ...small,
        ["data.kind", "curve"],
        ["optimizer.kind", "sgd"],
        ["optimizer.learningRate", 10],
        ["optimizer.epochs", 4],
        ["regularization.inputNoise", 0.3],
      );
      const { trainer, points, divergences } = await makeTrainer(experiment);
      await trainer.watch(panels, 30);
      if (panels.length > 0) await trainer.advance("step");
      trainer.train();
      await trainer.finished();
      expect(divergences).toHaveLength(1);
      shown.push(points);
      await trainer.dispose();
    }
    expect(shown[1]).toEqual(shown[0]);
  });
});

describe("early stopping", () => {
  const stopping = [
    ...small,
    ["optimizer.epochs", 60],
    ["optimizer.learningRate", 0.05],
    ["stopping.patience", 3],
  ] as const;

  it("stops at the same moment when the run is advanced by single steps", async () => {
    const stops = [];
    for (const single of [false, true]) {
      const { trainer, earlyStops } = await makeTrainer(experimentWith(...stopping), {
        everyEpoch: true,
      });
      if (!single) trainer.train();
      for (let i = 0; single && i < 300 && earlyStops.length === 0; i++) {
        await trainer.advance("step");
      }
      await trainer.finished();
      stops.push({ stop: earlyStops[0], weights: await trainer.readWeights() });
      await trainer.dispose();
    }
    expect(stops[0]?.stop).toBeDefined();
    expect(stops[1]).toEqual(stops[0]);
  });

  it.each([
    ["model.evaluationMode", "training"],
    ["loss.labelSmoothing", 0.5],
  ] as const)("does not compare figures from before and after %s changes", async (path, value) => {
    const { trainer, earlyStops, points } = await makeTrainer(
      experimentWith(
        ...stopping,
        ["regularization.dropoutHidden", 0.5],
        ["stopping.patience", 1],
        ["optimizer.learningRate", 1e-4],
      ),
      { everyEpoch: true },
    );
    await trainer.advance("epoch");
    await trainer.advance("epoch");
    trainer.change([{ path, value }]);
    const [before] = [points.at(-1)?.validation.loss as number];
    await trainer.advance("epoch");
    expect(points.at(-1)?.validation.loss).toBeGreaterThan(before);
    expect(earlyStops).toEqual([]);
    await trainer.dispose();
  });
});

describe("frames", () => {
  it("asked for in a rush are made once more after the one under way, not each time", async () => {
    const { trainer, frames } = await makeTrainer(experimentWith(...small));
    const opened = frames.length;
    const asked = Array.from({ length: 20 }, () => trainer.watch(["weights", "neurons"], 30));
    await Promise.all(asked);
    expect(frames.length - opened).toBe(2);
    await trainer.watch(["report"], 30);
    expect(frames.at(-1)?.report).toBeDefined();
    await trainer.dispose();
  });

  it.each(["weights", "boundary", "report"] as const)(
    "in the making hold up the end of a run: %s",
    async (panel) => {
      const before = tf.memory().numTensors;
      const { trainer } = await makeTrainer(experimentWith(...small));
      const watching = trainer.watch([panel], 30);
      await trainer.dispose();
      await watching;
      expect(tf.memory().numTensors).toBe(before);
    },
  );
});

describe("full figures", () => {
  it("are all of one mode, though the switch is turned meanwhile", async () => {
    const experiment = experimentWith(...small, ["regularization.dropoutHidden", 0.5]);
    const dataset = await makeDataset(experiment.data, experiment.seed, null);
    const run = new TrainingRun(experiment, dataset, Number.POSITIVE_INFINITY);
    const still = () => Promise.resolve();
    const expected = await evaluateFully(run, still);
    const promise = evaluateFully(run, still);
    run.adopt({ ...experiment, model: { ...experiment.model, evaluationMode: "training" } });
    expect(await promise).toEqual(expected);
    run.dispose();
  });
});

describe("stochastic weight averaging", () => {
  it("begins a new mean when more epochs move its start behind the old one", async () => {
    const experiment = experimentWith(
      ...small,
      ["optimizer.epochs", 4],
      ["averaging.kind", "swa"],
      ["averaging.start", 0.5],
    );
    const dataset = await makeDataset(experiment.data, experiment.seed, null);
    const run = new TrainingRun(experiment, dataset, Number.POSITIVE_INFINITY);
    const ends: Float32Array[] = [];
    const trainEpochs = async (count: number) => {
      for (let epoch = 0; epoch < count; epoch++) {
        for (let step = 0; step < run.stepsPerEpoch; step++) run.advance(false);
        ends.push((await run.weights.data()) as Float32Array);
      }
    };
    const averageIs = async (from: number) => {
      const average = run.averagedSnapshot();
      const kernel = (await average?.parameters[0]?.data()) as Float32Array;
      const held = ends.slice(from - 1);
      kernel.forEach((value, i) => {
        const mean = held.reduce((sum, weights) => sum + (weights[i] as number), 0) / held.length;
        expect(value).toBeCloseTo(mean, 5);
      });
      tf.dispose(average as never);
    };
    await trainEpochs(4);
    await averageIs(2);
    // The start is now after epoch 4, which is over: the mean begins with the next end of an epoch.
    run.adopt({ ...experiment, optimizer: { ...experiment.optimizer, epochs: 8 } });
    await trainEpochs(3);
    await averageIs(5);
    // An earlier start cannot bring back what was not kept: the mean goes on.
    run.adopt({ ...experiment, optimizer: { ...experiment.optimizer, epochs: 6 } });
    await trainEpochs(1);
    await averageIs(5);
    run.dispose();
  });
});
