// The dropout mask on WebGL: the same integer hash in GLSL ES 3.00.
import { tf } from "../tensors";
import { type DropoutMaskAttributes, dropoutMaskKernel } from "./dropoutMask";

interface WebglBackend {
  compileAndRun(
    program: unknown,
    inputs: tf.TensorInfo[],
    dtype: "float32",
    uniforms?: number[][],
  ): tf.TensorInfo;
  disposeIntermediateTensorInfo(info: tf.TensorInfo): void;
}

/** pcg4d, line by line as in data/random.ts. */
const hash = `
  uvec4 pcg4d(uvec4 v) {
    v = v * 1664525u + 1013904223u;
    v.x += v.y * v.w; v.y += v.z * v.x; v.z += v.x * v.y; v.w += v.y * v.z;
    v = v ^ (v >> 16u);
    v.x += v.y * v.w; v.y += v.z * v.x; v.z += v.x * v.y; v.w += v.y * v.z;
    return v;
  }`;

function program(size: number) {
  return {
    variableNames: ["counter", "rate"],
    outputShape: [size],
    customUniforms: [{ name: "stream", type: "int" }],
    userCode: `${hash}
  void main() {
    int index = getOutputCoords();
    uint seed = (uint(getCounter(1)) << 16u) | uint(getCounter(0));
    uvec4 words = pcg4d(uvec4(seed, uint(stream), uint(getCounter(2)), uint(index) >> 2u));
    float uniformValue = float(words[index & 3] >> 8u) / 16777216.0;
    float rateValue = getRate();
    setOutput(uniformValue < rateValue ? 0.0 : 1.0 / (1.0 - rateValue));
  }`,
  };
}

/** Registers the operation for the WebGL backend (version 2 only); again is harmless. */
export function registerDropoutMaskWebgl(): void {
  if (tf.getKernel(dropoutMaskKernel, "webgl")) return;
  tf.registerKernel({
    kernelName: dropoutMaskKernel,
    backendName: "webgl",
    kernelFunc: ({ inputs, attrs, backend }) => {
      const webgl = backend as WebglBackend;
      const { counter, rate } = inputs as { counter: tf.TensorInfo; rate: tf.TensorInfo };
      const { shape, stream } = attrs as unknown as DropoutMaskAttributes;
      const size = tf.util.sizeFromShape(shape as number[]);
      const flat = webgl.compileAndRun(program(size), [counter, rate], "float32", [[stream]]);
      const reshape = tf.getKernel("Reshape", "webgl");
      const result = reshape?.kernelFunc({
        inputs: { x: flat },
        attrs: { shape: shape as number[] },
        backend: webgl,
      }) as tf.TensorInfo;
      webgl.disposeIntermediateTensorInfo(flat);
      return result;
    },
  });
}
