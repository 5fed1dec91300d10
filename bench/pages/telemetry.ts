// What looking costs: the trainer's speed with the default panels of the MLP watched, and with none.
import { makeDataset } from "../../src/data";
import { setUpBackend } from "../../src/training/backends";
import type { Panel } from "../../src/training/telemetry";
import { Trainer } from "../../src/training/trainer";
import { experimentOf, wasmFolder } from "./contenders/ours";

/** What the page shows of a network for pictures before anybody chooses a tab. */
const defaultPanels: readonly Panel[] = ["weights", "gallery"];
const framesPerSecond = 8;

export interface TelemetryPage {
  prepareTelemetry(): Promise<void>;
  /** Trains on, watched or not. @returns steps and frames per second over a stretch of so many milliseconds. */
  pace(watched: boolean, milliseconds: number): Promise<{ steps: number; frames: number }>;
}

let trainer: Trainer | null = null;
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

export const telemetryPage: TelemetryPage = {
  async prepareTelemetry() {
    const { maximumTensorBytes } = await setUpBackend("wasm", { wasmFolder });
    const experiment = experimentOf("mlp");
    const data = { ...experiment.data, trainSize: 2000 };
    const dataset = await makeDataset(data, experiment.seed, null);
    trainer = new Trainer(
      { ...experiment, data },
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
  },
  async pace(watched, milliseconds) {
    if (!trainer) throw new Error("No trainer has been prepared.");
    // Without a pause in between: that would bring a frame with everything, and the slow panels would rest for a second.
    await trainer.watch(watched ? defaultPanels : [], framesPerSecond);
    trainer.train();
    const [step, frame, start] = [trainer.status.step, frames, performance.now()];
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    const elapsed = (performance.now() - start) / 1000;
    return {
      steps: (trainer.status.step - step) / elapsed,
      frames: (frames - frame) / elapsed,
    };
  },
};
