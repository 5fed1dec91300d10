// The fully connected layer: y = x·W + b.
import { type Tensor, tf } from "../tensors";
import type { Layer, ParameterSpecification } from "./layer";
import { seenKernel } from "./noise";

/**
 * Dense layer, x [batch, inputs] → [batch, outputs].
 * Kernel [inputs, outputs] (PyTorch stores the transpose), bias [outputs].
 * @param randomIndex number of its DropConnect mask and weight noise, which act in training only; null for neither.
 */
export function dense(
  name: string,
  inputs: number,
  outputs: number,
  bias = true,
  randomIndex: number | null = null,
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
    forward(x, [weight, offset], context) {
      const seen = seenKernel(weight as Tensor, context, randomIndex, true);
      const product = tf.matMul(x as never, seen as never);
      return offset ? tf.add(product, offset) : product;
    },
  };
}
