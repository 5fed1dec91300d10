// The printed loop of every optimizer against the backend's own operations, over many sizes and strengths.
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RandomSequence } from "../../data/random";
import { Hyperparameters, neutralHyperparameters } from "../hyperparameters";
import { elementwiseKernel } from "../kernels/elementwise";
import { defaultOptions } from "../regularizers";
import { type Tensor, tf, tidy } from "../tensors";
import { switchBackend } from "../testing";
import { type OptimizerKind, optimizers } from "./index";
import { referenceStep, takeOptimizerStep, type UpdateInputs } from "./update";

const kinds: readonly OptimizerKind[] = ["sgd", "momentum", "nesterov", "rmsprop", "adam", "adamw"];

interface Case {
  readonly kind: OptimizerKind;
  readonly size: number;
  readonly weightDecay: number;
  readonly coupledDecay: number;
  readonly l1Proximal: number;
  readonly form: "plain" | "preconditioned";
  readonly scoped: boolean;
}

const cases: fc.Arbitrary<Case> = fc.record({
  kind: fc.constantFrom(...kinds),
  size: fc.integer({ min: 1, max: 70 }),
  weightDecay: fc.constantFrom(0, 0.3),
  coupledDecay: fc.constantFrom(0, 0.2),
  l1Proximal: fc.constantFrom(0, 2),
  form: fc.constantFrom("plain", "preconditioned"),
  scoped: fc.boolean(),
});

/** Momentum and nothing else. */
const momentum = (size: number): Case => ({
  kind: "momentum",
  size,
  weightDecay: 0,
  coupledDecay: 0,
  l1Proximal: 0,
  form: "plain",
  scoped: false,
});

const draw = (size: number, seed: number, positive = false) => {
  const sequence = new RandomSequence(seed, 5);
  return tf.tensor1d(
    Float32Array.from({ length: size }, () => {
      const value = sequence.normal();
      return positive ? Math.abs(value) : value;
    }),
  );
};

function inputsOf({ kind, size, scoped }: Case): UpdateInputs {
  const state = optimizers[kind].stateNames.map(
    (name, index) => [name, draw(size, 10 + index, name !== "velocity")] as const,
  );
  const factors = scoped ? tf.tensor1d(Array.from({ length: size }, (_, i) => i % 3)) : null;
  return {
    weights: draw(size, 1),
    gradient: draw(size, 2),
    state: Object.fromEntries(state),
    decayFactors: factors,
    factors,
  };
}

function hyperparametersOf(held: Case): Hyperparameters {
  const { weightDecay, coupledDecay, l1Proximal } = held;
  const values = {
    ...neutralHyperparameters,
    learningRate: 0.1,
    momentum: 0.9,
    weightDecay,
    coupledDecay,
    l1Proximal,
  };
  const hyperparameters = new Hyperparameters(values);
  hyperparameters.prepare(values, 3);
  return hyperparameters;
}

const optionsOf = ({ kind, form }: Case) => ({
  optimizer: kind,
  options: { ...defaultOptions, l1ProximalForm: form },
});

type Step = typeof takeOptimizerStep;

function run(step: Step, held: Case, change: (inputs: UpdateInputs) => UpdateInputs = (i) => i) {
  const hyperparameters = hyperparametersOf(held);
  const result = tidy(() => {
    const { weights, state } = step(optionsOf(held), change(inputsOf(held)), hyperparameters);
    const read = (tensor: Tensor) => [...tensor.dataSync()] as number[];
    return {
      weights: read(weights),
      ...Object.fromEntries(Object.entries(state).map(([name, value]) => [name, read(value)])),
    } as Record<string, number[]>;
  });
  hyperparameters.dispose();
  return result;
}

describe("the optimizer's step on WASM", () => {
  beforeAll(() => switchBackend("wasm"));
  afterAll(() => switchBackend("cpu"));

  it("is one operation", () => {
    expect(tf.getKernel(elementwiseKernel, "wasm")).toBeDefined();
    const held: Case = {
      kind: "adamw",
      size: 9,
      weightDecay: 0.1,
      coupledDecay: 0,
      l1Proximal: 1,
      form: "preconditioned",
      scoped: true,
    };
    const hyperparameters = hyperparametersOf(held);
    const inputs = inputsOf(held);
    const before = tf.memory().numTensors;
    const next = takeOptimizerStep(optionsOf(held), inputs, hyperparameters);
    // New weights and two moments, and nothing besides.
    expect(tf.memory().numTensors - before).toBe(3);
    tf.dispose([next.weights, next.state as never, inputs as never]);
    hyperparameters.dispose();
  });

  it("lets moments that have all but gone become 0, four at a time and those left over", () => {
    const before = [1e-40, -1e-40, 1.4e-38, 0, 1e-40, -1.2e-38, 5];
    const { velocity } = run(takeOptimizerStep, momentum(before.length), (inputs) => ({
      ...inputs,
      gradient: tf.zeros([before.length]),
      state: { velocity: tf.tensor1d(before) },
    }));
    // Times 0.9; the smallest normal number is 1.18e-38.
    const after = [0, 0, Math.fround(Math.fround(1.4e-38) * Math.fround(0.9)), 0, 0, 0, 4.5];
    expect(velocity).toEqual(after);
  });

  it("gives what the operations one by one give", () => {
    fc.assert(
      fc.property(cases, (held) => {
        const expected = run(referenceStep, held);
        const found = run(takeOptimizerStep, held);
        expect(Object.keys(found).sort()).toEqual(Object.keys(expected).sort());
        for (const [name, values] of Object.entries(expected)) {
          values.forEach((value, i) => {
            const ours = found[name]?.[i] as number;
            expect(Math.abs(ours - value), `${name}[${i}]`).toBeLessThan(
              1e-6 * (1 + Math.abs(value)),
            );
            // Exact zeros are exact on both ways.
            expect(ours === 0).toBe(value === 0);
          });
        }
      }),
      { numRuns: 200 },
    );
  });

  it("keeps what is not finite, so that a divergence is seen", () => {
    for (const kind of kinds) {
      const held: Case = {
        kind,
        size: 6,
        weightDecay: 0,
        coupledDecay: 0,
        l1Proximal: 1,
        form: "plain",
        scoped: false,
      };
      const { weights } = run(takeOptimizerStep, held, (inputs) => ({
        ...inputs,
        gradient: tf.tensor1d([0, Number.NaN, 1, 0, 0, Number.NaN]),
      }));
      expect(weights?.map(Number.isNaN)).toEqual([false, true, false, false, false, true]);
    }
  });
});
