// Helpers of the engine's tests: a backend in Node, small experiments, a trainer that runs to its end.
import { join } from "node:path";
import { type FileSource, makeDataset } from "../data";
import type { FieldValue } from "../experiment/fields";
import {
  defaultExperiment,
  type Experiment,
  type FieldPath,
  withValue,
} from "../experiment/schema";
import { type BackendName, readsAtOnce, setUpBackend } from "./backends";
import type { CurvePoint, Divergence, EarlyStop, Frame } from "./telemetry";
import { Trainer, type TrainerOptions, type TrainerStatus } from "./trainer";

export const wasmFolder = join(
  import.meta.dirname,
  "../../node_modules/@tensorflow/tfjs-backend-wasm/dist/",
);

/** Makes a backend the current one. */
export async function switchBackend(name: BackendName): Promise<void> {
  await setUpBackend(name, { wasmFolder });
}

/** The default experiment with some settings changed. */
export function experimentWith(
  ...settings: readonly (readonly [FieldPath, FieldValue])[]
): Experiment {
  return settings.reduce((held, [path, value]) => withValue(held, path, value), defaultExperiment);
}

export interface RecordedTrainer {
  readonly trainer: Trainer;
  readonly points: CurvePoint[];
  readonly frames: Frame[];
  readonly statuses: TrainerStatus[];
  readonly divergences: Divergence[];
  readonly earlyStops: EarlyStop[];
}

/** A clock that counts the questions that it is asked, so that slices are short and equal. */
export function countingClock(): () => number {
  let time = 0;
  return () => {
    time += 5;
    return time;
  };
}

/** A trainer that records what it reports. */
export async function makeTrainer(
  experiment: Experiment,
  options: Partial<TrainerOptions> = {},
  backend: BackendName = "cpu",
  sources: readonly FileSource[] | null = null,
  now: () => number = countingClock(),
): Promise<RecordedTrainer> {
  const dataset = await makeDataset(experiment.data, experiment.seed, sources);
  const recorded = {
    points: [] as CurvePoint[],
    frames: [] as Frame[],
    statuses: [] as TrainerStatus[],
    divergences: [] as Divergence[],
    earlyStops: [] as EarlyStop[],
  };
  const trainer = new Trainer(
    experiment,
    dataset,
    {
      now,
      breathe: () => new Promise((resolve) => setImmediate(resolve)),
      onFrame: (frame) => {
        recorded.frames.push(frame);
        recorded.points.push(...frame.points);
      },
      onStatus: (status) => recorded.statuses.push(status),
      onEarlyStop: (stop) => recorded.earlyStops.push(stop),
      onDivergence: (divergence) => recorded.divergences.push(divergence),
    },
    { maximumTensorBytes: Number.POSITIVE_INFINITY, readsAtOnce: readsAtOnce(backend), ...options },
  );
  recorded.points.push(...(await trainer.open()).points);
  return { trainer, ...recorded };
}
