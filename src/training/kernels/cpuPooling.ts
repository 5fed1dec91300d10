// The gradient of max pooling on the cpu backend: the stock kernel looks every number up by its indices.
import type { tf } from "../tensors";
import { type CpuBackend, replaceCpuKernel, valuesOf } from "./cpuBackend";
import { geometryOf, scatterToMaxima } from "./poolingLoops";

/** Replaces MaxPoolGrad on the cpu backend. */
export function installCpuPooling(): void {
  replaceCpuKernel("MaxPoolGrad", () => ({ inputs, attrs, backend }) => {
    const { dy, input } = inputs as { dy: tf.TensorInfo; input: tf.TensorInfo };
    const cpu = backend as CpuBackend;
    const x = valuesOf(cpu, input);
    const dx = new Float32Array(x.length);
    scatterToMaxima(x, valuesOf(cpu, dy), dx, geometryOf(input.shape, attrs));
    return cpu.makeTensorInfo([...input.shape], "float32", dx);
  });
}
