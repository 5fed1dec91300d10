// Runs shaders of our own with several results on the WebGPU backend's device, in line with the backend's own commands.
import type { DeviceBackend } from "../replay/device";
import { bufferOf } from "../replay/device";
import { tf } from "../tensors";

export interface DeviceProgram {
  /** Tells programs apart: equal keys mean equal code. */
  readonly key: string;
  /** WGSL with the entry point `main`. Bindings of group 0: inputs, read only, then results. */
  readonly code: () => string;
}

export interface ResultShape {
  readonly shape: readonly number[];
  readonly dtype: "float32" | "int32";
}

/** Declares vectors in the order in which they are bound. */
export const printBindings = (inputs: readonly string[], results: readonly string[]) =>
  [...inputs, ...results]
    .map((name, index) => {
      const access = index < inputs.length ? "read" : "read_write";
      return `@group(0) @binding(${index}) var<storage, ${access}> ${name} : array<f32>;`;
    })
    .join("\n");

/**
 * Compilers may assume that all numbers are finite: bits tell what is not, and NaN is made from a condition that they
 * cannot foresee (they refuse a constant).
 */
export const finiteness = `
fn isFinite(value : f32) -> bool { return (bitcast<u32>(value) & 0x7f800000u) != 0x7f800000u; }
fn notANumberIf(condition : bool, value : f32) -> f32 {
  return select(value, bitcast<f32>(0x7fc00000u | u32(condition)), condition);
}`;

/** Programs kept ready, for sizes change with each network: the one not used for longest is compiled again when it is. */
const mostPipelines = 128;

const pipelines = new WeakMap<GPUDevice, Map<string, GPUComputePipeline>>();

function pipelineOf(device: GPUDevice, { key, code }: DeviceProgram): GPUComputePipeline {
  const known = pipelines.get(device) ?? new Map<string, GPUComputePipeline>();
  pipelines.set(device, known);
  const before = known.get(key);
  if (before) {
    known.delete(key);
    known.set(key, before);
    return before;
  }
  const module = device.createShaderModule({ code: code(), label: key });
  const pipeline = device.createComputePipeline({
    layout: "auto",
    compute: { module, entryPoint: "main" },
    label: key,
  });
  known.set(key, pipeline);
  if (known.size > mostPipelines) known.delete(known.keys().next().value as string);
  return pipeline;
}

/**
 * A tensor of floats whose values are floats: this backend casts integers by giving them another name, and its own programs
 * convert them as they read. The caller disposes what is another tensor than the one given.
 */
function asFloats(backend: DeviceBackend, tensor: tf.TensorInfo): tf.TensorInfo {
  const { dtype } = backend.tensorMap.get(tensor.dataId);
  if (tensor.dtype !== "float32" || dtype === "float32") return tensor;
  const one = backend.makeTensorInfo([], "float32", Float32Array.of(1));
  const multiply = tf.getKernel("Multiply", "webgpu") as tf.KernelConfig;
  const inputs = { a: tensor, b: one };
  const result = multiply.kernelFunc({ inputs, attrs: {}, backend }) as tf.TensorInfo;
  backend.disposeData(one.dataId);
  return result;
}

/**
 * Encodes one dispatch. @param given inputs. @param groups workgroups in x and y. @returns new tensors on the device.
 * Every binding must be used by the code, or the device refuses the layout.
 */
export function runDeviceProgram(
  backend: DeviceBackend,
  program: DeviceProgram,
  given: readonly tf.TensorInfo[],
  results: readonly ResultShape[],
  groups: readonly [number, number],
): tf.TensorInfo[] {
  const inputs = given.map((tensor) => asFloats(backend, tensor));
  const outputs = results.map(({ shape, dtype }) => backend.makeTensorInfo(shape, dtype));
  const bound = [...inputs, ...outputs];
  const pipeline = pipelineOf(backend.device, program);
  const group = backend.device.createBindGroup({
    layout: pipeline.getBindGroupLayout(0),
    entries: bound.map((tensor, binding) => ({
      binding,
      resource: { buffer: bufferOf(backend, tensor) },
    })),
  });
  for (const { dataId } of bound) backend.commandQueueOwnedIds.add(dataId);
  backend.ensureCommandEncoderReady();
  backend.computePassEncoder ??= backend.commandEncoder?.beginComputePass() ?? null;
  const pass = backend.computePassEncoder;
  pass?.setPipeline(pipeline);
  pass?.setBindGroup(0, group);
  pass?.dispatchWorkgroups(...groups);
  backend.dispatchCountInPass++;
  if (backend.dispatchCountInPass >= tf.env().getNumber("WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE")) {
    backend.endComputePassEncoder();
    backend.submitQueue();
  }
  inputs.forEach((tensor, index) => {
    if (tensor !== given[index]) backend.disposeData(tensor.dataId);
  });
  return outputs;
}

/** Workgroups in x and y for so many of them in all: a device takes at most 65535 in each direction. */
export function spread(groups: number): readonly [number, number] {
  const rows = Math.ceil(groups / 65_535);
  return [Math.ceil(groups / rows), rows];
}
