// This project's training step, with the gathering of its batch, as the worker runs it.
import type { Dataset, Examples } from "../../../src/data";
import type { FieldValue } from "../../../src/experiment/fields";
import {
  defaultExperiment,
  type Experiment,
  type FieldPath,
  withValue,
} from "../../../src/experiment/schema";
import { recommendedSettings } from "../../../src/experiment/tasks";
import { type BackendName, readsAtOnce, setUpBackend } from "../../../src/training/backends";
import { TrainingRun } from "../../../src/training/run";
import { tf } from "../../../src/training/tensors";
import { type FixedBatch, fixedBatch } from "../batch";
import type { Contender, NetworkName } from "../contender";

type Settings = readonly (readonly [FieldPath, FieldValue])[];

const settings: Readonly<Record<NetworkName, Settings>> = {
  mlp: [
    ["data.kind", "strokeDigits"],
    ...recommendedSettings.strokeDigits,
    ["optimizer.kind", "adam"],
  ],
  cnn: [["data.kind", "shapes"], ...recommendedSettings.shapes],
  small: [
    ["data.kind", "circle"],
    ["model.hiddenWidths", [8, 8]],
    ["model.activation", "tanh"],
    ["optimizer.kind", "sgd"],
    ["optimizer.learningRate", 0.03],
    ["optimizer.batchSize", 10],
  ],
};

/** The experiment of a network, with more epochs than any measurement takes. */
export function experimentOf(network: NetworkName): Experiment {
  const all: Settings = [...settings[network], ["optimizer.epochs", 10_000]];
  return all.reduce((held, [path, value]) => withValue(held, path, value), defaultExperiment);
}

function datasetOf(network: NetworkName, batches: number): Dataset {
  const batch = fixedBatch(network);
  const part = examplesOf(batch, batches);
  return {
    type: "classification",
    inputShape: network === "mlp" ? [28, 28, 1] : batch.shape,
    inputSize: batch.inputs.length / batch.count,
    outputs: batch.classes,
    classNames: Array.from({ length: batch.classes }, (_, index) => String(index)),
    featureNames: [],
    scaling: { offset: new Float32Array([0]), factor: new Float32Array([1]) },
    train: part,
    validation: part,
    test: part,
  };
}

/** @param times how often every example comes. */
function examplesOf({ count, inputs, labels }: FixedBatch, times: number): Examples {
  const repeated = <T extends Float32Array | Int32Array>(values: T, into: T): T => {
    for (let i = 0; i < times; i++) into.set(values, i * values.length);
    return into;
  };
  return {
    count: times * count,
    inputs: repeated(inputs, new Float32Array(times * inputs.length)),
    labels: repeated(labels, new Int32Array(times * labels.length)),
    targets: new Float32Array(0),
    mislabelled: new Uint8Array(times * count),
  };
}

/** Where the page serves the WASM binaries; Node, which has no page, measures none. */
export const wasmFolder = globalThis.document ? new URL("wasm/", document.baseURI).href : "";

/** Batches in an epoch where steps are handed over several at a time, which ends with an epoch. */
const batchesAtOnce = 16;

/**
 * A run of this project. On WASM and in plain JavaScript the loss is looked at before the weights change, as in the worker;
 * on WebGPU and WASM steps are replayed, on WebGPU several at a time, as in the worker when nobody looks at each.
 * @param backend "webgpu operations" takes steps one operation at a time.
 */
export async function prepareOurs(network: NetworkName, backend: string): Promise<Contender> {
  const [name, way] = backend.split(" ") as [BackendName, "operations" | undefined];
  const { device, maximumTensorBytes } = await setUpBackend(name, { wasmFolder });
  const replays = way === undefined;
  const severalAtOnce = replays && name === "webgpu";
  const dataset = datasetOf(network, severalAtOnce ? batchesAtOnce : 1);
  const run = new TrainingRun(experimentOf(network), dataset, maximumTensorBytes, { replays });
  const guarded = readsAtOnce(name);
  const readLoss = (issued: () => void) => {
    // The read sends what is still held back; that belongs to the step.
    const loss = run.last.readLoss();
    issued();
    return loss;
  };
  return {
    step(issued) {
      run.advance(false, guarded);
      return readLoss(issued);
    },
    ...(severalAtOnce && {
      async rush(count: number, issued: () => void) {
        const before = run.step;
        if (run.rush(count) === 0) run.advance(false);
        const steps = run.step - before;
        return { steps, loss: await readLoss(issued) };
      },
    }),
    async countKernels() {
      const recorded = run.execution?.operations ?? 0;
      if (recorded > 0) return recorded;
      const { kernels } = await tf.profile(() => {
        run.advance(false, guarded);
        return tf.zeros([1]);
      });
      return kernels.length;
    },
    ...(device ? { device } : {}),
  };
}
