// What help texts and presets claim, each with the run that shows it: three seeds where one would be noise. Texts that define a
// setting (formulas, units, bounds) are held by the reference cases and the techniques' own tests.
import { beforeAll, describe, expect, it } from "vitest";
import { type Changes, withChanges } from "../experiment/inert";
import { findPreset, type Preset } from "../experiment/presets";
import { defaultExperiment, type Experiment, withValue } from "../experiment/schema";
import type { CurvePoint } from "./telemetry";
import { makeTrainer, switchBackend } from "./testing";

const seeds = [1, 2, 3];

interface Run {
  readonly points: readonly CurvePoint[];
  readonly last: CurvePoint;
  readonly weights: Float32Array;
  /** Kernels by layer, [inputs, outputs] row by row. */
  readonly kernels: readonly { readonly units: number; readonly values: Float32Array }[];
  readonly state: string;
}

async function run(experiment: Experiment, then: Changes = []): Promise<Run> {
  const { trainer, points } = await makeTrainer(experiment, {}, "wasm");
  trainer.train();
  await trainer.finished();
  if (then.length > 0) {
    const more = ["optimizer.epochs", 2 * experiment.optimizer.epochs] as const;
    trainer.change([...then, more].map(([path, value]) => ({ path, value })));
    trainer.train();
    await trainer.finished();
  }
  const weights = await trainer.readWeights();
  const kernels = trainer.network.slots
    .filter(({ kind }) => kind === "kernel")
    .map(({ shape, offset, size }) => ({
      units: shape.at(-1) as number,
      values: weights.slice(offset, offset + size),
    }));
  const { state } = trainer.status;
  await trainer.dispose();
  return { points, last: points.at(-1) as CurvePoint, weights, kernels, state };
}

const withSeed = (experiment: Experiment, seed: number) => withValue(experiment, "seed", seed);

/** What is no matter of luck needs one seed. */
const once = async (changes: Changes) => [await run(withChanges(defaultExperiment, changes))];

/** The default experiment with changes, once for every seed. */
async function runs(
  changes: Changes,
  from = defaultExperiment,
  then: Changes = [],
): Promise<Run[]> {
  const found: Run[] = [];
  const experiment = withChanges(from, changes);
  for (const seed of seeds) found.push(await run(withSeed(experiment, seed), then));
  return found;
}

const mean = (values: readonly number[]) => values.reduce((sum, v) => sum + v, 0) / values.length;
const gapOf = ({ last }: Run) =>
  last.train.accuracy === null || last.validation.accuracy === null
    ? last.validation.loss - last.train.loss
    : last.train.accuracy - last.validation.accuracy;
const normOf = ({ last }: Run) => last.weightNorm;
const zerosOf = ({ last }: Run) => last.exactZero;
const validationOf = ({ last }: Run) => last.validation.loss;
const of = (all: readonly Run[], figure: (run: Run) => number) => mean(all.map(figure));

const short: Changes = [
  ["optimizer.epochs", 100],
  ["data.validationSize", 300],
];
const adam: Changes = [...short, ["optimizer.kind", "adam"]];

/** Rise of the training loss when weights trained without noise get it, in the mean over seeds. */
async function shakenAtTheEnd(noise: Changes): Promise<number> {
  const rises: number[] = [];
  for (const seed of seeds) {
    const { trainer, points } = await makeTrainer(
      withSeed(withChanges(defaultExperiment, short), seed),
      {},
      "wasm",
    );
    trainer.train();
    await trainer.finished();
    const before = (points.at(-1) as CurvePoint).train.loss;
    const shaken = [...noise, ["model.evaluationMode", "training"] as const];
    trainer.change(shaken.map(([path, value]) => ({ path, value })));
    rises.push((await trainer.reveal()).train.loss - before);
    await trainer.dispose();
  }
  return mean(rises);
}

/** Norm of every unit's incoming weights. */
function unitNorms({ units, values }: Run["kernels"][number]): number[] {
  return Array.from({ length: units }, (_, unit) =>
    Math.hypot(...values.filter((_value, index) => index % units === unit)),
  );
}

