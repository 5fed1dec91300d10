// Figures of weights on WebGPU: one dispatch each, bins counted in workgroup memory.
import type { DeviceBackend } from "../replay/device";
import type { tf } from "../tensors";
import { runDeviceProgram } from "./deviceProgram";
import { registerKernels } from "./register";
import { printScalars, printStatistics } from "./statisticsWgsl";
import { weightScalarNames, weightScalarsKernel } from "./weightScalars";
import { type Segment, statisticsWidth, weightStatisticsKernel } from "./weightStatistics";

type Inputs = Readonly<Record<"weights" | "kernels" | "scope", tf.TensorInfo>>;

function statistics(
  backend: DeviceBackend,
  { weights }: Inputs,
  { segments }: { readonly segments: readonly Segment[] },
) {
  const key = segments.map(({ offset, size, units }) => `${offset} ${size} ${units}`).join();
  const shape = [segments.length * statisticsWidth];
  return runDeviceProgram(
    backend,
    { key: `statistics ${key}`, code: () => printStatistics(segments) },
    [weights],
    [{ shape, dtype: "float32" }],
    [segments.length, 1],
  )[0] as tf.TensorInfo;
}

function scalars(backend: DeviceBackend, { weights, kernels, scope }: Inputs) {
  return runDeviceProgram(
    backend,
    { key: `scalars ${scope !== undefined}`, code: () => printScalars(scope !== undefined) },
    scope ? [weights, kernels, scope] : [weights, kernels],
    [{ shape: [weightScalarNames.length], dtype: "float32" }],
    [1, 1],
  )[0] as tf.TensorInfo;
}

/** Registers the operations for the WebGPU backend; again is harmless. */
export function registerStatisticsWebgpu(): void {
  registerKernels("webgpu", {
    [weightStatisticsKernel]: statistics,
    [weightScalarsKernel]: scalars,
  });
}
