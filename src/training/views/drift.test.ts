// The test on corrupted pictures counts as a plain loop over the network's predictions does, and can be ended.
import { beforeAll, describe, expect, it } from "vitest";
import { makeDataset } from "../../data";
import { corruptionAmounts, corruptionKinds, corruptPicture } from "../../data/corruptions";
import type { FieldValue } from "../../experiment/fields";
import type { FieldPath } from "../../experiment/schema";
import { tf } from "../tensors";
import { experimentWith, makeTrainer, switchBackend } from "../testing";
import { testedCount } from "./drift";

beforeAll(() => switchBackend("cpu"));

const digits: readonly (readonly [FieldPath, FieldValue])[] = [
  ["data.kind", "strokeDigits"],
  ["data.trainSize", 60],
  ["data.validationSize", 50],
  ["data.testSize", 10],
  ["model.hiddenWidths", [16]],
  ["optimizer.kind", "adam"],
  ["optimizer.learningRate", 0.01],
  ["optimizer.batchSize", 20],
  ["optimizer.epochs", 5],
  ["seed", 3],
];

it.each(["unit", "standardized"])(
  "every version is judged as predict judges it (%s)",
  async (scaling) => {
    const experiment = experimentWith(...digits, ["data.scaling", scaling]);
    const { trainer } = await makeTrainer(experiment);
    trainer.train();
    await trainer.finished();
    const report = await trainer.drift(true);
    if (!report) throw new Error("It was not ended.");
    const { validation } = await makeDataset(experiment.data, experiment.seed, null);
    const accuracyOf = async (change: (picture: Uint8Array, index: number) => Uint8Array) => {
      const right = new Array<number>(10).fill(0);
      for (const [index, label] of validation.labels.entries()) {
        const picture = validation.inputs.subarray(784 * index, 784 * (index + 1)) as Uint8Array;
        const outputs = await trainer.predict(Float32Array.from(change(picture, index)));
        if (outputs.indexOf(Math.max(...outputs)) === label)
          right[label] = (right[label] as number) + 1;
      }
      return right;
    };
    expect(report).toMatchObject({ count: 50, width: 28, height: 28, channels: 1 });
    expect(report.support).toEqual(new Array(10).fill(5));
    expect(report.versions).toHaveLength(13);
    const [clean, ...corrupted] = report.versions;
    expect(clean).toMatchObject({ kind: null, strength: 0 });
    expect(clean?.right).toEqual(await accuracyOf((picture) => picture));
    expect(clean?.picture).toEqual(validation.inputs.subarray(0, 784));
    expect(new Set(report.versions.map(({ right }) => right.join())).size).toBeGreaterThan(5);
    const { accuracy } = (await trainer.reveal()).validation;
    expect(clean?.accuracy).toBeCloseTo(accuracy as number, 6);
    const shape = [28, 28, 1] as const;
    for (const [number, version] of corrupted.entries()) {
      const kind = corruptionKinds[Math.floor(number / 3)] as (typeof corruptionKinds)[number];
      const amount = corruptionAmounts[kind][number % 3] as number;
      expect(version).toMatchObject({ kind, strength: 1 + (number % 3) });
      const change = (picture: Uint8Array, index: number) =>
        corruptPicture(picture, { kind, amount }, shape, experiment.seed, index);
      expect(version.right).toEqual(await accuracyOf(change));
      expect(version.accuracy).toBe(version.right.reduce((sum, right) => sum + right, 0) / 50);
      expect(version.picture).toEqual(change(validation.inputs.subarray(0, 784) as Uint8Array, 0));
    }
    await trainer.dispose();
  },
);

describe("a test under way", () => {
  it("is ended by a stop, by a later test, by a reset and by the end of the run; no tensor stays", async () => {
    const { trainer } = await makeTrainer(experimentWith(...digits));
    const before = tf.memory().numTensors;
    const stopped = trainer.drift(true);
    expect(await trainer.drift(false)).toBeNull();
    expect(await stopped).toBeNull();
    const [first, second] = [trainer.drift(true), trainer.drift(true)];
    expect(await first).toBeNull();
    expect((await second)?.versions).toHaveLength(13);
    const unfinished = trainer.drift(true);
    await trainer.reset();
    expect(await unfinished).toBeNull();
    expect(tf.memory().numTensors).toBe(before);
    const last = trainer.drift(true);
    await trainer.dispose();
    expect(await last).toBeNull();
  });

  it("stands on the weights of its beginning, though training goes on", async () => {
    const { trainer } = await makeTrainer(experimentWith(...digits));
    const still = await trainer.drift(true);
    const moving = trainer.drift(true);
    await trainer.advance("epoch");
    expect(await moving).toEqual(still);
    await trainer.dispose();
  });
});

it("data without pictures have none to corrupt", async () => {
  const { trainer } = await makeTrainer(experimentWith(["optimizer.epochs", 1]));
  await expect(trainer.drift(true)).rejects.toThrow("no pictures");
  await trainer.dispose();
});

it("stands on fewer pictures where one is dear, never on more than there are", () => {
  expect(testedCount(1e5, 5000)).toBe(1000);
  expect(testedCount(1e7, 5000)).toBe(400);
  expect(testedCount(1e9, 5000)).toBe(200);
  expect(testedCount(1e9, 60)).toBe(60);
});
