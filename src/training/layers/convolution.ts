// The convolution layer: the same small kernel applied at every position of a picture.
import type { Tensor } from "../tensors";
import { tf } from "../tensors";
import type { Layer, ParameterSpecification } from "./layer";
import { seenKernel } from "./noise";

/**
 * Convolution with stride 1 and as many zeros around the picture as keep its size,
 * x [batch, height, width, inputChannels] → [batch, height, width, outputChannels].
 * Kernel [size, size, inputChannels, outputChannels], not flipped (PyTorch stores [out, in, rows, columns]);
 * bias [outputChannels].
 * @param size odd, so that the zeros are the same on every side.
 * @param randomIndex number of its weight noise, which acts in training only; null for none.
 */
export function convolution(
  name: string,
  inputChannels: number,
  outputChannels: number,
  size = 3,
  bias = true,
  randomIndex: number | null = null,
): Layer {
  const taps = size * size;
  const shared = { fanIn: taps * inputChannels, fanOut: taps * outputChannels };
  const kernel: ParameterSpecification = {
    ...shared,
    name: `${name}.weight`,
    kind: "kernel",
    shape: [size, size, inputChannels, outputChannels],
  };
  const shift: ParameterSpecification = {
    ...shared,
    name: `${name}.bias`,
    kind: "bias",
    shape: [outputChannels],
  };
  return {
    name,
    parameters: bias ? [kernel, shift] : [kernel],
    forward(x, [weight, offset], context) {
      const seen = seenKernel(weight as Tensor, context, randomIndex, false);
      const product: Tensor = tf.conv2d(x as never, seen as never, 1, "same");
      return offset ? tf.add(product, offset) : product;
    },
  };
}
