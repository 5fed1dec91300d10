// What looking costs: the trainer's speed with curves and default panels, against one that is hardly looked at.
import { makeDataset } from "../../src/data";
import { setUpBackend } from "../../src/training/backends";
import type { PanelName } from "../../src/training/telemetry";
import { Trainer } from "../../src/training/trainer";
import { experimentOf, wasmFolder } from "./contenders/ours";

/** What the page shows of a network for pictures before anybody chooses a tab. */
const defaultPanels: readonly PanelName[] = ["weights", "gallery"];
const framesPerSecond = 8;
/** Epochs of the run that is looked at: its curves get their usual points. */
const epochs = 1000;
/** The other run is so long that its points lie minutes apart. */
const longEpochs = 100_000;
/** After every change of trainers its panels and its pace settle for so long, in milliseconds. */
const settling = 1000;

/** What was seen over a stretch of time. */
export interface Pace {
  /** Steps and frames per second. */
  readonly steps: number;
  readonly frames: number;
  /** Share of the time that the trainer itself counted as looking, in [0, 1]. */
  readonly looking: number;
}

export interface TelemetryPage {
  prepareTelemetry(): Promise<void>;
  /** Trains on, watched or not. */
  pace(watched: boolean, milliseconds: number): Promise<Pace>;
}

let trainers: { readonly watched: Trainer; readonly unwatched: Trainer } | null = null;
let frames = 0;

/** A message to oneself: a timer would wait at least four milliseconds. */
function breathe(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

async function makeTrainer(wantedEpochs: number, maximumTensorBytes: number): Promise<Trainer> {
  const experiment = experimentOf("mlp");
  const data = { ...experiment.data, trainSize: 2000 };
  const optimizer = { ...experiment.optimizer, epochs: wantedEpochs };
  const dataset = await makeDataset(data, experiment.seed, null);
  const trainer = new Trainer(
    { ...experiment, data, optimizer },
    dataset,
    {
      now: () => performance.now(),
      breathe,
      onFrame: (frame) => {
        // The worker would send it to the page: copying it stands for that.
        structuredClone(frame);
        frames++;
      },
      onStatus: () => undefined,
      onDivergence: () => undefined,
      onEarlyStop: () => undefined,
    },
    { maximumTensorBytes, readsAtOnce: true },
  );
  await trainer.open();
  return trainer;
}

const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

export const telemetryPage: TelemetryPage = {
  async prepareTelemetry() {
    const { maximumTensorBytes } = await setUpBackend("wasm", { wasmFolder });
    trainers = {
      watched: await makeTrainer(epochs, maximumTensorBytes),
      unwatched: await makeTrainer(longEpochs, maximumTensorBytes),
    };
    await trainers.watched.watch(defaultPanels, framesPerSecond);
    await trainers.unwatched.watch([], 0.2);
  },
  async pace(isWatched, milliseconds) {
    if (!trainers) throw new Error("No trainer has been prepared.");
    const trainer = isWatched ? trainers.watched : trainers.unwatched;
    trainer.train();
    await wait(settling);
    const [step, frame, start] = [trainer.status.step, frames, performance.now()];
    const looked = trainer.lookingMilliseconds;
    await wait(milliseconds);
    const elapsed = (performance.now() - start) / 1000;
    const looking = (trainer.lookingMilliseconds - looked) / 1000 / elapsed;
    const taken = trainer.status.step - step;
    if (trainer.status.state !== "training") throw new Error("The run ended while it was timed.");
    const sent = frames - frame;
    await trainer.pause();
    return { steps: taken / elapsed, frames: sent / elapsed, looking };
  },
};
