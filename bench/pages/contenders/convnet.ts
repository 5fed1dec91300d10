// ConvNetJS 0.3.0: plain JavaScript, one example at a time. The release on npm has no Adam: Adadelta also keeps two averages per weight.
import * as convnetjs from "convnetjs";
import { type FixedBatch, fixedBatch } from "../batch";
import type { Contender, NetworkName } from "../contender";

const input = (width: number, height: number, depth: number) => ({
  type: "input",
  out_sx: width,
  out_sy: height,
  out_depth: depth,
});
const dense = (units: number, activation: string) => ({
  type: "fc",
  num_neurons: units,
  activation,
});
const block = (filters: number) => [
  { type: "conv", sx: 3, filters, stride: 1, pad: 1, activation: "relu" },
  { type: "pool", sx: 2, stride: 2 },
];

function layers(network: NetworkName): readonly object[] {
  const classes = { type: "softmax", num_classes: 10 };
  switch (network) {
    case "mlp":
      return [input(1, 1, 784), dense(256, "relu"), classes];
    case "cnn": {
      // It has no global average pooling either: the head sees every place, 2048 values instead of 128.
      return [input(32, 32, 3), ...block(32), ...block(64), ...block(128), classes];
    }
    case "small":
      return [
        input(1, 1, 2),
        dense(8, "tanh"),
        dense(8, "tanh"),
        { type: "regression", num_neurons: 1 },
      ];
  }
}

function volumes({ inputs, shape, count }: FixedBatch): convnetjs.Vol[] {
  const [width, height, depth] = shape.length === 3 ? shape : [1, 1, shape[0]];
  const size = inputs.length / count;
  return Array.from({ length: count }, (_, i) => {
    const volume = new convnetjs.Vol(width as number, height as number, depth as number, 0);
    volume.w.set(inputs.subarray(i * size, (i + 1) * size));
    return volume;
  });
}

/** Trains in the thread of the page; a step is as many examples as the batch has. */
export async function prepareConvnet(network: NetworkName): Promise<Contender> {
  const batch = fixedBatch(network);
  const net = new convnetjs.Net();
  net.makeLayers(layers(network));
  const method =
    network === "small"
      ? { method: "sgd", learning_rate: 0.03, momentum: 0 }
      : // Its own ε of 1e-6 makes the first steps so long that the CNN's loss rises.
        { method: "adadelta", eps: 1e-8 };
  const trainer = new convnetjs.Trainer(net, { ...method, batch_size: batch.count });
  const examples = volumes(batch);
  const targets = Array.from(batch.labels, (label) =>
    network === "small" ? [2 * label - 1] : label,
  );
  return {
    async step(issued) {
      let loss = 0;
      for (let i = 0; i < batch.count; i++) {
        loss += trainer.train(
          examples[i] as convnetjs.Vol,
          targets[i] as number | readonly number[],
        ).loss;
      }
      issued();
      return loss / batch.count;
    },
  };
}
