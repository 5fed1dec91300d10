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

function datasetOf(network: NetworkName): Dataset {
  const batch = fixedBatch(network);
  const part = examplesOf(batch);
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

function examplesOf({ count, inputs, labels }: FixedBatch): Examples {
  return {
    count,
    inputs,
    labels,
    targets: new Float32Array(0),
    mislabelled: new Uint8Array(count),
  };
}

/** Where the page serves the WASM binaries. */
export const wasmFolder = new URL("wasm/", document.baseURI).href;

/** A run of this project. On WASM and in plain JavaScript the loss is looked at before the weights change, as in the worker. */
export async function prepareOurs(network: NetworkName, backend: string): Promise<Contender> {
  const name = backend as BackendName;
  const { device, maximumTensorBytes } = await setUpBackend(name, { wasmFolder });
  const run = new TrainingRun(experimentOf(network), datasetOf(network), maximumTensorBytes);
  const guarded = readsAtOnce(name);
  return {
    async step(issued) {
      run.advance(false, guarded);
      // The read sends what is still held back; that belongs to the step.
      const loss = run.last.readLoss();
      issued();
      return loss;
    },
    async countKernels() {
      const { kernels } = await tf.profile(() => {
        run.advance(false, guarded);
        return tf.zeros([1]);
      });
      return kernels.length;
    },
    ...(device ? { device } : {}),
  };
}
