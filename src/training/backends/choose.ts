// Chooses the backend by timing a few real steps of this very experiment: a graphics card can lose to WASM on a small net.
import type { Dataset, Examples } from "../../data/types";
import { countMultiplyAdds } from "../../experiment/bounds";
import type { Experiment } from "../../experiment/schema";
import { TrainingRun } from "../run";
import {
  type BackendChoice,
  type BackendFacts,
  type BackendName,
  BackendUnavailableError,
  backendNames,
  backendTitles,
} from "./backend";
import { type BackendOptions, setUpBackend } from "./index";
import { type Glance, glanceAt } from "./probe";

export interface BackendCandidate {
  readonly name: BackendName;
  readonly millisecondsPerStep: number | null;
  readonly device: string | null;
  readonly software: boolean;
  readonly reason: string | null;
}

export interface BackendReport {
  readonly chosen: BackendName;
  readonly why: string;
  readonly candidates: readonly BackendCandidate[];
}

export interface ChosenBackend {
  readonly report: BackendReport;
  readonly facts: BackendFacts;
}

/** What choosing needs to know and whom it tells. */
export interface ChoiceOptions extends BackendOptions {
  readonly now: () => number;
  /** Backends that can exist here. */
  readonly available: readonly BackendName[];
  /** Told what is waited for, in words for the page. */
  readonly say?: (what: string) => void;
}

/** Batches that the timed steps go through. */
const timedBatches = 4;
const warmUpSteps = 2;
const timedSteps = 8;
/** A slow backend is not timed for longer than this. */
const timedMilliseconds = 150;
/** Multiply-adds of a step beyond which plain JavaScript is not worth a try. */
const cpuLimit = 5e6;

/** The first examples of a part. */
function firstExamples(
  examples: Examples,
  count: number,
  inputSize: number,
  outputs: number,
): Examples {
  const held = Math.min(count, examples.count);
  return {
    count: held,
    inputs: examples.inputs.subarray(0, held * inputSize),
    labels: examples.labels.subarray(0, held),
    targets: examples.targets.subarray(0, held * outputs),
    mislabelled: examples.mislabelled.subarray(0, held),
  };
}

/** Milliseconds per training step of the experiment on the current backend. */
export async function timeSteps(
  experiment: Experiment,
  dataset: Dataset,
  now: () => number,
): Promise<number> {
  const { inputSize, outputs } = dataset;
  const cut = (part: Examples, count: number) => firstExamples(part, count, inputSize, outputs);
  const sample = {
    ...dataset,
    train: cut(dataset.train, experiment.optimizer.batchSize * timedBatches),
    validation: cut(dataset.validation, 1),
  };
  const run = new TrainingRun(experiment, sample, Number.POSITIVE_INFINITY);
  for (let i = 0; i < warmUpSteps; i++) run.advance(false);
  await run.last.readLoss();
  const start = now();
  let steps = 0;
  while (steps < timedSteps && now() - start < timedMilliseconds) {
    run.advance(false);
    await run.last.readLoss();
    steps++;
  }
  const perStep = (now() - start) / steps;
  run.dispose();
  return perStep;
}

async function loadBackend(name: BackendName, options: ChoiceOptions): Promise<BackendFacts> {
  options.say?.(`Loading ${backendTitles[name]}`);
  return setUpBackend(name, options);
}

function timeHere(
  name: BackendName,
  experiment: Experiment,
  dataset: Dataset,
  { say, now }: ChoiceOptions,
): Promise<number> {
  say?.(`Compiling and timing a few steps on ${backendTitles[name]}`);
  return timeSteps(experiment, dataset, now);
}

/** Multiply-adds of a training step: forward, and twice as much backward. */
function stepCost(experiment: Experiment): number {
  return 3 * countMultiplyAdds(experiment) * experiment.optimizer.batchSize;
}

/**
 * Sets up the backend that was asked for, or the fastest one.
 * @param available backends that can exist here (WebGL and WebGPU only where there is a browser).
 * @throws BackendUnavailableError when the one asked for, or every one, is unavailable.
 */
export async function chooseBackend(
  choice: BackendChoice,
  experiment: Experiment,
  dataset: Dataset,
  options: ChoiceOptions,
): Promise<ChosenBackend> {
  if (choice !== "auto") return takeBackend(choice, experiment, dataset, options);
  const tried: (BackendCandidate & { facts: BackendFacts | null })[] = [];
  const names = backendNames.filter((name) => options.available.includes(name));
  const glances = await Promise.all(names.map(glanceAt));
  for (const [index, name] of names.entries()) {
    tried.push(await tryBackend(name, glances[index] as Glance, experiment, dataset, options));
  }
  const timed = tried.filter((candidate) => candidate.millisecondsPerStep !== null);
  const best = timed.sort(
    (a, b) => (a.millisecondsPerStep as number) - (b.millisecondsPerStep as number),
  )[0];
  if (!best?.facts)
    throw new BackendUnavailableError(
      tried.map(({ name, reason }) => `${name}: ${reason}`).join(" "),
    );
  await setUpBackend(best.name, options);
  const candidates = tried.map(({ facts: _facts, ...candidate }) => ({
    ...candidate,
    reason:
      candidate.name === best.name ? null : (candidate.reason ?? "Slower on this experiment."),
  }));
  const why = `Fastest of ${timed.length} timed on a few real steps of this experiment.`;
  return { report: { chosen: best.name, why, candidates }, facts: best.facts };
}

async function takeBackend(
  name: BackendName,
  experiment: Experiment,
  dataset: Dataset,
  options: ChoiceOptions,
): Promise<ChosenBackend> {
  const facts = await loadBackend(name, options);
  const millisecondsPerStep = await timeHere(name, experiment, dataset, options);
  const { device, software } = facts;
  const candidate = { name, millisecondsPerStep, device, software, reason: null };
  return { report: { chosen: name, why: "Chosen by hand.", candidates: [candidate] }, facts };
}

const emulated = "Emulated on the processor; WASM is faster.";

function seen({ device, software }: BackendFacts) {
  return { device, software };
}

async function tryBackend(
  name: BackendName,
  glance: Glance,
  experiment: Experiment,
  dataset: Dataset,
  options: ChoiceOptions,
): Promise<BackendCandidate & { facts: BackendFacts | null }> {
  const { device, software, reason } = glance;
  const none = { name, millisecondsPerStep: null, device, software, facts: null };
  if (reason !== null) return { ...none, reason };
  if (software) return { ...none, reason: emulated };
  if (name === "cpu" && stepCost(experiment) > cpuLimit) {
    return { ...none, reason: "Plain JavaScript is too slow for a net of this size." };
  }
  try {
    const facts = await loadBackend(name, options);
    if (facts.software) return { ...none, ...seen(facts), reason: emulated };
    const millisecondsPerStep = await timeHere(name, experiment, dataset, options);
    return { name, millisecondsPerStep, ...seen(facts), reason: null, facts };
  } catch (error) {
    return { ...none, reason: error instanceof Error ? error.message : String(error) };
  }
}
