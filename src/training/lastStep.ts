// What is kept of the last step: its loss, and where it was measured the gradient's norm and how far each layer moved.
import type { HyperparameterValues } from "./hyperparameters";
import { type Tensor, tf } from "./tensors";

export class LastStep {
  private held: {
    readonly loss: Tensor;
    readonly gradientNorm: Tensor | null;
    readonly updateRatios: Tensor | null;
    readonly values: HyperparameterValues;
  } | null = null;

  /** Takes over the tensors of a new step and frees those of the one before. */
  keep(
    loss: Tensor,
    gradientNorm: Tensor | null,
    updateRatios: Tensor | null,
    values: HyperparameterValues,
  ): void {
    // Ratios of a step that was not measured are unknown, but those of the last measured one still say something.
    const ratios = updateRatios ?? this.held?.updateRatios ?? null;
    const before = this.held;
    this.held = { loss, gradientNorm, updateRatios: ratios, values };
    tf.dispose([before?.loss ?? [], before?.gradientNorm ?? []]);
    if (before?.updateRatios !== ratios) before?.updateRatios?.dispose();
  }

  /** L2 norm of the gradient of the total loss, a scalar, where the last step was measured. */
  get gradientNorm(): Tensor | null {
    return this.held?.gradientNorm ?? null;
  }

  /** Update-to-weight ratio of every kernel at the last measured step, [kernels]. */
  get updateRatios(): Tensor | null {
    return this.held?.updateRatios ?? null;
  }

  /** Rates and strengths that the step was taken with, or null before the first. */
  get values(): HyperparameterValues | null {
    return this.held?.values ?? null;
  }

  /** Data loss, NaN before the first step. */
  async readLoss(): Promise<number> {
    return (await this.held?.loss.data())?.[0] ?? Number.NaN;
  }

  dispose(): void {
    const { loss, gradientNorm, updateRatios } = this.held ?? {};
    tf.dispose([loss ?? [], gradientNorm ?? [], updateRatios ?? []]);
    this.held = null;
  }
}
