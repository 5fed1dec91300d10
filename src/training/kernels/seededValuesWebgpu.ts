// Seeded random values on WebGPU: the same integer hash in WGSL.
import { getMainHeaderString as header } from "@tensorflow/tfjs-backend-webgpu/dist/webgpu_program";
import { tf } from "../tensors";
import {
  centreCoefficients,
  type Distribution,
  printPolynomial,
  type SeededValuesAttributes,
  seededValuesKernel,
  tailCoefficients,
} from "./seededValues";

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

/** The value of each distribution from `word`, 32 random bits, and the parameter p. */
const expressions: Readonly<Record<Distribution, string>> = {
  mask: "select(1.0 / (1.0 - p), 0.0, f32(word >> 8u) / 16777216.0 < p)",
  normal: "p * normalQuantile((f32(word >> 9u) + 0.5) / 8388608.0)",
};

const quantile = `
fn normalQuantile(u : f32) -> f32 {
  let w = -log(4.0 * u * (1.0 - u));
  let c = w - 2.5;
  let t = sqrt(max(w, 0.0)) - 3.0;
  let centre = ${printPolynomial(centreCoefficients, "c")};
  let tail = ${printPolynomial(tailCoefficients, "t")};
  return ${Math.SQRT2} * select(tail, centre, w < 5.0) * (2.0 * u - 1.0);
}`;

const userCode = (distribution: Distribution) => `${hash}${quantile}
${header("index")} {
  if (index < uniforms.size) {
    let seed = (u32(counter[1]) << 16u) | u32(counter[0]);
    let words = pcg4d(vec4<u32>(seed, u32(uniforms.stream), u32(counter[2]), u32(index) >> 2u));
    let word = words[u32(index) & 3u];
    let p = parameter[0];
    setOutputAtIndex(index, ${expressions[distribution]});
  }
}`;

function program(shape: readonly number[], distribution: Distribution) {
  const size = tf.util.sizeFromShape(shape as number[]);
  return {
    variableNames: ["counter", "parameter"],
    uniforms: "stream : i32,",
    outputShape: shape as number[],
    shaderKey: `regularizationSeededValues ${distribution}`,
    dispatchLayout: { x: shape.map((_, axis) => axis) },
    dispatch: [Math.ceil(size / workgroup), 1, 1],
    workgroupSize: [workgroup, 1, 1],
    size: true,
  };
}

/** Registers the operation for the WebGPU backend; again is harmless. */
export function registerSeededValuesWebgpu(): void {
  if (tf.getKernel(seededValuesKernel, "webgpu")) return;
  tf.registerKernel({
    kernelName: seededValuesKernel,
    backendName: "webgpu",
    kernelFunc: ({ inputs, attrs, backend }) => {
      const { counter, parameter } = inputs as { counter: tf.TensorInfo; parameter: tf.TensorInfo };
      const { shape, stream, distribution } = attrs as unknown as SeededValuesAttributes;
      return (backend as WebgpuBackend).runWebGPUProgram(
        { ...program(shape, distribution), getUserCode: () => userCode(distribution) },
        [counter, parameter],
        "float32",
        [{ type: "int32", data: [stream] }],
      );
    },
  });
}
