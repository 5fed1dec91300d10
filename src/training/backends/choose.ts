// Chooses the backend by timing a few real steps of this very experiment: a graphics card can lose to WASM on a small net.
import type { Dataset, Examples } from "../../data/types";
import { countMultiplyAdds } from "../../experiment/bounds";
import type { Experiment } from "../../experiment/schema";
import { type Clock, coarseWords, isCoarse, resolutionOf } from "../clock";
import { TrainingRun } from "../run";
import { sharedOut, timeRounds } from "../stepTiming";
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

/** What was found out about one backend. */
export interface BackendCandidate {
  readonly name: BackendName;
  /** Measured milliseconds per step of this experiment, or null when not timed. */
  readonly millisecondsPerStep: number | null;
  /** Graphics card or instruction set, where known. */
  readonly device: string | null;
  /** True for a graphics adapter emulated on the processor. */
  readonly software: boolean;
  /** Why it was not timed or not taken; null for the chosen one. */
  readonly reason: string | null;
  /** What it does without here, in sentences for the page. */
  readonly notes: readonly string[];
}

export interface BackendReport {
  readonly chosen: BackendName;
  readonly why: string;
  readonly candidates: readonly BackendCandidate[];
  /** The chosen one is plain JavaScript because this machine offers nothing faster. */
  readonly slow: boolean;
}

export interface ChosenBackend {
  readonly report: BackendReport;
  /** Of the clock that steps were timed with, in milliseconds. */
  readonly clockResolution: number;
  readonly facts: BackendFacts;
}

/** What choosing needs to know and whom it tells. */
export interface ChoiceOptions extends BackendOptions {
  readonly now: () => number;
  /** Backends that can exist here. */
  readonly available: readonly BackendName[];
  /** Told what is waited for, in words for the page. */
  readonly say?: (what: string) => void;
  /** Takes the fastest of the others where the one asked for is unavailable, instead of failing. */
  readonly orAnother?: boolean;
}

/** Batches that the timed steps go through. */
const timedBatches = 4;
const warmUpSteps = 2;
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

/** Milliseconds per training step of the experiment on the current backend, reads of a graphics card shared out. */
export async function timeSteps(
  experiment: Experiment,
  dataset: Dataset,
  clock: Clock,
): Promise<number> {
  const { inputSize, outputs } = dataset;
  const cut = (part: Examples, count: number) => firstExamples(part, count, inputSize, outputs);
  const sample = {
    ...dataset,
    train: cut(dataset.train, experiment.optimizer.batchSize * timedBatches),
    validation: cut(dataset.validation, 1),
  };
  const run = new TrainingRun(experiment, sample, Number.POSITIVE_INFINITY);
  const take = async (steps: number) => {
    for (let i = 0; i < steps; i++) run.advance(false);
    await run.last.readLoss();
  };
  try {
    await take(warmUpSteps);
    return sharedOut(await timeRounds(take, clock));
  } finally {
    run.dispose();
  }
}

async function loadBackend(name: BackendName, options: ChoiceOptions): Promise<BackendFacts> {
  options.say?.(`Loading ${backendTitles[name]}`);
  return setUpBackend(name, options);
}

function timeHere(
  name: BackendName,
  experiment: Experiment,
  dataset: Dataset,
  { say }: ChoiceOptions,
  clock: Clock,
): Promise<number> {
  say?.(`Compiling and timing a few steps on ${backendTitles[name]}`);
  return timeSteps(experiment, dataset, clock);
}

/** Multiply-adds of a training step: forward, and twice as much backward. */
function stepCost(experiment: Experiment): number {
  return 3 * countMultiplyAdds(experiment) * experiment.optimizer.batchSize;
}

/** Tries a backend that is not yet known to work. */
type Attempt = (name: BackendName, glance: Glance, timed: boolean) => Promise<Tried>;

interface Tried {
  readonly candidate: BackendCandidate;
  readonly facts: BackendFacts | null;
}

/**
 * Sets up the backend that was asked for, or the fastest one.
 * @throws BackendUnavailableError when the one asked for is unavailable and no other may take its place, or every one is.
 */
