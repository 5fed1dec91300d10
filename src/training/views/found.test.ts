// The pictures behind a cell of the confusion matrix are as many as the cell says, and those that it means.
import { beforeAll, expect, it } from "vitest";
import type { ClassificationReport, Frame } from "../telemetry";
import { experimentWith, makeTrainer, switchBackend } from "../testing";

beforeAll(() => switchBackend("cpu"));

it("every cell of the report, and every class, finds its pictures", async () => {
  const experiment = experimentWith(
    ["data.kind", "strokeDigits"],
    ["data.trainSize", 40],
    ["data.validationSize", 90],
    ["data.testSize", 10],
    ["data.scaling", "unit"],
    ["model.hiddenWidths", [16]],
    ["optimizer.epochs", 3],
  );
  const { trainer, frames } = await makeTrainer(experiment);
  await trainer.advance("epoch");
  await trainer.watch(["report"], 8);
  const { confusion } = (frames.at(-1) as Frame).report as ClassificationReport;
  for (const truth of [0, 3]) {
    const all = await trainer.find({ truth, predicted: null });
    expect(all.found).toBe(9);
    expect([all.width, all.height, all.channels]).toEqual([28, 28, 1]);
    expect(all.pictures.every((picture) => picture.label === truth)).toBe(true);
    const confidences = all.pictures.map(({ confidence }) => confidence);
    expect(confidences).toEqual([...confidences].sort((a, b) => b - a));
    for (let predicted = 0; predicted < 10; predicted++) {
      const cell = await trainer.find({ truth, predicted });
      expect(cell.found).toBe(confusion[truth]?.[predicted]);
      expect(cell.pictures.every((picture) => picture.predicted === predicted)).toBe(true);
    }
  }
  await expect(trainer.find({ truth: 10, predicted: null })).rejects.toThrow(
    /Class 10: expected 0 to 9/,
  );
  await trainer.dispose();
});

it("data without pictures have none to find", async () => {
  const { trainer } = await makeTrainer(experimentWith(["optimizer.epochs", 1]));
  await expect(trainer.find({ truth: 0, predicted: 1 })).rejects.toThrow("no pictures");
  await trainer.dispose();
});
