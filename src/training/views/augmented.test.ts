// The preview must show what the next step really sees.
import { beforeAll, describe, expect, it, vi } from "vitest";
import { makeDataset } from "../../data";
import { invertScaling } from "../../data/scaling";
import type { FieldValue } from "../../experiment/fields";
import type { FieldPath } from "../../experiment/schema";
import { seenInputs } from "../network";
import type { AugmentedPictures } from "../telemetry";
import { tf } from "../tensors";
import { experimentWith, makeTrainer, switchBackend } from "../testing";

/** What the first layer got in every step taken, by the step's own batch and masks. */
const taken = vi.hoisted((): Float32Array[] => []);
vi.mock("../step", async (original) => {
  const real = await original<typeof import("../step")>();
  const trainStep: typeof real.trainStep = (rule, state, batch, hyperparameters, masks) => {
    taken.push(seenInputs(rule.network, batch.inputs, masks).dataSync() as Float32Array);
    return real.trainStep(rule, state, batch, hyperparameters, masks);
  };
  return { ...real, trainStep };
});

const pictures = [
  ["data.kind", "strokeDigits"],
  ["data.trainSize", 30],
  ["data.validationSize", 20],
  ["data.testSize", 20],
  ["model.hiddenWidths", [4]],
  ["optimizer.batchSize", 10],
] as const;

async function previewOf(
  settings: readonly (readonly [FieldPath, FieldValue])[],
): Promise<AugmentedPictures> {
  const { trainer, frames } = await makeTrainer(experimentWith(...pictures, ...settings));
  await trainer.watch(["augmented"], 8);
  await trainer.dispose();
  return frames.findLast(({ augmented }) => augmented)?.augmented as AugmentedPictures;
}

describe("the preview of augmentation", () => {
  beforeAll(() => switchBackend("cpu"));

  it("shows pictures as they are where nothing changes them", async () => {
    const { pictures: shown, width, height, channels } = await previewOf([]);
    expect([width, height, channels, shown.length]).toEqual([28, 28, 1, 10]);
    for (const { before, after, partner } of shown) {
      expect(after).toEqual(before);
      expect(partner).toBeNull();
    }
  });

  it("shows a black rectangle with erasing, noise with noise, and blends with mixup", async () => {
    const erased = await previewOf([["augmentation.erasing", 1]]);
    expect(
      erased.pictures.some(({ before, after }) =>
        before.some((value, i) => value > (after[i] as number)),
      ),
    ).toBe(true);
    expect(
      erased.pictures.every(({ before, after }) =>
        after.every((value, i) => value === before[i] || value === 0),
      ),
    ).toBe(true);
    const noisy = await previewOf([["regularization.inputNoise", 0.3]]);
    expect(noisy.pictures[0]?.after).not.toEqual(noisy.pictures[0]?.before);
    const mixed = await previewOf([["augmentation.mixup", 1]]);
    for (const { partner, share } of mixed.pictures) {
      expect(partner).not.toBeNull();
      expect(share).toBeGreaterThan(0);
      expect(share).toBeLessThan(1);
    }
  });

  it("holds the very inputs that the next step trains on, and leaves nothing behind", async () => {
    const settings = [
      ...pictures,
      ["augmentation.crop", 3],
      ["augmentation.mixup", 0.5],
      ["regularization.dropoutInput", 0.3],
    ] as const;
    const { trainer, frames } = await makeTrainer(experimentWith(...settings));
    await trainer.advance("step");
    trainer.change([{ path: "regularization.inputNoise", value: 0.2 }]);
    await trainer.watch(["augmented"], 8);
    const count = tf.memory().numTensors;
    await trainer.watch(["augmented"], 8);
    expect(tf.memory().numTensors).toBe(count);
    const shown = frames.at(-1)?.augmented as AugmentedPictures;
    expect(shown.step).toBe(2);
    await trainer.watch([], 8);
    taken.length = 0;
    await trainer.advance("step");
    const { data, seed } = trainer.experiment;
    const dataset = await makeDataset(data, seed, null);
    const raw = invertScaling(taken[0] as Float32Array, dataset.scaling, dataset.inputSize);
    shown.pictures.forEach(({ after }, row) => {
      const own = raw.subarray(row * after.length, (row + 1) * after.length);
      expect(after).toEqual(
        Uint8Array.from(own, (value) => Math.round(Math.min(255, Math.max(0, value)))),
      );
    });
    await trainer.dispose();
  });
});
