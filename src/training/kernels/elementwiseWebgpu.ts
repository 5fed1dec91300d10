// Element-wise programs on WebGPU: all results in one dispatch, or in two where the device binds too few buffers at once.
import { type Program, restrict } from "../elementwise/program";
import { printWgsl, workgroupSize } from "../elementwise/wgsl";
import type { DeviceBackend } from "../replay/device";
import { tf } from "../tensors";
import { runDeviceProgram, spread } from "./deviceProgram";
import { type DeviceAttributes, elementwiseOnDeviceKernel } from "./elementwise";

const parts = new Map<string, readonly Program[]>();

const bindings = ({ vectors, scalars, results }: Program) =>
  vectors.length + Math.min(1, scalars.length) + results.length;

/** Parts of a program that bind at most `most` buffers each: results are added to a part while they fit. */
export function splitProgram(program: Program, most: number): readonly Program[] {
  const found: Program[] = [];
  let names: readonly string[] = [];
  for (const [name] of program.results) {
    const wider = restrict(program, [...names, name]);
    if (names.length > 0 && bindings(wider) > most) {
      found.push(restrict(program, names));
      names = [name];
    } else names = [...names, name];
  }
  return [...found, restrict(program, names)];
}

function partsOf(program: Program, most: number): readonly Program[] {
  const key = `${most} ${program.key}`;
  const known = parts.get(key) ?? splitProgram(program, most);
  parts.set(key, known);
  return known;
}

/** Registers the operation for the WebGPU backend; again is harmless. */
export function registerElementwiseWebgpu(): void {
  if (tf.getKernel(elementwiseOnDeviceKernel, "webgpu")) return;
  tf.registerKernel({
    kernelName: elementwiseOnDeviceKernel,
    backendName: "webgpu",
    kernelFunc: ({ inputs, attrs, backend }) => {
      const device = backend as DeviceBackend;
      const { program, hyperparameters } = attrs as unknown as DeviceAttributes;
      const vectors = inputs as Record<string, tf.TensorInfo>;
      const found = new Map<string, tf.TensorInfo>();
      for (const part of partsOf(program, device.device.limits.maxStorageBuffersPerShaderStage)) {
        const given = part.vectors.map((name) => vectors[name] as tf.TensorInfo);
        const { shape } = given[0] as tf.TensorInfo;
        const results = part.results.map(() => ({ shape, dtype: "float32" as const }));
        const outputs = runDeviceProgram(
          device,
          { key: part.key, code: () => printWgsl(part) },
          part.scalars.length > 0 ? [...given, hyperparameters.vector()] : given,
          results,
          spread(Math.ceil(tf.util.sizeFromShape(shape) / workgroupSize)),
        );
        part.results.forEach(([name], index) => {
          found.set(name, outputs[index] as tf.TensorInfo);
        });
      }
      return program.results.map(([name]) => found.get(name) as tf.TensorInfo);
    },
  });
}
