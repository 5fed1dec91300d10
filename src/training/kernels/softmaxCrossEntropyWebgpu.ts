// Softmax cross entropy on WebGPU: one dispatch for the losses, one for their gradient.
import type { DeviceBackend } from "../replay/device";
import type { tf } from "../tensors";
import { finiteness, printBindings, runDeviceProgram, spread } from "./deviceProgram";
import { type Named, registerKernels } from "./register";
import { crossEntropyGradientKernel, crossEntropyLossKernel } from "./softmaxCrossEntropy";

/** Invocations of a workgroup, each with an example of its own. */
const lanes = 64;

/**
 * What both begin with: the example, and the sum of its exponentials once the largest logit is taken out. Exponentials of
 * NaN are whatever a device makes of them, so what is not finite is looked for.
 */
const opening = (classes: number, perExample: string) => `${finiteness}
@compute @workgroup_size(${lanes})
fn main(
  @builtin(workgroup_id) workgroup : vec3<u32>,
  @builtin(num_workgroups) workgroups : vec3<u32>,
  @builtin(local_invocation_index) lane : u32,
) {
  let row = (workgroup.x + workgroup.y * workgroups.x) * ${lanes}u + lane;
  if (row >= arrayLength(&${perExample})) { return; }
  let start = row * ${classes}u;
  let end = start + ${classes}u;
  var largest = logits[start];
  var bad = !isFinite(largest);
  for (var k = start + 1u; k < end; k++) {
    largest = max(largest, logits[k]);
    bad = bad || !isFinite(logits[k]);
  }
  var sum = 0.0;
  for (var k = start; k < end; k++) { sum += exp(logits[k] - largest); }`;

const printLosses = (classes: number) => `${printBindings(["logits", "targets"], ["losses"])}
${opening(classes, "losses")}
  let logarithm = log(sum);
  var loss = 0.0;
  for (var k = start; k < end; k++) { loss += targets[k] * (logarithm - (logits[k] - largest)); }
  losses[row] = notANumberIf(bad, loss);
}`;

const printGradient = (classes: number) =>
  `${printBindings(["slopes", "logits", "targets"], ["gradient"])}
${opening(classes, "slopes")}
  for (var k = start; k < end; k++) {
    let softmax = exp(logits[k] - largest) / sum;
    gradient[k] = notANumberIf(bad, slopes[row] * (softmax - targets[k]));
  }
}`;

const float = (shape: readonly number[]) => ({ shape, dtype: "float32" as const });

function losses(backend: DeviceBackend, { logits, targets }: Named<"logits" | "targets">) {
  const [batch, classes] = logits.shape as [number, number];
  const program = { key: `cross entropy ${classes}`, code: () => printLosses(classes) };
  const groups = spread(Math.ceil(batch / lanes));
  const results = [float([batch])];
  return runDeviceProgram(backend, program, [logits, targets], results, groups)[0] as tf.TensorInfo;
}

function gradient(
  backend: DeviceBackend,
  { slopes, logits, targets }: Named<"slopes" | "logits" | "targets">,
) {
  const [batch, classes] = logits.shape as [number, number];
  const program = { key: `cross entropy back ${classes}`, code: () => printGradient(classes) };
  const groups = spread(Math.ceil(batch / lanes));
  const inputs = [slopes, logits, targets];
  const results = [float(logits.shape)];
  return runDeviceProgram(backend, program, inputs, results, groups)[0] as tf.TensorInfo;
}

/** Registers losses and gradient for the WebGPU backend; again is harmless. */
export function registerCrossEntropyWebgpu(): void {
  registerKernels("webgpu", {
    [crossEntropyLossKernel]: losses,
    [crossEntropyGradientKernel]: gradient,
  });
}
