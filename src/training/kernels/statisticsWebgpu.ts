// Figures of weights on WebGPU: one dispatch each, bins counted in workgroup memory.
import type { Hyperparameters } from "../hyperparameters";
import type { DeviceBackend } from "../replay/device";
import { tf } from "../tensors";
import { runDeviceProgram } from "./deviceProgram";
import { printScalars, printStatistics } from "./statisticsWgsl";
import { weightScalarNames, weightScalarsKernel } from "./weightScalars";
import { type Segment, statisticsWidth, weightStatisticsKernel } from "./weightStatistics";

type Inputs = Readonly<Record<"weights" | "kernels" | "scope", tf.TensorInfo>>;

function statistics(backend: DeviceBackend, { weights }: Inputs, segments: readonly Segment[]) {
  const key = segments.map(({ offset, size, units }) => `${offset} ${size} ${units}`).join();
  const shape = [segments.length * statisticsWidth];
  return runDeviceProgram(
    backend,
    { key: `statistics ${key}`, code: () => printStatistics(segments) },
    [weights],
    [{ shape, dtype: "float32" }],
    [segments.length, 1],
  );
}

function scalars(
  backend: DeviceBackend,
  { weights, kernels, scope }: Inputs,
  hyperparameters: Hyperparameters,
) {
  const vector = hyperparameters.vector();
  return runDeviceProgram(
    backend,
    { key: `scalars ${scope !== undefined}`, code: () => printScalars(scope !== undefined) },
    scope ? [weights, kernels, vector, scope] : [weights, kernels, vector],
    [{ shape: [weightScalarNames.length], dtype: "float32" }],
    [1, 1],
  );
}

/** Registers the operations for the WebGPU backend; again is harmless. */
export function registerStatisticsWebgpu(): void {
  if (tf.getKernel(weightStatisticsKernel, "webgpu")) return;
  tf.registerKernel({
    kernelName: weightStatisticsKernel,
    backendName: "webgpu",
    kernelFunc: ({ inputs, attrs, backend }) => {
      const { segments } = attrs as unknown as { segments: readonly Segment[] };
      const [made] = statistics(backend as DeviceBackend, inputs as unknown as Inputs, segments);
      return made as tf.TensorInfo;
    },
  });
  tf.registerKernel({
    kernelName: weightScalarsKernel,
    backendName: "webgpu",
    kernelFunc: ({ inputs, attrs, backend }) => {
      const { hyperparameters } = attrs as unknown as { hyperparameters: Hyperparameters };
      const given = inputs as unknown as Inputs;
      const [made] = scalars(backend as DeviceBackend, given, hyperparameters);
      return made as tf.TensorInfo;
    },
  });
}
