// The batch that every contender trains on, again and again: made so that it can be learned, the same numbers for all.
import { RandomSequence } from "../../src/data/random";
import type { NetworkName } from "./contender";

const seed = 20_261_121;

export interface FixedBatch {
  readonly count: number;
  /** [count, height, width, channels], or [count, features] */
  readonly inputs: Float32Array;
  /** [height, width, channels], or [features] */
  readonly shape: readonly number[];
  /** [count] */
  readonly labels: Int32Array;
  readonly classes: number;
}

/** Every class has a picture of its own; each example is that picture with noise. */
function pictures(count: number, shape: readonly number[]): FixedBatch {
  const classes = 10;
  const size = shape.reduce((product, side) => product * side, 1);
  const prototypes = new RandomSequence(seed, 1);
  const patterns = Float32Array.from({ length: classes * size }, () => prototypes.normal());
  const noise = new RandomSequence(seed, 2);
  const labels = Int32Array.from({ length: count }, (_, i) => (i * 7) % classes);
  const inputs = Float32Array.from({ length: count * size }, (_, i) => {
    const label = labels[Math.floor(i / size)] as number;
    return 0.5 * (patterns[label * size + (i % size)] as number) + 0.5 * noise.normal();
  });
  return { count, inputs, shape, labels, classes };
}

/** Points on the plane: inside of a circle, or outside. */
function points(count: number): FixedBatch {
  const draws = new RandomSequence(seed, 3);
  const inputs = Float32Array.from({ length: 2 * count }, () => draws.between(-1, 1));
  const labels = Int32Array.from({ length: count }, (_, i) =>
    Math.hypot(inputs[2 * i] as number, inputs[2 * i + 1] as number) < 0.75 ? 1 : 0,
  );
  return { count, inputs, shape: [2], labels, classes: 2 };
}

/** The batch of a network. */
export function fixedBatch(network: NetworkName): FixedBatch {
  switch (network) {
    case "mlp":
      return pictures(64, [784]);
    case "cnn":
      return pictures(32, [32, 32, 3]);
    case "small":
      return points(10);
  }
}

/** Class distributions, [count, classes]. */
export function oneHot({ labels, count, classes }: FixedBatch): Float32Array {
  const values = new Float32Array(count * classes);
  labels.forEach((label, i) => {
    values[i * classes + label] = 1;
  });
  return values;
}

/** The same pictures with channels first: [count, channels, height, width]. */
export function channelsFirst({ inputs, shape, count }: FixedBatch): Float32Array {
  const [height, width, channels] = shape as [number, number, number];
  const values = new Float32Array(inputs.length);
  const plane = height * width;
  for (let i = 0; i < count; i++) {
    for (let place = 0; place < plane; place++) {
      for (let c = 0; c < channels; c++) {
        const from = (i * plane + place) * channels + c;
        values[(i * channels + c) * plane + place] = inputs[from] as number;
      }
    }
  }
  return values;
}
