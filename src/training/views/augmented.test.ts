// The preview must show what the next step really sees.
import { beforeAll, describe, expect, it } from "vitest";
import { invertScaling } from "../../data/scaling";
import type { FieldValue } from "../../experiment/fields";
import type { Experiment, FieldPath } from "../../experiment/schema";
import type { AugmentedPictures } from "../telemetry";
import { tf } from "../tensors";
import { experimentWith, makeTrainer, switchBackend } from "../testing";

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

  it("holds the very inputs of the next step, and leaves nothing behind", async () => {
    const experiment: Experiment = experimentWith(
      ...pictures,
      ["augmentation.crop", 3],
      ["regularization.dropoutInput", 0.3],
    );
    const { trainer, frames } = await makeTrainer(experiment);
    await trainer.watch(["augmented"], 8);
    const count = tf.memory().numTensors;
    await trainer.watch(["augmented"], 8);
    expect(tf.memory().numTensors).toBe(count);
    const { run } = trainer as unknown as { run: import("../run").TrainingRun };
    const upcoming = run.upcoming();
    const batch = upcoming.seenBatch();
    const { dataset } = run;
    const first = (batch.inputs.dataSync() as Float32Array).subarray(0, dataset.inputSize);
    const raw = invertScaling(first, dataset.scaling, dataset.inputSize);
    const shown = frames.at(-1)?.augmented?.pictures[0]?.after as Uint8Array;
    shown.forEach((value, i) => {
      expect(value).toBe(Math.round(Math.min(255, Math.max(0, raw[i] as number))));
    });
    tf.dispose([batch.inputs, batch.targets]);
    upcoming.dispose();
    await trainer.dispose();
  });
});
