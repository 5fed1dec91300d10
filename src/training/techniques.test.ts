// What the reference cases don't say of single techniques: ends of schedules, whole units at zero, norms within bounds.
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { makeDataset } from "../data";
import { RandomSequence } from "../data/random";
import { decodeLink } from "../experiment/link";
import { cosine, linear, rateShare, strengthShare } from "../experiment/schedules";
import { checkExperiment } from "../experiment/validate";
import {
  Hyperparameters,
  type HyperparameterValues,
  neutralHyperparameters,
} from "./hyperparameters";
import { dense } from "./layers";
import { groupsFor } from "./layers/normalization";
import { makeNetwork } from "./network";
import { balancedWeights } from "./objective";
import { defaultOptions } from "./regularizers";
import { groupL1 } from "./regularizers/groupL1";
import { maxNorm } from "./regularizers/maxNorm";
import type { RegularizerInputs } from "./regularizers/regularizer";
import { TrainingRun } from "./run";
import { type Tensor, tf, tidy } from "./tensors";
import { experimentWith, makeTrainer, switchBackend } from "./testing";

const network = makeNetwork([dense("a", 5, 4), dense("b", 4, 3)]);

function randomWeights(seed: number): Float32Array {
  const sequence = new RandomSequence(seed, 1);
  return Float32Array.from({ length: network.parameterCount }, () => sequence.normal());
}

/** L2 norms of the units of each kernel. */
function unitNorms(weights: ArrayLike<number>): number[] {
  return network.slots
    .filter(({ kind }) => kind === "kernel")
    .flatMap(({ offset, shape: [inputs, units] }) =>
      Array.from({ length: units as number }, (_, unit) =>
        Math.hypot(
          ...Array.from(
            { length: inputs as number },
            (_row, input) => weights[offset + input * (units as number) + unit] as number,
          ),
        ),
      ),
    );
}

function apply(
  values: Partial<HyperparameterValues>,
  { apply: step }: { apply(inputs: RegularizerInputs): Tensor },
  weights: Float32Array,
) {
  const all = { ...neutralHyperparameters, ...values };
  const hyperparameters = new Hyperparameters(all);
  hyperparameters.prepare(all, 1);
  const result = tidy(() =>
    step({
      network,
      hyperparameters,
      weights: tf.tensor1d(weights),
      factors: null,
      options: defaultOptions,
    }),
  ).dataSync();
  hyperparameters.dispose();
  return result;
}

describe("steps on whole units", () => {
  beforeAll(() => switchBackend("cpu"));

  it("group L1 shortens every unit by η·λ and sets short ones to exactly 0", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1000 }),
        fc.double({ min: 0.01, max: 3, noNaN: true }),
        (seed, strength) => {
          const weights = randomWeights(seed);
          const before = unitNorms(weights);
          const values = { learningRate: 1, groupL1: strength };
          const after = apply(values, groupL1, weights);
          unitNorms(after).forEach((norm, unit) => {
            const expected = Math.max(0, (before[unit] as number) - strength);
            if (expected === 0) expect(norm).toBe(0);
            else expect(norm).toBeCloseTo(expected, 4);
          });
          for (const slot of network.slots.filter(({ kind }) => kind === "bias")) {
            expect([...after.slice(slot.offset, slot.offset + slot.size)]).toEqual([
              ...weights.slice(slot.offset, slot.offset + slot.size),
            ]);
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it("max-norm leaves short units alone and cuts long ones to the limit", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1000 }),
        fc.double({ min: 0.1, max: 4, noNaN: true }),
        (seed, limit) => {
          const weights = randomWeights(seed);
          const before = unitNorms(weights);
          const after = apply({ maxNorm: limit }, maxNorm, weights);
          unitNorms(after).forEach(
            (norm, unit) =>
              void expect(norm).toBeCloseTo(Math.min(before[unit] as number, limit), 4),
          );
        },
      ),
      { numRuns: 40 },
    );
  });

  it("group L1 in a run switches units off as a whole", async () => {
    const { trainer } = await makeTrainer(
      experimentWith(
        ["model.hiddenWidths", [16]],
        ["regularization.groupL1", 1],
        ["optimizer.epochs", 150],
        ["data.validationSize", 20],
      ),
    );
    trainer.train();
    await trainer.finished();
    const weights = await trainer.readWeights();
    const [inputs, units] = (trainer.network.slots[0] as { shape: readonly number[] }).shape as [
      number,
      number,
    ];
    const dead = Array.from(
      { length: units },
      (_, unit) =>
        Array.from({ length: inputs }, (_row, input) => weights[input * units + unit]).filter(
          (value) => value === 0,
        ).length,
    );
    expect(dead.filter((zeros) => zeros === inputs).length).toBeGreaterThan(2);
    expect(dead.every((zeros) => zeros === 0 || zeros === inputs)).toBe(true);
    await trainer.dispose();
  });
});

describe("schedules", () => {
  it("end where they say", () => {
    expect(linear(0.2, 0.8, 1, 10)).toBe(0.2);
    expect(linear(0.2, 0.8, 10, 10)).toBeCloseTo(0.8, 12);
    expect(cosine(4, 4, 20, 0.1)).toBe(1);
    expect(cosine(20, 4, 20, 0.1)).toBeCloseTo(0.1, 12);
    expect(rateShare("cosine", 1, 4, 20, 0)).toBe(0.25);
    expect(rateShare("constant", 20, 4, 20, 0)).toBe(1);
    expect([10, 11, 15, 16, 20].map((step) => rateShare("step", step, 0, 20, 0))).toEqual([
      1,
      0.1,
      0.1,
      0.1 ** 2,
      0.1 ** 2,
    ]);
    expect(strengthShare("ramp", 1, 20)).toBe(0);
    expect(strengthShare("ramp", 20, 20)).toBe(1);
    expect(strengthShare("anneal", 1, 20)).toBe(1);
    expect(strengthShare("anneal", 20, 20)).toBe(0);
  });
});

