// Predictions of a table's column: in its own unit, agreeing with the loss, nothing left behind.
import { beforeAll, expect, it } from "vitest";
import { makeDataset } from "../../data";
import { readCsv } from "../../data/readers/csv";
import { memorySource, watchedFile } from "../../data/testing";
import { tf } from "../tensors";
import { experimentWith, makeTrainer, switchBackend } from "../testing";

const text = `size,floor,rent\n${Array.from({ length: 60 }, (_, i) => {
  const size = 20 + ((i * 37) % 50);
  return `${size},${i % 4},${12 * size + 30 * (i % 4) + 100.5}`;
}).join("\n")}\n`;
const bytes = new TextEncoder().encode(text);
const source = memorySource({ "rents.csv": bytes });

beforeAll(() => switchBackend("cpu"));

it.each(["cpu", "wasm"] as const)("are in the unit of the column on %s", async (backend) => {
  await switchBackend(backend);
  const { fingerprint } = await readCsv(watchedFile("rents.csv", bytes));
  const experiment = experimentWith(
    ["data.kind", "ownTable"],
    ["data.fingerprint", fingerprint],
    ["data.target", 3],
    ["data.columns", 2],
    ["data.answers", 0],
    ["data.trainSize", 30],
    ["data.validationSize", 20],
    ["data.testSize", 10],
    ["data.scaling", "standardized"],
    ["optimizer.kind", "adam"],
    ["optimizer.learningRate", 1e-2],
    ["optimizer.epochs", 60],
  );
  const before = tf.memory().numTensors;
  const { trainer, frames, points } = await makeTrainer(experiment, {}, backend, [source]);
  await trainer.watch(["predictions"], 8);
  const untrained = frames.at(-1)?.predictions;
  trainer.train();
  await trainer.finished();
  const report = frames.at(-1)?.predictions;
  const dataset = await makeDataset(experiment.data, experiment.seed, [source]);
  const { deviation = 0 } = dataset.target ?? {};
  expect(report?.count).toBe(20);
  // Every rent is there as it stands in the file.
  const rents = new Set(
    text
      .trim()
      .split("\n")
      .slice(1)
      .map((line) => Number(line.split(",")[2])),
  );
  for (const rent of report?.actual ?? []) expect(rents).toContain(Math.round(rent * 2) / 2);
  expect(report?.rootMeanSquare).toBeCloseTo(
    deviation * Math.sqrt(points.at(-1)?.validation.loss ?? 0),
    2,
  );
  expect(report?.rootMeanSquare).toBeLessThan(0.3 * (untrained?.rootMeanSquare ?? 0));
  expect(report?.explained).toBeGreaterThan(0.9);
  const said = await trainer.predict(Float32Array.of(50, 2));
  expect(Math.abs((said[0] as number) - (12 * 50 + 60 + 100.5))).toBeLessThan(80);
  await trainer.dispose();
  expect(tf.memory().numTensors).toBe(before);
  await switchBackend("cpu");
});