describe("help texts", () => {
  beforeAll(() => switchBackend("wasm"));

  it("weight decay: large weights shrink, and the gap with them", async () => {
    const [without, decayed] = [await runs([]), await runs([["regularization.weightDecay", 3]])];
    expect(of(decayed, normOf)).toBeLessThan(0.4 * of(without, normOf));
    expect(of(decayed, gapOf)).toBeLessThan(0.4 * of(without, gapOf));
  });

  it("L2 under Adam: the same λ acts much more strongly than weight decay", async () => {
    const coupled = await once([...adam, ["regularization.l2", 0.1]]);
    const decoupled = await once([...short, ["regularization.weightDecay", 0.1]]);
    expect(of(coupled, normOf)).toBeLessThan(0.5 * of(decoupled, normOf));
  });

  it("L1: small weights, rarely exactly 0; the proximal form gives exact zeros", async () => {
    const sgd: Changes = [...short, ["optimizer.kind", "sgd"], ["optimizer.learningRate", 0.1]];
    const subgradient = await once([...sgd, ["regularization.l1", 0.01]]);
    const proximal = await once([...sgd, ["regularization.l1Proximal", 0.01]]);
    expect(of(subgradient, zerosOf)).toBeLessThan(0.02);
    expect(of(subgradient, normOf)).toBeLessThan(0.6 * of(await once(sgd), normOf));
    expect(of(proximal, zerosOf)).toBeGreaterThan(0.3);
  });

  it("L1 proximal: under Adam the same λ acts far more weakly than the penalty; preconditioned, more strongly", async () => {
    const penalty = await once([...adam, ["regularization.l1", 0.01]]);
    const plain = await once([...adam, ["regularization.l1Proximal", 0.01]]);
    const preconditioned = await once([
      ...adam,
      ["regularization.l1Proximal", 0.01],
      ["regularization.l1ProximalForm", "preconditioned"],
    ]);
    expect(of(plain, normOf)).toBeGreaterThan(2 * of(penalty, normOf));
    expect(of(preconditioned, normOf)).toBeLessThan(0.5 * of(plain, normOf));
    expect(of(preconditioned, zerosOf)).toBeGreaterThan(of(plain, zerosOf) + 0.2);
  });

  it("group L1: whole units are exactly 0", async () => {
    for (const { kernels } of await once([...short, ["regularization.groupL1", 1]])) {
      const norms = kernels.slice(0, -1).flatMap(unitNorms);
      expect(norms.filter((norm) => norm === 0).length).toBeGreaterThan(5);
    }
  });

  it("max-norm: no unit is longer than the limit", async () => {
    for (const { kernels } of await once([...short, ["regularization.maxNorm", 0.5]])) {
      expect(Math.max(...kernels.flatMap(unitNorms))).toBeLessThan(0.5001);
    }
  });

  it("strength per layer: 0 leaves a layer alone", async () => {
    const decay: Changes = [...short, ["regularization.weightDecay", 3]];
    const all = await once(decay);
    const spared = await once([...decay, ["regularization.layerMultipliers", [0]]]);
    const first = (each: Run) => Math.hypot(...(each.kernels[0]?.values ?? []));
    expect(of(spared, first)).toBeGreaterThan(1.5 * of(all, first));
  });

  it("training examples: fewer of them open the gap wider", async () => {
    const [few, many] = [
      await runs([["data.trainSize", 30], ...short]),
      await runs([["data.trainSize", 200], ...short]),
    ];
    expect(of(few, gapOf)).toBeGreaterThan(2 * of(many, gapOf));
  });

  it("mislabelled: a network that fits them has memorized, and validation suffers", async () => {
    const [clean, wrong] = [
      await runs([["data.mislabelled", 0]]),
      await runs([["data.mislabelled", 0.3]]),
    ];
    expect(of(wrong, gapOf)).toBeGreaterThan(of(clean, gapOf) + 0.1);
  });

  it("dropout: lower training accuracy, a narrower gap", async () => {
    const [without, dropped] = [
      await runs([]),
      await runs([["regularization.dropoutHidden", 0.5]]),
    ];
    expect(of(dropped, ({ last }) => last.train.loss)).toBeGreaterThan(
      of(without, ({ last }) => last.train.loss),
    );
    expect(of(dropped, gapOf)).toBeLessThan(of(without, gapOf) - 0.05);
  });

  it("noise on the inputs of a linear model shrinks its weights as an L2 penalty does", async () => {
    const linear: Changes = [...short, ["model.hiddenWidths", []], ["optimizer.learningRate", 0.1]];
    const plain = of(await once(linear), normOf);
    expect(of(await once([...linear, ["regularization.inputNoise", 1]]), normOf)).toBeLessThan(
      plain,
    );
    expect(of(await once([...linear, ["regularization.l2", 0.1]]), normOf)).toBeLessThan(plain);
  });

  it("generalized cross entropy: wrong labels are learned later or not at all", async () => {
    const wrong: Changes = [["data.mislabelled", 0.2], ["data.trainSize", 200], ...short];
    const [cross, robust] = [await runs(wrong), await runs([...wrong, ["loss.robustness", 0.9]])];
    const accuracy = ({ last }: Run) => last.train.accuracy as number;
    expect(of(robust, accuracy)).toBeLessThan(of(cross, accuracy) - 0.03);
  });

  it("normalization: a deep network of small weights trains faster", async () => {
    const deep: Changes = [
      ["model.hiddenWidths", [16, 16, 16, 16]],
      ["model.activation", "tanh"],
      ["model.initialization", "normal"],
      ["model.initialDeviation", 0.05],
      ["optimizer.epochs", 40],
    ];
    const [plain, layer] = [
      await once(deep),
      await once([...deep, ["model.normalization", "layer"]]),
    ];
    const loss = ({ last }: Run) => last.train.loss;
    expect(of(layer, loss)).toBeLessThan(0.8 * of(plain, loss));
  });

  it("linear activation: the whole network is a single linear map, which XOR defeats", async () => {
    const xor: Changes = [...short, ["data.kind", "xor"], ["data.trainSize", 200]];
    const linear = await once([...xor, ["model.activation", "linear"]]);
    const bent = await once(xor);
    const accuracy = ({ last }: Run) => last.validation.accuracy as number;
    expect(of(linear, accuracy)).toBeLessThan(0.7);
    expect(of(bent, accuracy)).toBeGreaterThan(0.8);
  });

  it("zeros: all units of a layer stay equal", async () => {
    const { kernels } = await run(
      withChanges(defaultExperiment, [...short, ["model.initialization", "zeros"]]),
    );
    const norms = unitNorms(kernels[1] as Run["kernels"][number]);
    expect(new Set(norms.map((norm) => norm.toFixed(6))).size).toBe(1);
  });

  it("averaged weights: training itself is not changed", async () => {
    const [plain, averaged] = [
      await run(withChanges(defaultExperiment, short)),
      await run(withChanges(defaultExperiment, [...short, ["averaging.kind", "ema"]])),
    ];
    expect(averaged.weights).toEqual(plain.weights);
    expect(averaged.last.averaged).toBeDefined();
  });

  it("learning rate: too large diverges, too small crawls", async () => {
    const sgd: Changes = [
      ["optimizer.kind", "sgd"],
      ["optimizer.epochs", 30],
    ];
    const large = await run(
      withChanges(defaultExperiment, [
        ...sgd,
        ["optimizer.learningRate", 10],
        ["data.kind", "curve"],
      ]),
    );
    expect(large.state).toBe("diverged");
    const small = await run(
      withChanges(defaultExperiment, [...sgd, ["optimizer.learningRate", 1e-6]]),
    );
    const first = small.points[0] as CurvePoint;
    expect(small.last.train.loss).toBeGreaterThan(0.99 * first.train.loss);
  });

  it("noise of the data: at 0 the rule is learned, at 1 little of it is left", async () => {
    const accuracy = ({ last }: Run) => last.validation.accuracy as number;
    const clean: Changes = [...short, ["data.trainSize", 200], ["data.mislabelled", 0]];
    expect(of(await once([...clean, ["data.noise", 0]]), accuracy)).toBeGreaterThan(0.98);
    const noisy = of(await once([...clean, ["data.noise", 1]]), accuracy);
    expect(noisy).toBeLessThan(0.75);
  });

  it("input scaling: the same penalty acts differently at another scale", async () => {
    const linear: Changes = [
      ...short,
      ["model.hiddenWidths", []],
      ["optimizer.learningRate", 0.1],
      ["regularization.l2", 0.1],
    ];
    const standardized = of(
      await once([...linear, ["data.scaling", "standardized"]]),
      validationOf,
    );
    const unit = of(await once([...linear, ["data.scaling", "unit"]]), validationOf);
    // Inputs in [0, 1] need larger weights, which the penalty forbids.
    expect(unit).toBeGreaterThan(1.1 * standardized);
  });

  it("hidden layers: more units fit more, and memorize more", async () => {
    const [small, large] = [
      await runs([...short, ["model.hiddenWidths", [3]]]),
      await runs([...short, ["model.hiddenWidths", [64, 64]]]),
    ];
    expect(of(large, ({ last }) => last.train.loss)).toBeLessThan(
      0.7 * of(small, ({ last }) => last.train.loss),
    );
    expect(of(large, gapOf)).toBeGreaterThan(of(small, gapOf) + 0.03);
  });

  it("orthogonality: units have length 1 and stand at right angles", async () => {
    const [{ kernels } = { kernels: [] }] = await once([
      ...short,
      ["model.hiddenWidths", [16, 8]],
      ["regularization.orthogonality", 1],
    ]);
    const { units, values } = kernels[1] as Run["kernels"][number];
    const unit = (at: number) => values.filter((_value, index) => index % units === at);
    for (let a = 0; a < units; a++) {
      for (let b = 0; b <= a; b++) {
        const product = unit(a).reduce((sum, w, i) => sum + w * (unit(b)[i] as number), 0);
        expect(Math.abs(product - (a === b ? 1 : 0)), `${a}, ${b}`).toBeLessThan(0.1);
      }
    }
  });

  it("noise on weights: the loss changes less when the weights move", async () => {
    const moved: Changes = [["regularization.weightNoise", 0.2]];
    const rise = async (changes: Changes) => {
      const still = await runs([...short, ...changes]);
      const shaken = await runs([...short, ...changes, ["model.evaluationMode", "training"]]);
      return of(shaken, ({ last }) => last.train.loss) - of(still, ({ last }) => last.train.loss);
    };
    // Evaluation in training mode adds the noise to the weights of the run; the one without it gets none, so it is shaken at its end.
    const trained = await rise(moved);
    const untrained = await shakenAtTheEnd(moved);
    expect(trained).toBeLessThan(0.5 * untrained);
  });

  it("batch size: smaller batches give noisier gradients", async () => {
    const spread = ({ points }: Run) => {
      const norms = points.slice(1).map(({ gradientNorm }) => gradientNorm as number);
      return Math.sqrt(mean(norms.map((norm) => (norm - mean(norms)) ** 2)));
    };
    const noisy: Changes = [
      ...short,
      ["data.trainSize", 200],
      // The weights hardly move: what differs between two steps is the batch.
      ["optimizer.learningRate", 1e-6],
      ["optimizer.epochs", 10],
    ];
    const [small, large] = [
      await runs([...noisy, ["optimizer.batchSize", 4]]),
      await runs([...noisy, ["optimizer.batchSize", 200]]),
    ];
    expect(of(small, spread)).toBeGreaterThan(3 * of(large, spread));
  });

  it("averaged weights: where the live curve is noisy, the average generalizes better", async () => {
    const noisy = await runs([
      ...short,
      ["data.trainSize", 200],
      ["optimizer.learningRate", 0.03],
      ["optimizer.batchSize", 4],
      ["optimizer.epochs", 40],
      ["averaging.kind", "ema"],
      ["averaging.decay", 0.99],
    ]);
    const late = ({ points }: Run, loss: (point: CurvePoint) => number) =>
      mean(points.slice(-20).map(loss));
    const live = of(noisy, (run) => late(run, ({ validation }) => validation.loss));
    const averaged = of(noisy, (run) => late(run, (point) => point.averaged?.loss as number));
    expect(averaged).toBeLessThan(live);
  });

  it("early stopping: the weights of the best moment are restored", async () => {
    const { trainer, points, earlyStops } = await makeTrainer(
      withChanges(defaultExperiment, [["stopping.patience", 10]]),
      {},
      "wasm",
    );
    trainer.train();
    await trainer.finished();
    expect(earlyStops).toHaveLength(1);
    const best = Math.min(...points.slice(1).map(({ validation }) => validation.loss));
    expect((await trainer.reveal()).validation.loss).toBeCloseTo(best, 4);
    await trainer.dispose();
  });
});

