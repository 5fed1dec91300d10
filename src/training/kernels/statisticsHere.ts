// Figures of weights on the backends of the processor: plain loops over the values where they lie, nothing is copied.

import type { tf } from "../tensors";
import { registerKernels } from "./register";
import type { WasmBackend } from "./wasmBackend";
import { computeWeightScalars, weightScalarsKernel } from "./weightScalars";
import {
  fillStatistics,
  type Segment,
  statisticsWidth,
  weightStatisticsKernel,
} from "./weightStatistics";

interface CpuBackend {
  readonly data: { get(id: object): { values: Float32Array } };
  makeTensorInfo(shape: number[], dtype: "float32", values: Float32Array): tf.TensorInfo;
}

/** How a backend lends the values of tensors and makes new ones. */
interface Memory {
  values(tensor: tf.TensorInfo): Float32Array;
  make(values: Float32Array): tf.TensorInfo;
}

const memories = {
  cpu: (backend: unknown): Memory => {
    const cpu = backend as CpuBackend;
    return {
      values: ({ dataId }) => cpu.data.get(dataId).values,
      make: (values) => cpu.makeTensorInfo([values.length], "float32", values),
    };
  },
  wasm: (backend: unknown): Memory => {
    const wasm = backend as WasmBackend;
    return {
      values: (tensor) => wasm.typedArrayFromHeap(tensor),
      make(values) {
        const made = wasm.makeOutput([values.length], "float32");
        wasm.typedArrayFromHeap(made).set(values);
        return made;
      },
    };
  },
} as const;

interface Call {
  readonly inputs: Readonly<Record<"weights" | "kernels" | "scope", tf.TensorInfo>>;
  readonly attrs: { readonly segments: Segment[] };
}

function statistics({ values, make }: Memory, { inputs, attrs }: Call): tf.TensorInfo {
  const weights = values(inputs.weights);
  const into = new Float32Array(attrs.segments.length * statisticsWidth);
  attrs.segments.forEach(({ offset, size, units }, index) => {
    fillStatistics(weights.subarray(offset, offset + size), units, into, index * statisticsWidth);
  });
  return make(into);
}

function scalars({ values, make }: Memory, { inputs }: Call): tf.TensorInfo {
  const { weights, kernels, scope } = inputs;
  const [w, k, s] = [values(weights), values(kernels), scope ? values(scope) : null];
  const found = computeWeightScalars(w, k, s);
  return make(found);
}

/** Registers the operations for cpu or wasm; again is harmless. */
export function registerStatisticsHere(backendName: keyof typeof memories): void {
  const memoryOf = memories[backendName];
  const inMemory =
    (compute: typeof statistics) =>
    (backend: unknown, inputs: Call["inputs"], attrs: Call["attrs"]) =>
      compute(memoryOf(backend), { inputs, attrs } as Call);
  registerKernels(backendName, {
    [weightStatisticsKernel]: inMemory(statistics),
    [weightScalarsKernel]: inMemory(scalars),
  });
}
