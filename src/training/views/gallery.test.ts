// The pictures beside the verdicts must be the very pictures of the data set, in grey and in colour.
import { beforeAll, describe, expect, it } from "vitest";
import { sampleForThumbnail } from "../../data";
import { describeTask } from "../../experiment/tasks";
import { experimentWith, makeTrainer, switchBackend } from "../testing";

beforeAll(() => switchBackend("cpu"));

describe.each([
  ["strokeDigits", [28, 28, 1]],
  ["shapes", [32, 32, 3]],
] as const)("the gallery of %s", (kind, form) => {
  it.each(["standardized", "unit", "symmetric"])("shows the bytes as made, %s", async (scaling) => {
    const experiment = experimentWith(
      ["data.kind", kind],
      ["data.scaling", scaling],
      ["data.trainSize", 20],
      ["data.validationSize", 30],
      ["data.mislabelled", 0.2],
      ["model.family", "cnn"],
      ["model.filters", [2]],
      ["model.hiddenWidths", []],
    );
    const { trainer, frames } = await makeTrainer(experiment);
    await trainer.watch(["gallery"], 10);
    const gallery = frames.at(-1)?.gallery;
    expect([gallery?.height, gallery?.width, gallery?.channels]).toEqual(form);
    expect(gallery?.sample).toHaveLength(24);
    expect(gallery?.mislabelled).toHaveLength(4);
    const { inputSize } = describeTask(experiment.data);
    const raw = {
      train: sampleForThumbnail(experiment.data, 1, "train", 20).inputs,
      validation: sampleForThumbnail(experiment.data, 1, "validation", 30).inputs,
    };
    for (const list of [gallery?.sample, gallery?.mislabelled]) {
      for (const { part, index, pixels } of list ?? []) {
        const made = raw[part].subarray(index * inputSize, (index + 1) * inputSize);
        expect(pixels).toEqual(made);
      }
    }
    await trainer.dispose();
  });
});