export async function chooseBackend(
  choice: BackendChoice,
  experiment: Experiment,
  dataset: Dataset,
  options: ChoiceOptions,
): Promise<ChosenBackend> {
  const clock = { now: options.now, resolution: resolutionOf(options.now) };
  const time = (name: BackendName) => timeHere(name, experiment, dataset, options, clock);
  const attempt: Attempt = async (name, glance, timed) => {
    const against = glance.reason ?? (glance.software ? emulated : null);
    if (against !== null) return failed(name, against, glance);
    try {
      const facts = await loadBackend(name, options);
      if (facts.software) return failed(name, emulated, facts);
      return worked(name, facts, timed ? await time(name) : null);
    } catch (error) {
      return failed(name, wordsOf(error), glance);
    }
  };
  if (choice === "auto") return chooseFastest(attempt, experiment, options, clock);
  let asked: Tried;
  try {
    asked = worked(choice, await loadBackend(choice, options), await time(choice));
    return report([asked], asked, "Chosen by hand.", clock);
  } catch (error) {
    if (!options.orAnother) throw error;
    asked = failed(choice, wordsOf(error), { device: null, software: false });
  }
  const others = { ...options, available: options.available.filter((name) => name !== choice) };
  return chooseFastest(attempt, experiment, others, clock, asked);
}

/** @param refused one that was asked for and is unavailable */
async function chooseFastest(
  attempt: Attempt,
  experiment: Experiment,
  options: ChoiceOptions,
  clock: Clock,
  refused?: Tried,
): Promise<ChosenBackend> {
  const names = backendNames.filter((name) => options.available.includes(name));
  const glances = await Promise.all(names.map(glanceAt));
  const tried: Tried[] = refused ? [refused] : [];
  for (const [index, name] of names.entries()) {
    const glance = glances[index] as Glance;
    const dear = name === "cpu" && stepCost(experiment) > cpuLimit;
    const others = tried.some(({ facts }) => facts);
    // Where nothing else works it is taken whatever it costs, and timing would only be waited for.
    tried.push(
      dear && others ? failed(name, cpuTooSlow, glance) : await attempt(name, glance, !dear),
    );
  }
  const working = tried.filter(({ facts }) => facts);
  const speed = ({ candidate }: Tried) => candidate.millisecondsPerStep ?? Number.POSITIVE_INFINITY;
  const [best] = [...working].sort((a, b) => speed(a) - speed(b));
  if (!best)
    throw new BackendUnavailableError(
      tried.map(({ candidate: { name, reason } }) => `${backendTitles[name]}: ${reason}`).join(" "),
    );
  await setUpBackend(best.candidate.name, options);
  const first = refused
    ? `${backendTitles[refused.candidate.name]}, chosen by hand, is not available here. `
    : "";
  return report(tried, best, first + whyTaken(working.length, speed(best)), clock);
}

function whyTaken(timed: number, millisecondsPerStep: number): string {
  if (timed === 1) return "The only one that works here.";
  if (millisecondsPerStep === 0) return "Its steps are too quick for this browser's clock.";
  return `Fastest of ${timed} timed on a few real steps of this experiment.`;
}

function report(tried: readonly Tried[], best: Tried, why: string, clock: Clock): ChosenBackend {
  const chosen = best.candidate.name;
  const candidates = tried.map(({ candidate }) => ({
    ...candidate,
    reason: candidate.name === chosen ? null : (candidate.reason ?? "Slower on this experiment."),
  }));
  const slow = chosen === "cpu" && tried.length > 1 && tried.every(isCpuOrMissing);
  const said = [why, ...(isCoarse(clock) ? [coarseWords(clock)] : [])].join(" ");
  return {
    report: { chosen, why: said, candidates, slow },
    facts: best.facts as BackendFacts,
    clockResolution: clock.resolution,
  };
}

const isCpuOrMissing = ({ candidate, facts }: Tried) => candidate.name === "cpu" || !facts;

const emulated = "Emulated on the processor, which makes it slow.";
const cpuTooSlow = "Plain JavaScript is too slow for a net of this size.";
const wordsOf = (error: unknown): string =>
  error instanceof BackendUnavailableError ? error.message : "It failed while steps were timed.";

function worked(name: BackendName, facts: BackendFacts, millisecondsPerStep: number | null): Tried {
  const { device, software, notes } = facts;
  const candidate = { name, millisecondsPerStep, device, software, reason: null, notes };
  return { candidate, facts };
}

function failed(
  name: BackendName,
  reason: string,
  { device, software }: Pick<Glance, "device" | "software">,
): Tried {
  const candidate = { name, millisecondsPerStep: null, device, software, reason, notes: [] };
  return { candidate, facts: null };
}
