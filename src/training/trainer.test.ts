// The trainer's promises: same run twice, pause, reset, live changes, divergence, flat memory.
import { beforeAll, describe, expect, it } from "vitest";
import { tf } from "./tensors";
import { experimentWith, makeTrainer, switchBackend } from "./testing";

const small = [
  ["model.hiddenWidths", [8, 4]],
  ["optimizer.epochs", 10],
  ["data.validationSize", 50],
] as const;
const everyPanel = ["weights", "boundary", "neurons", "curve", "gallery", "report"] as const;

describe.each(["cpu", "wasm"] as const)("a run on %s", (backend) => {
  beforeAll(() => switchBackend(backend));

  it("is the same when it is run again, dropout included", async () => {
    const experiment = experimentWith(
      ...small,
      ["regularization.dropoutHidden", 0.4],
      ["regularization.dropoutInput", 0.2],
    );
    const curves = [];
    for (const slices of [5, 11]) {
      const { trainer, points } = await makeTrainer(experiment, {}, backend);
      // Frames at other moments must not change what is measured.
      await trainer.watch(everyPanel, slices);
      trainer.train();
      await trainer.finished();
      curves.push(points);
      await trainer.dispose();
    }
    expect(curves[0]?.length).toBeGreaterThan(5);
    expect(curves[0]).toEqual(curves[1]);
  });

  it("differs with another seed", async () => {
    const last = [];
    for (const seed of [1, 2]) {
      const { trainer, points } = await makeTrainer(
        experimentWith(...small, ["seed", seed]),
        {},
        backend,
      );
      trainer.train();
      await trainer.finished();
      last.push(points.at(-1));
      await trainer.dispose();
    }
    expect(last[0]?.train.loss).not.toBe(last[1]?.train.loss);
  });

  it("keeps memory flat over steps, frames and resets, and frees all at the end", async () => {
    const before = tf.memory();
    const experiment = experimentWith(
      ...small,
      ["regularization.dropoutHidden", 0.4],
      ["regularization.l1", 0.01],
      ["regularization.l1Proximal", 0.01],
    );
    const { trainer } = await makeTrainer(experiment, {}, backend);
    await trainer.watch(everyPanel, 30);
    await trainer.advance("epoch");
    await trainer.advance("epoch");
    const early = tf.memory();
    for (let i = 0; i < 5; i++) await trainer.advance("epoch");
    expect(tf.memory().numTensors).toBe(early.numTensors);
    expect(tf.memory().numDataBuffers).toBe(early.numDataBuffers);
    await trainer.reset();
    await trainer.advance("epoch");
    await trainer.advance("epoch");
    expect(tf.memory().numTensors).toBe(early.numTensors);
    await trainer.dispose();
    expect(tf.memory().numTensors).toBe(before.numTensors);
  });
});

