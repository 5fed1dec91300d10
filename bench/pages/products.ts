// The limit of the MLP's step: its five matrix products and nothing else, with the same kernels.
import { setUpBackend } from "../../src/training/backends";
import { type Tensor, tf } from "../../src/training/tensors";
import { wasmFolder } from "./contenders/ours";

const [batch, inputs, hidden, outputs] = [64, 784, 256, 10];

export interface ProductsPage {
  /** Makes the matrices. */
  prepareProducts(): Promise<void>;
  /** @returns milliseconds for the five products of one step, mean over so many. */
  timeProducts(steps: number): Promise<number>;
}

interface Weights {
  readonly first: Tensor;
  readonly second: Tensor;
}

let held: { readonly x: Tensor; readonly h: Tensor; readonly slope: Tensor } | null = null;

const matrix = (rows: number, columns: number) =>
  tf.tensor2d(
    Float32Array.from({ length: rows * columns }, (_, i) => Math.sin(i)),
    [rows, columns],
  );

/** Forward: x·W₁ and h·W₂. Backward: hᵀ·δ, δ·W₂ᵀ and xᵀ·δ₁. The gradient of the inputs is not needed. */
function products({ first, second }: Weights): void {
  if (!held) throw new Error("No matrices have been prepared.");
  const { x, h, slope } = held;
  const slopeOfHidden = tf.matMul(slope, second, false, true);
  const made = [
    tf.matMul(x, first),
    tf.matMul(h, second),
    tf.matMul(h, slope, true, false),
    tf.matMul(x, slopeOfHidden, true, false),
  ];
  tf.dispose([...made, slopeOfHidden]);
}

export const productsPage: ProductsPage = {
  async prepareProducts() {
    await setUpBackend("wasm", { wasmFolder });
    held = { x: matrix(batch, inputs), h: matrix(batch, hidden), slope: matrix(batch, outputs) };
  },
  async timeProducts(steps) {
    // New weights for every step, as in training: packed ones would otherwise be kept from step to step.
    const weights = Array.from({ length: steps }, () => ({
      first: matrix(inputs, hidden),
      second: matrix(hidden, outputs),
    }));
    const start = performance.now();
    for (const pair of weights) products(pair);
    const milliseconds = (performance.now() - start) / steps;
    for (const pair of weights) tf.dispose([pair.first, pair.second]);
    return milliseconds;
  },
};
