// TensorFlow.js as its own documentation shows it: a LayersModel, compiled, and trainOnBatch. Nothing of ours is on this page.
import * as tf from "@tensorflow/tfjs";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import "@tensorflow/tfjs-backend-webgpu";
import { fixedBatch, oneHot } from "../batch";
import type { Contender, NetworkName } from "../contender";

function mlp(): tf.Sequential {
  return tf.sequential({
    layers: [
      tf.layers.dense({ units: 256, activation: "relu", inputShape: [784] }),
      tf.layers.dense({ units: 10, activation: "softmax" }),
    ],
  });
}

function block(filters: number, inputShape?: number[]): tf.layers.Layer[] {
  return [
    tf.layers.conv2d({
      filters,
      kernelSize: 3,
      padding: "same",
      useBias: false,
      kernelInitializer: "heNormal",
      ...(inputShape ? { inputShape } : {}),
    }),
    tf.layers.batchNormalization(),
    tf.layers.activation({ activation: "relu" }),
    tf.layers.maxPooling2d({ poolSize: 2 }),
  ];
}

function cnn(): tf.Sequential {
  const layers = [...block(32, [32, 32, 3]), ...block(64), ...block(128)];
  const head = [
    tf.layers.globalAveragePooling2d({ dataFormat: "channelsLast" }),
    tf.layers.dense({ units: 10, activation: "softmax" }),
  ];
  return tf.sequential({ layers: [...layers, ...head] });
}

function small(): tf.Sequential {
  return tf.sequential({
    layers: [
      tf.layers.dense({ units: 8, activation: "tanh", inputShape: [2] }),
      tf.layers.dense({ units: 8, activation: "tanh" }),
      tf.layers.dense({ units: 1, activation: "tanh" }),
    ],
  });
}

function compiled(network: NetworkName): tf.Sequential {
  if (network === "small") {
    const model = small();
    model.compile({ optimizer: tf.train.sgd(0.03), loss: "meanSquaredError" });
    return model;
  }
  const model = network === "mlp" ? mlp() : cnn();
  // Its default ε is 1e-4 where it takes the card's numbers for 16 bits wide.
  const optimizer = tf.train.adam(1e-3, 0.9, 0.999, 1e-8);
  model.compile({ optimizer, loss: "categoricalCrossentropy" });
  return model;
}

function tensorsOf(network: NetworkName): { inputs: tf.Tensor; targets: tf.Tensor } {
  const batch = fixedBatch(network);
  const inputs = tf.tensor(batch.inputs, [batch.count, ...batch.shape]);
  const targets =
    network === "small"
      ? tf.tensor2d(
          Float32Array.from(batch.labels, (label) => 2 * label - 1),
          [batch.count, 1],
        )
      : tf.tensor2d(oneHot(batch), [batch.count, batch.classes]);
  return { inputs, targets };
}

/** `trainOnBatch` waits for the loss by itself: its asking for it marks the end of the JavaScript part. */
function onRead(listener: () => void): void {
  const backend = tf.backend() as unknown as { read(id: object): Promise<unknown> };
  const read = backend.read.bind(backend);
  backend.read = (id) => {
    const answer = read(id);
    listener();
    return answer;
  };
}

/** A compiled model. @throws where the backend cannot be started. */
export async function prepareStock(network: NetworkName, backend: string): Promise<Contender> {
  tf.enableProdMode();
  if (globalThis.document) setWasmPaths(new URL("wasm/", document.baseURI).href);
  if (!(await tf.setBackend(backend))) throw new Error(`${backend} could not be started`);
  await tf.ready();
  const model = compiled(network);
  const { inputs, targets } = tensorsOf(network);
  let issuedNow: () => void = () => undefined;
  onRead(() => issuedNow());
  return {
    async step(issued) {
      issuedNow = issued;
      return (await model.trainOnBatch(inputs, targets)) as number;
    },
    async countKernels() {
      const { kernels } = await tf.profile((async () => {
        await model.trainOnBatch(inputs, targets);
        return tf.zeros([1]);
      }) as never);
      return kernels.length;
    },
  };
}
