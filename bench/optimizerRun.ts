// The optimizer's step as one printed program against the same step operation by operation, on the backend in use.
import { RandomSequence } from "../src/data/random";
import { Hyperparameters, neutralHyperparameters } from "../src/training/hyperparameters";
import { type OptimizerKind, optimizers } from "../src/training/optimizers";
import {
  referenceStep,
  takeOptimizerStep,
  type UpdateInputs,
} from "../src/training/optimizers/update";
import { defaultOptions } from "../src/training/regularizers";
import { deviceBackend } from "../src/training/replay/device";
import { BufferPool } from "../src/training/replay/pool";
import { record } from "../src/training/replay/recorder";
import { type Tensor, tf, tidy } from "../src/training/tensors";
import { countCalls } from "./pages/dispatches";

export interface OptimizerCase {
  readonly kind: OptimizerKind;
  readonly size: number;
  readonly weightDecay?: number;
  readonly coupledDecay?: number;
  readonly l1Proximal?: number;
  readonly form?: "plain" | "preconditioned";
  /** Strengths have a factor for each parameter. */
  readonly scoped?: boolean;
  /** Entries of the gradient that are NaN. */
  readonly notNumbers?: readonly number[];
}

export interface OptimizerFigures {
  /** Largest difference from the operations one by one, relative to 1 + |value|; null where only one of the two is NaN. */
  readonly error: number | null;
  /** Entries of the new weights that are NaN, and that are exactly 0. */
  readonly notNumbers: number[];
  readonly zeros: number;
  readonly referenceZeros: number;
  /** Dispatches or draws of the step, and of the operations one by one. */
  readonly calls: number;
  readonly referenceCalls: number;
  /** Dispatches in a recording; null where the backend records none. */
  readonly recorded: number | null;
}

function draw(size: number, seed: number, positive = false): Tensor {
  const sequence = new RandomSequence(seed, 5);
  const values = Float32Array.from({ length: size }, () => sequence.normal());
  return tf.tensor1d(positive ? values.map(Math.abs) : values);
}

function inputsOf({ kind, size, scoped, notNumbers = [] }: OptimizerCase): UpdateInputs {
  const gradient = draw(size, 2).dataSync().slice() as Float32Array;
  for (const index of notNumbers) gradient[index] = Number.NaN;
  const state = optimizers[kind].stateNames.map(
    (name, index) => [name, draw(size, 10 + index, name !== "velocity")] as const,
  );
  const factors = scoped ? tf.tensor1d(Array.from({ length: size }, (_, i) => i % 3)) : null;
  return {
    weights: draw(size, 1),
    gradient: tf.tensor1d(gradient),
    state: Object.fromEntries(state),
    decayFactors: factors,
    factors,
  };
}

function hyperparametersOf({ weightDecay, coupledDecay, l1Proximal }: OptimizerCase) {
  const values = {
    ...neutralHyperparameters,
    learningRate: 0.1,
    momentum: 0.9,
    weightDecay: weightDecay ?? 0,
    coupledDecay: coupledDecay ?? 0,
    l1Proximal: l1Proximal ?? 0,
  };
  const hyperparameters = new Hyperparameters(values);
  hyperparameters.prepare(values, 3);
  return hyperparameters;
}

function differences(found: readonly number[], expected: readonly number[]): number | null {
  let most = 0;
  for (const [index, value] of expected.entries()) {
    const ours = found[index] as number;
    if (Number.isNaN(value) !== Number.isNaN(ours)) return null;
    if (Number.isNaN(value)) continue;
    most = Math.max(most, Math.abs(ours - value) / (1 + Math.abs(value)));
  }
  return most;
}

/** Takes the step of a case in both ways on the backend in use. */
export async function compareOptimizers(held: OptimizerCase): Promise<OptimizerFigures> {
  const hyperparameters = hyperparametersOf(held);
  const inputs = inputsOf(held);
  const forms = { ...defaultOptions, l1ProximalForm: held.form ?? "plain" };
  const options = { optimizer: held.kind, options: forms };
  const take = (step: typeof takeOptimizerStep) =>
    countCalls(async () => {
      const { weights, state } = tidy(() => step(options, inputs, hyperparameters));
      const names = Object.keys(state).sort();
      return [weights, ...names.map((name) => state[name] as Tensor)];
    });
  // The first time brings the inputs to the device.
  tf.dispose((await take(referenceStep)).result);
  tf.dispose((await take(takeOptimizerStep)).result);
  const [reference, ours] = [await take(referenceStep), await take(takeOptimizerStep)];
  const read = async (tensors: readonly Tensor[]) =>
    Promise.all(tensors.map(async (tensor) => [...(await tensor.data())] as number[]));
  const [expected, found] = [await read(reference.result), await read(ours.result)];
  const [weights, expectedWeights] = [found[0] as number[], expected[0] as number[]];
  const zeros = (values: readonly number[]) => values.filter((value) => value === 0).length;
  const figures = {
    error: differences(found.flat(), expected.flat()),
    notNumbers: [...weights.keys()].filter((index) => Number.isNaN(weights[index])),
    zeros: zeros(weights),
    referenceZeros: zeros(expectedWeights),
    calls: ours.calls,
    referenceCalls: reference.calls,
    recorded: countRecorded(() => takeOptimizerStep(options, inputs, hyperparameters)),
  };
  tf.dispose([reference.result, ours.result, inputs as never]);
  hyperparameters.dispose();
  return figures;
}

/** Dispatches in a recording of the work; null where the backend records none. */
export function countRecorded(work: () => unknown): number | null {
  const backend = deviceBackend();
  if (!backend) return null;
  const pool = new BufferPool(backend.device);
  const recording = record(backend, pool, () => {
    tf.tidy(() => {
      work();
    });
  });
  const { dispatches } = recording.commands;
  recording.dispose();
  pool.dispose();
  return dispatches;
}
