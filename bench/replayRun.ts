// The same training steps twice on the backend in use, as usual and replayed: their losses, weights, memory and JavaScript time.
import { type Dataset, makeDataset } from "../src/data";
import type { FieldValue } from "../src/experiment/fields";
import { defaultExperiment, type Experiment, findField, withValue } from "../src/experiment/schema";
import { TrainingRun } from "../src/training/run";
import { tf } from "../src/training/tensors";

export type Settings = readonly (readonly [string, FieldValue])[];

export interface ReplayCase {
  readonly settings: Settings;
  /** Live changes: before which step, counted from 1, and what. */
  readonly changes?: readonly { readonly before: number; readonly settings: Settings }[];
  readonly steps: number;
  /** Steps that are not measured are taken as the trainer takes those that nobody looks at. */
  readonly rushes?: boolean;
  /** Largest tensor that the device is said to hold, in bytes. */
  readonly maximumBytes?: number;
  /** Makes every step compute something else, as code would that looks at the step on the host. */
  readonly irregular?: boolean;
  /** Steps at the end that are timed. */
  readonly timed?: number;
}

export interface RunFigures {
  readonly losses: number[];
  readonly norms: number[];
  readonly weights: number[];
  readonly average: number[] | null;
  readonly statistics: number[];
  /** Milliseconds of JavaScript per timed step, the median of all submissions; 0 where none is timed. */
  readonly milliseconds: number;
  /** Operations of the recorded step. */
  readonly operations: number;
  readonly reason: string | null;
}

function apply(experiment: Experiment, settings: Settings): Experiment {
  return settings.reduce((held, [name, value]) => {
    const entry = findField(name);
    if (!entry) throw new RangeError(`There is no setting "${name}".`);
    return withValue(held, entry.path, value);
  }, experiment);
}

const numbersOf = async (tensor: tf.Tensor) => [...(await tensor.data())] as number[];

function makeIrregular(run: TrainingRun): void {
  const compute = run.compute.bind(run);
  let calls = 0;
  run.compute = (batch, before, measured) => {
    const result = compute(batch, before, measured);
    return { ...result, loss: tf.mul(result.loss, ++calls) };
  };
}

async function runOnce(held: ReplayCase, dataset: Dataset, replays: boolean): Promise<RunFigures> {
  const experiment = apply(defaultExperiment, held.settings);
  const { maximumBytes = Number.POSITIVE_INFINITY } = held;
  const run = new TrainingRun(experiment, dataset, maximumBytes, { replays });
  if (held.irregular) makeIrregular(run);
  const losses: number[] = [];
  const norms: number[] = [];
  const timed = held.timed ?? 0;
  for (let step = 1; step <= held.steps - timed; step++) {
    for (const change of held.changes ?? [])
      if (change.before === step) run.adopt(apply(run.experiment, change.settings));
    const measured = step % 5 === 0;
    if (!held.rushes || measured || run.rush(1) === 0) run.advance(measured);
    losses.push(await run.last.readLoss());
    if (measured) norms.push(...(await numbersOf(run.last.gradientNorm as tf.Tensor)));
  }
  const times: number[] = [];
  while (run.step < held.steps) {
    const [first, start] = [run.step, performance.now()];
    if (run.rush(held.steps - run.step) === 0) run.advance(false);
    times.push((performance.now() - start) / (run.step - first));
    // The device must not fall behind, or waiting for it would be counted.
    await run.last.readLoss();
  }
  const live = run.snapshot();
  const averaged = run.averagedSnapshot();
  const flat = async (parts: readonly tf.Tensor[]) =>
    (await Promise.all(parts.map(numbersOf))).flat();
  const figures = {
    losses,
    norms,
    weights: await flat(live.parameters),
    average: averaged && (await flat(averaged.parameters)),
    statistics: await flat(Object.values(live.buffers)),
    milliseconds: times.sort((a, b) => a - b)[times.length >> 1] ?? 0,
    operations: run.execution?.operations ?? 0,
    reason: run.execution?.reason ?? null,
  };
  tf.dispose([live as never, (averaged ?? []) as never]);
  run.dispose();
  return figures;
}

export interface ReplayComparison {
  readonly usual: RunFigures;
  readonly replayed: RunFigures;
  readonly memory: { readonly tensors: number; readonly buffers: number; readonly bytes: number }[];
}

/** Runs a case as usual and replayed, the latter `repeats` times; `memory` is what is left after each. */
export async function compareRuns(held: ReplayCase, repeats = 1): Promise<ReplayComparison> {
  const experiment = apply(defaultExperiment, held.settings);
  const dataset = await makeDataset(experiment.data, experiment.seed, null);
  const usual = await runOnce(held, dataset, false);
  const memory: ReplayComparison["memory"] = [];
  let replayed = usual;
  for (let i = 0; i < repeats; i++) {
    replayed = await runOnce(held, dataset, true);
    const { numTensors, numDataBuffers, ...rest } = tf.memory();
    const bytes = (rest as { numBytesInGPU?: number }).numBytesInGPU ?? 0;
    memory.push({ tensors: numTensors, buffers: numDataBuffers, bytes });
  }
  return { usual, replayed, memory };
}
