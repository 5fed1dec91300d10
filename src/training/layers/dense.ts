// The fully connected layer: y = x·W + b.
import { type Tensor, tf } from "../tensors";
import type { Layer, ParameterSpecification } from "./layer";

/**
 * Dense layer, x [batch, inputs] → [batch, outputs].
 * Kernel [inputs, outputs] (PyTorch stores the transpose), bias [outputs].
 * @param maskIndex number of its DropConnect mask (Wan et al. 2013): in training, entries of the kernel are dropped; null for never.
 */
export function dense(
  name: string,
  inputs: number,
  outputs: number,
  bias = true,
  maskIndex: number | null = null,
): Layer {
  const shared = { fanIn: inputs, fanOut: outputs };
  const kernel: ParameterSpecification = {
    ...shared,
    name: `${name}.weight`,
    kind: "kernel",
    shape: [inputs, outputs],
  };
  const shift: ParameterSpecification = {
    ...shared,
    name: `${name}.bias`,
    kind: "bias",
    shape: [outputs],
  };
  return {
    name,
    role: "product",
    parameters: bias ? [kernel, shift] : [kernel],
    forward(x, [weight, offset], { training, masks }) {
      const held = weight as Tensor;
      const dropped = training && maskIndex !== null;
      const mask = dropped ? masks.mask(maskIndex, "connect", held.shape) : null;
      const product = tf.matMul(x as never, (mask ? tf.mul(held, mask) : held) as never);
      return offset ? tf.add(product, offset) : product;
    },
  };
}
