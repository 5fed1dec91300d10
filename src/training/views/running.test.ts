// Pictures of a run in progress: dropped units are those that the next step drops, reports are right, nothing is left behind.
import { beforeAll, describe, expect, it, vi } from "vitest";
import { makeDataset } from "../../data";
import { SeededMasks } from "../masks";
import { classificationReport } from "../metrics";
import type { Frame, PanelName } from "../telemetry";
import { tf } from "../tensors";
import { experimentWith, makeTrainer, switchBackend } from "../testing";

beforeAll(() => switchBackend("cpu"));

const digits = [
  ["data.kind", "strokeDigits"],
  ["data.trainSize", 12],
  ["data.validationSize", 40],
  ["data.testSize", 20],
  ["optimizer.batchSize", 5],
  ["optimizer.epochs", 4],
] as const;
const cnn = [
  ...digits,
  ["model.family", "cnn"],
  ["model.filters", [4, 6]],
  ["model.hiddenWidths", [7]],
] as const;
const lastFrame = (frames: readonly Frame[]) => frames.at(-1) as Frame;

/** Masks that a step asked for, in the order of its layers. */
async function stepMasks(step: () => Promise<unknown>) {
  const asked: { place: string; shape: readonly number[]; values: Float32Array }[] = [];
  const original = SeededMasks.prototype.mask;
  const spy = vi.spyOn(SeededMasks.prototype, "mask").mockImplementation(function (
    this: SeededMasks,
    index,
    place,
    shape,
  ) {
    const mask = original.call(this, index, place, shape);
    if (mask) asked.push({ place, shape, values: mask.dataSync() as Float32Array });
    return mask;
  });
  await step();
  spy.mockRestore();
  return asked;
}

const rowOf = (
  { shape, values }: { shape: readonly number[]; values: Float32Array },
  row: number,
) => {
  const size = values.length / (shape[0] as number);
  return Array.from(values.subarray(row * size, (row + 1) * size), (kept) => (kept ? 0 : 1));
};

describe("what is shown as dropped", () => {
  it("is what the next step drops: maps, features and hidden units of one picture", async () => {
    const experiment = experimentWith(
      ...cnn,
      ["regularization.dropoutInput", 0.2],
      ["regularization.dropoutSpatial", 0.5],
      ["regularization.dropoutHead", 0.3],
      ["regularization.dropoutHidden", 0.4],
      ["model.normalization", "batch"],
    );
    const { trainer, frames } = await makeTrainer(experiment);
    await trainer.advance("step");
    await trainer.watch(["maps"], 8, { picture: 8, firstUnit: 0 });
    const { maps } = lastFrame(frames);
    expect(maps?.row).toBe(3);
    expect(maps?.stages.map(({ name }) => name)).toEqual([
      "input",
      "block 1",
      "block 2",
      "features",
      "hidden 1",
    ]);
    await trainer.watch([], 8);
    const asked = await stepMasks(() => trainer.advance("step"));
    expect(asked.map(({ place }) => place)).toEqual([
      "input",
      "spatial",
      "spatial",
      "head",
      "hidden",
    ]);
    expect(maps?.stages.map(({ dropped }) => [...(dropped ?? [])])).toEqual(
      asked.map((mask) => rowOf(mask, 3)),
    );
    expect(maps?.stages.some(({ dropped }) => dropped?.includes(1))).toBe(true);
    await trainer.dispose();
  });

  it("is the same on the network picture, for the first example of the batch", async () => {
    const experiment = experimentWith(
      ["model.hiddenWidths", [9, 5]],
      ["regularization.dropoutHidden", 0.5],
    );
    const { trainer, frames } = await makeTrainer(experiment);
    await trainer.watch(["neurons"], 8);
    const { neurons } = lastFrame(frames);
    expect(neurons?.droppedInputs).toBeNull();
    await trainer.watch([], 8);
    const asked = await stepMasks(() => trainer.advance("step"));
    expect(neurons?.layers.map(({ dropped }) => [...(dropped ?? [])])).toEqual(
      asked.map((mask) => rowOf(mask, 0)),
    );
    trainer.change([
      { path: "regularization.dropoutHidden", value: 0 },
      { path: "regularization.dropoutInput", value: 0.5 },
    ]);
    await trainer.watch(["neurons"], 8);
    const after = lastFrame(frames).neurons;
    expect(after?.layers.every(({ dropped }) => dropped === null)).toBe(true);
    expect(after?.droppedInputs).toHaveLength(2);
    await trainer.dispose();
  });
});

