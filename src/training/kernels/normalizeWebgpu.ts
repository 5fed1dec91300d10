// Normalization on WebGPU: one dispatch forward, one or two back.
import type { DeviceBackend } from "../replay/device";
import { tf } from "../tensors";
import { runDeviceProgram, spread } from "./deviceProgram";
import {
  type NormalizeAttributes,
  normalizeGradientKernel,
  normalizeKernel,
  sumsAreFeatures,
} from "./normalize";
import { printBackward, printFeatures, printForward } from "./normalizeWgsl";
import { type Named, registerKernels } from "./register";

const float = (shape: readonly number[]) => ({ shape, dtype: "float32" as const });

const sizesKey = ({ places, groups, width, epsilon, centred }: NormalizeAttributes) =>
  [places, groups, width, epsilon, centred].join();

function forward(
  backend: DeviceBackend,
  { x, scale, shift }: Named<"x" | "scale"> & Partial<Named<"shift">>,
  attributes: NormalizeAttributes,
): tf.TensorInfo[] {
  const rows = attributes.examples * attributes.groups;
  const key = `normalize ${shift !== undefined} ${sizesKey(attributes)}`;
  return runDeviceProgram(
    backend,
    { key, code: () => printForward(attributes, shift !== undefined) },
    shift ? [x, scale, shift] : [x, scale],
    [float(x.shape), float([rows]), float([rows])],
    spread(rows),
  );
}

function backward(
  backend: DeviceBackend,
  { dy, x, scale, mean, variance }: Named<"dy" | "x" | "scale" | "mean" | "variance">,
  attributes: NormalizeAttributes,
): tf.TensorInfo[] {
  const together = sumsAreFeatures(attributes);
  const features = [float(scale.shape), float(scale.shape)];
  const found = runDeviceProgram(
    backend,
    {
      key: `normalize back ${together} ${sizesKey(attributes)}`,
      code: () => printBackward(attributes, together),
    },
    [dy, x, scale, mean, variance],
    [float(x.shape), ...(together ? features : [])],
    spread(attributes.examples * attributes.groups),
  );
  if (together) return found;
  const rest = runDeviceProgram(
    backend,
    { key: `normalize features ${sizesKey(attributes)}`, code: () => printFeatures(attributes) },
    [dy, x, mean, variance],
    features,
    spread(tf.util.sizeFromShape(scale.shape)),
  );
  return [...found, ...rest];
}

/** Registers the operation and its gradient for the WebGPU backend; again is harmless. */
export function registerNormalizeWebgpu(): void {
  registerKernels("webgpu", { [normalizeKernel]: forward, [normalizeGradientKernel]: backward });
}