describe("suggestions of presets", () => {
  beforeAll(() => switchBackend("wasm"));

  /** Smaller where the full preset takes long; the claim is the same. */
  const reduced: Readonly<Record<string, Changes>> = {
    "moons-overfit": [],
    "curve-too-much": [
      ["model.hiddenWidths", [32, 32]],
      ["optimizer.epochs", 1000],
    ],
    "features-l1": [],
    "spiral-dropout": [],
    "digits-300": [["data.validationSize", 200]],
  };

  it.each(Object.entries(reduced))(
    "%s: trained on with it, the gap narrows and validation improves",
    async (name, changes) => {
      const { experiment, suggestion } = findPreset(name) as Preset;
      const from = withChanges(experiment, changes);
      const before: Run[] = [];
      const after: Run[] = [];
      for (const seed of name === "digits-300" ? [1] : seeds) {
        before.push(await run(withSeed(from, seed)));
        after.push(await run(withSeed(from, seed), suggestion?.changes));
      }
      expect(of(after, gapOf)).toBeLessThan(0.85 * of(before, gapOf));
      expect(of(after, validationOf)).toBeLessThan(of(before, validationOf));
    },
  );

  it("curve-too-little: hidden layers fit what a line cannot", async () => {
    const { experiment, suggestion } = findPreset("curve-too-little") as Preset;
    const [line, bent] = [
      await runs([], experiment),
      await runs(suggestion?.changes ?? [], experiment),
    ];
    expect(of(bent, validationOf)).toBeLessThan(0.6 * of(line, validationOf));
  });

  it("features-l1: the proximal step leaves a handful of inputs", async () => {
    const { experiment, suggestion } = findPreset("features-l1") as Preset;
    const used = ({ kernels }: Run) => {
      const { units, values } = kernels[0] as Run["kernels"][number];
      return values.filter((value, at) => at % units === 0 && value !== 0).length;
    };
    expect(of(await runs([], experiment), used)).toBe(40);
    expect(of(await runs(suggestion?.changes ?? [], experiment), used)).toBeLessThan(20);
  });
});