describe("class weights and groups", () => {
  it("balance: every class weighs the same in sum, and the mean weight is 1", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 20, maxLength: 200 }),
        (labels) => {
          const weights = balancedWeights(Int32Array.from(labels), 4);
          const present = new Set(labels);
          const sums = [...present].map(
            (label) =>
              labels.filter((entry) => entry === label).length * (weights[label] as number),
          );
          for (const sum of sums) expect(sum).toBeCloseTo(labels.length / 4, 3);
        },
      ),
    );
  });

  it("groups divide the features", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 1, max: 64 }),
        (features, wanted) => {
          const groups = groupsFor(features, wanted);
          expect(features % groups).toBe(0);
          expect(groups).toBeLessThanOrEqual(wanted);
        },
      ),
    );
  });
});

describe("batch normalization with a batch of one", () => {
  it("is refused with its own message, and corrected in a link", () => {
    const experiment = experimentWith(["model.normalization", "batch"], ["optimizer.batchSize", 1]);
    expect(checkExperiment(experiment)[0]).toContain("batch normalization needs at least 2");
    const { experiment: corrected, corrections } = decodeLink("v=1;norm=batch;batch=1");
    expect(corrected.optimizer.batchSize).toBe(2);
    expect(corrections[0]?.message).toContain("batch normalization needs at least 2");
  });

  it("does not happen at the end of an epoch either", async () => {
    const { trainer } = await makeTrainer(
      experimentWith(
        ["model.normalization", "batch"],
        ["data.trainSize", 21],
        ["optimizer.epochs", 3],
        ["data.validationSize", 20],
      ),
    );
    expect(trainer.stepsPerEpoch).toBe(1);
    trainer.train();
    expect((await trainer.finished()).state).toBe("finished");
    await trainer.dispose();
  });
});

describe("averaged weights", () => {
  const settings = [
    ["model.hiddenWidths", [4]],
    ["optimizer.epochs", 6],
    ["data.validationSize", 20],
  ] as const;

  it("of SWA are the plain mean of the weights at the ends of epochs from the start on", async () => {
    const experiment = experimentWith(
      ...settings,
      ["averaging.kind", "swa"],
      ["averaging.start", 0.5],
    );
    const dataset = await makeDataset(experiment.data, experiment.seed, null);
    const run = new TrainingRun(experiment, dataset, Number.POSITIVE_INFINITY);
    const ends: Float32Array[] = [];
    for (let epoch = 1; epoch <= 6; epoch++) {
      for (let step = 0; step < run.stepsPerEpoch; step++) run.advance(false);
      if (epoch >= 3) ends.push((await run.weights.data()) as Float32Array);
      else expect(run.averagedSnapshot()).toBeNull();
    }
    const average = run.averagedSnapshot();
    const kernel = (await average?.parameters[0]?.data()) as Float32Array;
    kernel.forEach((value, i) => {
      const mean = ends.reduce((sum, weights) => sum + (weights[i] as number), 0) / ends.length;
      expect(value).toBeCloseTo(mean, 5);
    });
    tf.dispose(average as never);
    run.dispose();
  });

  it("are measured beside the live ones, and memory stays flat", async () => {
    for (const kind of ["ema", "swa"]) {
      const before = tf.memory().numTensors;
      const { trainer, points } = await makeTrainer(
        experimentWith(...settings, ["averaging.kind", kind]),
      );
      trainer.train();
      await trainer.finished();
      const last = points.at(-1);
      expect(last?.averaged?.loss).toBeGreaterThan(0);
      expect(last?.averaged?.loss).not.toBe(last?.validation.loss);
      await trainer.reset();
      await trainer.dispose();
      expect(tf.memory().numTensors).toBe(before);
    }
  });
});

describe("what a step went by", () => {
  beforeAll(() => switchBackend("cpu"));

  it("is reported: the rate after its schedule, the gradient before and after clipping", async () => {
    const experiment = experimentWith(
      ["model.hiddenWidths", [4]],
      ["optimizer.epochs", 4],
      ["optimizer.schedule", "step"],
      ["optimizer.learningRate", 0.1],
      ["optimizer.clipNorm", 0.01],
      ["data.validationSize", 20],
    );
    const { trainer, points } = await makeTrainer(experiment);
    trainer.train();
    await trainer.finished();
    await trainer.dispose();
    const [start, ...later] = points;
    expect(start).not.toHaveProperty("learningRate");
    expect(start).not.toHaveProperty("clippedNorm");
    for (const { epoch, learningRate, gradientNorm, clippedNorm } of later) {
      const drops = epoch <= 2 ? 0 : epoch <= 3 ? 1 : 2;
      expect(learningRate).toBeCloseTo(0.1 * 0.1 ** drops, 6);
      expect(gradientNorm).toBeGreaterThan(0.01);
      expect(clippedNorm).toBeCloseTo(0.01, 5);
    }
    expect(later.length).toBeGreaterThan(3);
  });
});
