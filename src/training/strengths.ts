// Where penalties, decay and proximal steps act, and how strongly: one factor for every parameter.
import type { Experiment } from "../experiment/schema";
import type { Network } from "./network";
import { overwritten } from "./replay/inPlace";
import { type Tensor, tf } from "./tensors";

/**
 * Factors of the strengths, [parameterCount]: 0 outside the experiment's scope, else the multiplier of the layer
 * (biases and normalization go with the kernel before them). Null for 1 everywhere.
 */
export function strengthFactors(
  network: Network,
  { regularization }: Experiment,
): Float32Array<ArrayBuffer> | null {
  const { scope, layerMultipliers } = regularization;
  if (scope === "all" && layerMultipliers.every((factor) => factor === 1)) return null;
  const factors = new Float32Array(network.parameterCount);
  let kernels = 0;
  for (const slot of network.slots) {
    if (slot.kind === "kernel") kernels++;
    else if (scope === "kernels") continue;
    const factor = layerMultipliers[Math.max(0, kernels - 1)] ?? 1;
    factors.fill(factor, slot.offset, slot.offset + slot.size);
  }
  return factors;
}

const factorsIn = (before: Tensor | null, factors: Float32Array<ArrayBuffer>): Tensor =>
  before ? overwritten(before, factors) : tf.tensor1d(factors);

/** The factors on the device, made again only when the experiment's change. */
export class Strengths {
  private held: { readonly key: string; readonly tensor: Tensor | null } | null = null;

  constructor(private readonly network: Network) {}

  /** Factors of an experiment, [parameterCount], or null for 1 everywhere. Owned by this object. */
  of(experiment: Experiment): Tensor | null {
    const { scope, layerMultipliers } = experiment.regularization;
    const key = `${scope} ${layerMultipliers.join()}`;
    if (this.held?.key !== key) {
      const before = this.held?.tensor ?? null;
      const factors = strengthFactors(this.network, experiment);
      if (!factors) before?.dispose();
      this.held = { key, tensor: factors && tf.keep(factorsIn(before, factors)) };
    }
    return this.held?.tensor ?? null;
  }

  dispose(): void {
    this.held?.tensor?.dispose();
    this.held = null;
  }
}
