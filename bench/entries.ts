// Who takes part in which comparison, on what, and beside which of our own results each is set.
import type { NetworkName } from "./pages/contender";

export interface Entry {
  /** Unique: "ours wasm". */
  readonly id: string;
  /** Words for the table. */
  readonly title: string;
  /** Page under bench/pages. */
  readonly page: "ours" | "stock" | "convnet" | "jax";
  readonly backend: string;
  /** Our own entry that it is compared with; null for ours. */
  readonly against: string | null;
  /** Where it differs from the network as named. */
  readonly note: string | null;
  /** Its steps take so long that the quick run leaves it out. */
  readonly slow?: true;
}

export interface Comparison {
  readonly id: string;
  readonly network: NetworkName;
  readonly title: string;
  readonly entries: readonly Entry[];
  /** Plays a graphics card on the processor: slow, left out of the quick run. */
  readonly emulated: boolean;
}

const ours = (backend: string, title: string, note: string | null = null): Entry => ({
  id: `ours ${backend}`,
  title: `ours, ${title}`,
  page: "ours",
  backend,
  against: null,
  note,
});
const stock = (
  backend: string,
  title: string,
  against = backend,
  note: string | null = null,
): Entry => ({
  id: `stock ${backend}`,
  title: `stock TensorFlow.js, ${title}`,
  page: "stock",
  backend,
  against: `ours ${against}`,
  note,
});
const convnet = (note: string | null): Entry => ({
  id: "convnet",
  title: "ConvNetJS, JavaScript",
  page: "convnet",
  backend: "javascript",
  against: "ours wasm",
  note,
});
const jax = (backend: string, title: string, note: string | null): Entry => ({
  id: `jax ${backend}`,
  title: `jax-js, ${title}`,
  page: "jax",
  backend,
  against: `ours ${backend}`,
  note,
});

const adadelta = "Adadelta: the release on npm has no Adam";
const twoOutputs = "two outputs with cross entropy, as the page trains it";
const noBatchNorm = "without BatchNorm, which it lacks";

/** Ours both ways and stock TensorFlow.js. */
const onWebgpu: readonly Entry[] = [
  ours("webgpu", "WebGPU, replayed", "steps are handed over up to 16 at a time, as in the worker"),
  ours("webgpu operations", "WebGPU, operation by operation", "loss read after each step"),
  stock("webgpu", "WebGPU"),
];

/** All comparisons, in the order in which they run. */
export const comparisons: readonly Comparison[] = [
  {
    id: "mlp",
    network: "mlp",
    title: "MLP 784-256-10, batch 64, Adam",
    emulated: false,
    entries: [
      ours("wasm", "WASM"),
      stock("wasm", "WASM"),
      jax("wasm", "WASM", "the whole step in one jitted function"),
      {
        ...jax("wasm example", "WASM, as in its example", "only the loss is jitted"),
        against: "ours wasm",
      },
      convnet(adadelta),
    ],
  },
  {
    id: "cnn",
    network: "cnn",
    title: "CNN of three blocks (32, 64, 128) with BatchNorm on 32×32×3, batch 32, Adam",
    emulated: false,
    entries: [
      ours("wasm", "WASM"),
      stock("wasm", "WASM"),
      stock(
        "webgl",
        "software WebGL",
        "wasm",
        "WebGL played by the processor; set beside ours on WASM",
      ),
      { ...jax("wasm", "WASM", noBatchNorm), slow: true },
      convnet(`${noBatchNorm}; no global average pooling either; ${adadelta}`),
    ],
  },
  {
    id: "small",
    network: "small",
    title: "2-8-8-1, batch 10, SGD",
    emulated: false,
    entries: [
      ours("wasm", "WASM", twoOutputs),
      ours("cpu", "JavaScript", twoOutputs),
      stock("wasm", "WASM"),
      stock("cpu", "JavaScript"),
      jax("wasm", "WASM", null),
      convnet(null),
    ],
  },
  {
    id: "mlp-webgpu",
    network: "mlp",
    title: "MLP 784-256-10, batch 64, Adam, on software WebGPU",
    emulated: true,
    entries: [...onWebgpu, jax("webgpu", "WebGPU", null)],
  },
  {
    id: "cnn-webgpu",
    network: "cnn",
    title: "CNN of three blocks, batch 32, Adam, on software WebGPU",
    emulated: true,
    entries: [...onWebgpu, jax("webgpu", "WebGPU", noBatchNorm)],
  },
];
