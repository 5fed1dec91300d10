// The dropout mask on WebGPU: the same integer hash in WGSL.
import { getMainHeaderString as header } from "@tensorflow/tfjs-backend-webgpu/dist/webgpu_program";
import { tf } from "../tensors";
import { type DropoutMaskAttributes, dropoutMaskKernel } from "./dropoutMask";

interface WebgpuBackend {
  runWebGPUProgram(
    program: unknown,
    inputs: tf.TensorInfo[],
    dtype: "float32",
    uniforms: { type: string; data: number[] }[],
  ): tf.TensorInfo;
}

const workgroup = 64;

/** pcg4d, line by line as in data/random.ts. */
const hash = `
fn pcg4d(start : vec4<u32>) -> vec4<u32> {
  var v = start * 1664525u + 1013904223u;
  v.x += v.y * v.w; v.y += v.z * v.x; v.z += v.x * v.y; v.w += v.y * v.z;
  v = v ^ (v >> vec4<u32>(16u));
  v.x += v.y * v.w; v.y += v.z * v.x; v.z += v.x * v.y; v.w += v.y * v.z;
  return v;
}`;

function program(shape: readonly number[]) {
  const size = tf.util.sizeFromShape(shape as number[]);
  return {
    variableNames: ["counter", "rate"],
    uniforms: "stream : i32,",
    outputShape: shape as number[],
    shaderKey: "regularizationDropoutMask",
    dispatchLayout: { x: shape.map((_, axis) => axis) },
    dispatch: [Math.ceil(size / workgroup), 1, 1],
    workgroupSize: [workgroup, 1, 1],
    size: true,
  };
}

/** Registers the operation for the WebGPU backend; again is harmless. */
export function registerDropoutMaskWebgpu(): void {
  if (tf.getKernel(dropoutMaskKernel, "webgpu")) return;
  const code = `${hash}
${header("index")} {
  if (index < uniforms.size) {
    let seed = (u32(counter[1]) << 16u) | u32(counter[0]);
    let words = pcg4d(vec4<u32>(seed, u32(uniforms.stream), u32(counter[2]), u32(index) >> 2u));
    let uniformValue = f32(words[u32(index) & 3u] >> 8u) / 16777216.0;
    let rateValue = rate[0];
    setOutputAtIndex(index, select(1.0 / (1.0 - rateValue), 0.0, uniformValue < rateValue));
  }
}`;
  tf.registerKernel({
    kernelName: dropoutMaskKernel,
    backendName: "webgpu",
    kernelFunc: ({ inputs, attrs, backend }) => {
      const { counter, rate } = inputs as { counter: tf.TensorInfo; rate: tf.TensorInfo };
      const { shape, stream } = attrs as unknown as DropoutMaskAttributes;
      return (backend as WebgpuBackend).runWebGPUProgram(
        { ...program(shape), getUserCode: () => code },
        [counter, rate],
        "float32",
        [{ type: "int32", data: [stream] }],
      );
    },
  });
}
