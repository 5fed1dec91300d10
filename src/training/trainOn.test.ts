// After a divergence: the last good weights are back, whole and the same wherever slices end, and training goes on from them.
import { describe, expect, it } from "vitest";
import type { FieldValue } from "../experiment/fields";
import type { FieldPath } from "../experiment/schema";
import type { BackendName } from "./backends/backend";
import { tf } from "./tensors";
import { experimentWith, makeTrainer, switchBackend } from "./testing";

type Settings = readonly (readonly [FieldPath, FieldValue])[];

const small: Settings = [
  ["data.kind", "curve"],
  ["model.hiddenWidths", [8, 4]],
  ["data.trainSize", 40],
  ["data.validationSize", 20],
  ["data.testSize", 20],
  ["optimizer.batchSize", 10],
  ["optimizer.epochs", 12],
];

/** Each with another state to bring back. */
const cases: readonly (readonly [string, Settings])[] = [
  ["SGD", [["optimizer.kind", "sgd"]]],
  ["AdamW", [["optimizer.kind", "adamw"]]],
  [
    "momentum, batch normalization and an average",
    [
      ["optimizer.kind", "momentum"],
      ["model.normalization", "batch"],
      ["averaging.kind", "ema"],
    ],
  ],
];

/** Linear units without a bound, and steps far too long: every optimizer's weights grow without end. */
const tooMuch = [
  { path: "regularization.weightNoise", value: 1 },
  { path: "regularization.l2", value: 10 },
  { path: "regularization.weightDecay", value: 100 },
  { path: "optimizer.learningRate", value: 10 },
] as const;
const mild = [
  { path: "regularization.weightNoise", value: 0 },
  { path: "regularization.l2", value: 0 },
  { path: "regularization.weightDecay", value: 0 },
  { path: "optimizer.learningRate", value: 1e-3 },
] as const;
const epochsBefore = 3;

async function begin(settings: Settings, backend: BackendName) {
  const experiment = experimentWith(...small, ["model.activation", "linear"], ...settings);
  const recorded = await makeTrainer(experiment, {}, backend);
  for (let epoch = 0; epoch < epochsBefore; epoch++) await recorded.trainer.advance("epoch");
  return recorded;
}

describe.each(["cpu", "wasm"] as const)("on %s", (backend) => {
  it.each(cases)("%s goes on as if it had not diverged", async (_, settings) => {
    await switchBackend(backend);
    const { trainer, divergences, points, frames } = await begin(settings, backend);
    trainer.change(tooMuch);
    trainer.change([{ path: "optimizer.epochs", value: 2000 }]);
    trainer.train();
    expect((await trainer.finished()).state).toBe("diverged");
    const [divergence] = divergences;
    if (!divergence) throw new Error("It has not diverged.");
    const { restored } = divergence;
    expect(restored.step).toBeLessThan(divergence.step);
    expect(restored.step).toBeGreaterThanOrEqual(epochsBefore * 4);
    expect(trainer.status).toMatchObject(restored);
    expect(frames.at(-1)).toMatchObject(restored);
    // What is shown was measured, and was good.
    const shown = points.find(({ step }) => step === restored.step);
    const start = points[0]?.train.loss as number;
    expect(shown?.train.loss).toBeLessThanOrEqual(2 * start);
    expect((await trainer.reveal()).train.loss).toBeCloseTo(shown?.train.loss as number, 4);

    trainer.change(mild);
    trainer.change([{ path: "optimizer.epochs", value: 12 }]);
    trainer.train();
    expect(await trainer.finished()).toMatchObject({ state: "finished", epoch: 12 });

    const other = await begin(settings, backend);
    other.trainer.change(tooMuch);
    other.trainer.change([{ path: "optimizer.epochs", value: 2000 }]);
    while (other.trainer.status.step < restored.step) await other.trainer.advance("step");
    other.trainer.change(mild);
    other.trainer.change([{ path: "optimizer.epochs", value: 12 }]);
    other.trainer.train();
    await other.trainer.finished();
    expect(await trainer.readWeights()).toEqual(await other.trainer.readWeights());
    await trainer.dispose();
    await other.trainer.dispose();
  });
});

it("keeps nothing on the device that a run without a divergence would not keep", async () => {
  await switchBackend("cpu");
  const { trainer } = await begin(cases[0]?.[1] as Settings, "cpu");
  const before = tf.memory().numTensors;
  for (let times = 0; times < 3; times++) {
    trainer.change(tooMuch);
    trainer.change([{ path: "optimizer.epochs", value: 2000 }]);
    trainer.train();
    expect((await trainer.finished()).state).toBe("diverged");
    trainer.change(mild);
    await trainer.advance("epoch");
  }
  expect(tf.memory().numTensors).toBe(before);
  await trainer.dispose();
});