describe("the report", () => {
  it("is that of the probabilities which the network gives", async () => {
    const experiment = experimentWith(...digits);
    const { trainer, frames } = await makeTrainer(experiment);
    await trainer.advance("epoch");
    await trainer.watch(["report"], 8);
    const { data, seed } = experiment;
    const dataset = await makeDataset(data, seed, null);
    const { validation } = dataset;
    const probabilities = await trainer.predict(Float32Array.from(validation.inputs));
    const expected = classificationReport(probabilities, validation.labels, 10);
    const { report } = lastFrame(frames);
    expect(report?.confusion).toEqual(expected.confusion);
    expect(report?.count).toBe(40);
    expect(report?.nll).toBeCloseTo(expected.nll, 4);
    expect(report?.ece).toBeCloseTo(expected.ece, 4);
    await trainer.dispose();
  });

  it("is there for points and tables, not for curves", async () => {
    for (const kind of ["moons", "tabular", "curve"] as const) {
      const { trainer, frames } = await makeTrainer(experimentWith(["data.kind", kind]));
      await trainer.watch(["report", "filters", "maps"], 8);
      const { report, filters, maps } = lastFrame(frames);
      expect(report?.bins.length, kind).toBe(kind === "curve" ? undefined : 15);
      expect([filters, maps]).toEqual([undefined, undefined]);
      await trainer.dispose();
    }
  });
});

describe("slow panels", () => {
  const slow: readonly PanelName[] = ["report", "groups", "filters", "maps", "gallery"];

  it.each(["cpu", "wasm"] as const)("leave no tensors behind on %s", async (backend) => {
    await switchBackend(backend);
    const before = tf.memory().numTensors;
    const experiment = experimentWith(...cnn, ["regularization.dropoutSpatial", 0.5]);
    const { trainer, frames } = await makeTrainer(experiment, {}, backend);
    await trainer.watch(slow, 30);
    // Where steps are replayed, every kind of step is recorded by then, single and measured ones too.
    for (const unit of ["epoch", "epoch", "step", "step"] as const) await trainer.advance(unit);
    const early = tf.memory().numTensors;
    for (let i = 0; i < 3; i++) {
      await trainer.watch(slow, 30, { picture: i, firstUnit: 0 });
      await trainer.advance("step");
    }
    expect(tf.memory().numTensors).toBe(early);
    expect(lastFrame(frames).filters?.map(({ name }) => name)).toEqual(["block 1", "block 2"]);
    await trainer.dispose();
    expect(tf.memory().numTensors).toBe(before);
    await switchBackend("cpu");
  });

  it("come seldom while training, and always when it pauses", async () => {
    const { trainer, frames } = await makeTrainer(
      experimentWith(...digits, ["model.hiddenWidths", [6]], ["optimizer.epochs", 40]),
    );
    await trainer.watch([...slow, "weights"], 30);
    const opened = frames.length;
    trainer.train();
    await trainer.finished();
    const later = frames.slice(opened);
    expect(later.length).toBeGreaterThan(4);
    expect(later.filter(({ weights }) => weights).length).toBeGreaterThan(1);
    expect(later.filter(({ maps }) => maps).length).toBeLessThan(later.length / 2);
    for (const panel of ["report", "filters", "maps", "gallery"] as const) {
      expect(lastFrame(frames)[panel], panel).toBeDefined();
    }
    await trainer.dispose();
  });
});