describe("control of a run", () => {
  beforeAll(() => switchBackend("cpu"));

  it("advances by a step and by an epoch, and pauses", async () => {
    const { trainer } = await makeTrainer(experimentWith(...small));
    expect(await trainer.advance("step")).toMatchObject({ state: "paused", step: 1 });
    expect(await trainer.advance("epoch")).toMatchObject({ state: "paused", step: 3, epoch: 1 });
    expect(await trainer.advance("epoch")).toMatchObject({ step: 6, epoch: 2 });
    trainer.train();
    const { state, step } = await trainer.pause();
    expect(state).toBe("paused");
    expect(step).toBeGreaterThanOrEqual(6);
    await trainer.dispose();
  });

  it("goes on after a pause as if there had been none", async () => {
    const whole = await makeTrainer(experimentWith(...small));
    whole.trainer.train();
    await whole.trainer.finished();
    const parts = await makeTrainer(experimentWith(...small));
    parts.trainer.train();
    await parts.trainer.pause();
    parts.trainer.train();
    await parts.trainer.finished();
    expect(parts.points).toEqual(whole.points);
    await whole.trainer.dispose();
    await parts.trainer.dispose();
  });

  it("returns to the same start on reset", async () => {
    const { trainer, points } = await makeTrainer(experimentWith(...small));
    const start = await trainer.readWeights();
    trainer.train();
    await trainer.finished();
    const first = points.splice(0);
    expect(await trainer.readWeights()).not.toEqual(start);
    expect(await trainer.reset()).toMatchObject({ state: "ready", step: 0 });
    expect(await trainer.readWeights()).toEqual(start);
    trainer.train();
    await trainer.finished();
    expect(points).toEqual(first);
    await trainer.dispose();
  });

  it("applies a live change at once, marks it, and refuses others", async () => {
    const { trainer, points } = await makeTrainer(experimentWith(...small));
    await trainer.advance("epoch");
    expect(points.at(-1)?.penalties).toEqual({});
    const changes = trainer.change([{ path: "regularization.l2", value: 0.5 }]);
    expect(changes).toEqual([{ path: "regularization.l2", from: 0, to: 0.5, step: 3, epoch: 1 }]);
    await trainer.advance("epoch");
    expect(points.at(-1)?.penalties.l2).toBeGreaterThan(0);
    expect(() => trainer.change([{ path: "data.noise", value: 0.1 }])).toThrow("needs a new run");
    expect(() => trainer.change([{ path: "regularization.l2", value: -1 }])).toThrow(
      "must be a number from 0",
    );
    expect(trainer.experiment.regularization.l2).toBe(0.5);
    await trainer.dispose();
  });

  it("leaves no mark for a change that has no effect under the other settings", async () => {
    const { trainer } = await makeTrainer(experimentWith(...small, ["optimizer.kind", "adam"]));
    await trainer.advance("epoch");
    const decay = { path: "regularization.weightDecay", value: 3 } as const;
    expect(trainer.change([decay, { path: "optimizer.rateFloor", value: 0.5 }])).toEqual([]);
    expect(trainer.experiment.regularization.weightDecay).toBe(3);
    await trainer.dispose();
  });

  it("measures again at once when a change after the end gives the same weights other figures", async () => {
    const { trainer, points } = await makeTrainer(
      experimentWith(...small, ["regularization.dropoutHidden", 0.5]),
    );
    trainer.train();
    await trainer.finished();
    const weights = await trainer.readWeights();
    const before = points.at(-1);
    const mode = (value: string) => trainer.change([{ path: "model.evaluationMode", value }]);
    const measured = points.length;
    mode("training");
    await expect.poll(() => points.length).toBe(measured + 1);
    expect(points.at(-1)).toMatchObject({ step: before?.step, again: true });
    expect(points.at(-1)?.train.loss).not.toBe(before?.train.loss);
    mode("evaluation");
    await expect.poll(() => points.length).toBe(measured + 2);
    expect(points.at(-1)).toEqual({ ...before, again: true });
    expect(await trainer.readWeights()).toEqual(weights);
    await trainer.dispose();
  });

  it("goes on when epochs are raised after the end", async () => {
    const { trainer } = await makeTrainer(experimentWith(...small));
    trainer.train();
    expect(await trainer.finished()).toMatchObject({ state: "finished", epoch: 10 });
    trainer.change([{ path: "optimizer.epochs", value: 12 }]);
    expect(trainer.status.state).toBe("paused");
    trainer.train();
    expect(await trainer.finished()).toMatchObject({ state: "finished", epoch: 12 });
    await trainer.dispose();
  });

  it("stops at the step that diverges, says what, and returns to the last good weights", async () => {
    const experiment = experimentWith(
      ...small,
      ["data.kind", "curve"],
      ["optimizer.kind", "sgd"],
      ["optimizer.learningRate", 10],
      ["model.activation", "linear"],
    );
    const { trainer, divergences, points } = await makeTrainer(experiment);
    trainer.train();
    expect((await trainer.finished()).state).toBe("diverged");
    expect(divergences).toHaveLength(1);
    expect(divergences[0]?.quantity).toMatch(/training loss|hidden|output/);
    expect((await trainer.readWeights()).every(Number.isFinite)).toBe(true);
    expect(points.every((point) => Number.isFinite(point.train.loss))).toBe(true);
    trainer.change([{ path: "optimizer.learningRate", value: 1e-3 }]);
    await trainer.advance("epoch");
    expect(trainer.status.state).toBe("paused");
    await trainer.dispose();
  });

  it("names what blew up first, and leaves the weights as they were before that step", async () => {
    const experiment = experimentWith(
      ...small,
      ["data.kind", "curve"],
      ["optimizer.kind", "momentum"],
      ["optimizer.learningRate", 1],
      ["model.activation", "gelu"],
      ["model.hiddenWidths", [64, 64]],
    );
    const { trainer, divergences } = await makeTrainer(experiment);
    trainer.train();
    await trainer.finished();
    expect(divergences[0]?.quantity).toMatch(/^(training loss|weights of (hidden \d|output))$/);
    expect((await trainer.readWeights()).every(Number.isFinite)).toBe(true);
    await trainer.dispose();
  });

  it("stops early, with the weights of the best moment back", async () => {
    const experiment = experimentWith(
      ...small,
      ["optimizer.epochs", 200],
      ["optimizer.learningRate", 0.03],
      ["stopping.patience", 5],
    );
    const { trainer, points, earlyStops } = await makeTrainer(experiment, { everyEpoch: true });
    trainer.train();
    expect((await trainer.finished()).state).toBe("stopped");
    const stop = earlyStops[0];
    expect(earlyStops).toHaveLength(1);
    const trained = points.filter(({ step }) => step > 0);
    const best = trained.reduce((a, b) => (b.validation.loss < a.validation.loss ? b : a));
    expect(stop?.bestEpoch).toBe(best.epoch);
    expect(stop?.epoch).toBe(best.epoch + 5);
    expect(trainer.status.epoch).toBe(best.epoch);
    expect((await trainer.reveal()).validation.loss).toBeCloseTo(best.validation.loss, 5);
    const before = tf.memory().numTensors;
    await trainer.reset();
    trainer.train();
    await trainer.finished();
    expect(tf.memory().numTensors).toBe(before);
    await trainer.dispose();
  });

  it("returns to good weights after a divergence also where it stops early", async () => {
    const experiment = experimentWith(
      ...small,
      ["stopping.patience", 50],
      ["optimizer.epochs", 40],
    );
    const { trainer, points } = await makeTrainer(experiment);
    for (let epoch = 0; epoch < 6; epoch++) await trainer.advance("epoch");
    const good = await trainer.readWeights();
    trainer.change([
      { path: "regularization.weightDecay", value: 100 },
      { path: "optimizer.learningRate", value: 10 },
    ]);
    trainer.train();
    expect((await trainer.finished()).state).toBe("diverged");
    expect(trainer.status.step).toBeGreaterThanOrEqual(18);
    expect(await trainer.readWeights()).toHaveLength(good.length);
    expect((await trainer.readWeights()).every(Number.isFinite)).toBe(true);
    expect(points.every((point) => Number.isFinite(point.train.loss))).toBe(true);
    await trainer.dispose();
  });

  it("takes its orders one after the other, whatever their rush", async () => {
    const { trainer, points } = await makeTrainer(experimentWith(...small));
    const orders = [trainer.advance("epoch"), trainer.advance("step"), trainer.reset()];
    trainer.train();
    await Promise.all(orders);
    expect((await trainer.finished()).state).toBe("finished");
    expect(trainer.status.step).toBe(30);
    const steps = points.map(({ step }) => step);
    expect(steps.slice(steps.lastIndexOf(0))).toEqual(
      [...steps.slice(steps.lastIndexOf(0))].sort((a, b) => a - b),
    );
    trainer.train();
    const paused = trainer.pause();
    trainer.train();
    await paused;
    expect((await trainer.finished()).state).toBe("finished");
    await trainer.dispose();
  });

  it("is finished when epochs are lowered below where it stands", async () => {
    const { trainer } = await makeTrainer(experimentWith(...small));
    for (let epoch = 0; epoch < 4; epoch++) await trainer.advance("epoch");
    trainer.change([{ path: "optimizer.epochs", value: 2 }]);
    expect(trainer.status.state).toBe("finished");
    await trainer.dispose();
  });

  it("evaluates all parts in full and predicts raw inputs", async () => {
    const { trainer } = await makeTrainer(experimentWith(...small, ["optimizer.epochs", 60]));
    trainer.train();
    await trainer.finished();
    const { train, validation, test } = await trainer.reveal();
    expect(train.accuracy).toBeGreaterThan(0.7);
    expect(validation.accuracy).toBeGreaterThan(0.6);
    expect(test.accuracy).toBeGreaterThan(0.6);
    const outputs = await trainer.predict(Float32Array.of(-1, 0.5, 2, -0.5));
    expect(outputs).toHaveLength(4);
    expect((outputs[0] as number) + (outputs[1] as number)).toBeCloseTo(1, 5);
    await expect(trainer.predict(Float32Array.of(1))).rejects.toThrow("expected a multiple of 2");
    await trainer.dispose();
  });
});
