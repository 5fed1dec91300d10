// The fully connected layer: y = x·W + b.
import { tf } from "../tensors";
import type { Layer, ParameterSpecification } from "./layer";

/**
 * Dense layer, x [batch, inputs] → [batch, outputs].
 * Kernel [inputs, outputs] (PyTorch stores the transpose), bias [outputs].
 */
export function dense(name: string, inputs: number, outputs: number, bias = true): Layer {
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
    forward(x, [weight, offset]) {
      const product = tf.matMul(x as never, weight as never);
      return offset ? tf.add(product, offset) : product;
    },
  };
}
