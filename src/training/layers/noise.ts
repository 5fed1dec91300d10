// Noise as a regularizer: on the inputs of a network, and on the kernels that a layer computes with.
import { type Tensor, tf } from "../tensors";
import type { ForwardContext, Layer } from "./layer";

/** Gaussian noise on inputs, in training only (Bishop 1995: for small noise this is Tikhonov regularization). */
export function inputNoise(name: string): Layer {
  return {
    name,
    role: "noise",
    parameters: [],
    forward(x, _parameters, { training, masks }) {
      const noise = training ? masks.noise?.("input", 0, x.shape) : null;
      return noise ? tf.add(x, noise) : x;
    },
  };
}

/**
 * The kernel that a layer computes with: in training with Gaussian noise added (Graves 2011) and, for DropConnect
 * (Wan et al. 2013), entries dropped. Gradients are those at this kernel; the kernel that is kept has no noise.
 * @param index number of the layer's noise and mask; null for neither. @param connect false leaves DropConnect out.
 */
export function seenKernel(
  kernel: Tensor,
  { training, masks }: ForwardContext,
  index: number | null,
  connect: boolean,
): Tensor {
  if (!training || index === null) return kernel;
  const noise = masks.noise?.("weights", index, kernel.shape) ?? null;
  const mask = connect ? masks.mask(index, "connect", kernel.shape) : null;
  const noisy = noise ? tf.add(kernel, noise) : kernel;
  return mask ? tf.mul(noisy, mask) : noisy;
}
