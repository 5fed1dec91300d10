// Seeded random values on WebGL: the same integer hash in GLSL ES 3.00.
import { tf } from "../tensors";
import {
  centreCoefficients,
  type Distribution,
  printPolynomial,
  type SeededValuesAttributes,
  seededValuesKernel,
  tailCoefficients,
} from "./seededValues";
import type { WebglBackend } from "./webglBackend";

/** pcg4d, line by line as in data/random.ts. */
const hash = `
  uvec4 pcg4d(uvec4 v) {
    v = v * 1664525u + 1013904223u;
    v.x += v.y * v.w; v.y += v.z * v.x; v.z += v.x * v.y; v.w += v.y * v.z;
    v = v ^ (v >> 16u);
    v.x += v.y * v.w; v.y += v.z * v.x; v.z += v.x * v.y; v.w += v.y * v.z;
    return v;
  }`;

/** The value of each distribution from `word`, 32 random bits, and the parameter p. */
const expressions: Readonly<Record<Distribution, string>> = {
  mask: "float(word >> 8u) / 16777216.0 < p ? 0.0 : 1.0 / (1.0 - p)",
  normal: "p * normalQuantile((float(word >> 9u) + 0.5) / 8388608.0)",
};

const quantile = `
  float normalQuantile(float u) {
    float w = -log(4.0 * u * (1.0 - u));
    float c = w - 2.5;
    float t = sqrt(max(w, 0.0)) - 3.0;
    float polynomial = w < 5.0
      ? ${printPolynomial(centreCoefficients, "c")}
      : ${printPolynomial(tailCoefficients, "t")};
    return ${Math.SQRT2} * polynomial * (2.0 * u - 1.0);
  }`;

function program(size: number, distribution: Distribution) {
  return {
    variableNames: ["counter", "parameter"],
    outputShape: [size],
    customUniforms: [{ name: "stream", type: "int" }],
    userCode: `${hash}${quantile}
  void main() {
    int index = getOutputCoords();
    uint seed = (uint(getCounter(1)) << 16u) | uint(getCounter(0));
    uvec4 words = pcg4d(uvec4(seed, uint(stream), uint(getCounter(2)), uint(index) >> 2u));
    uint word = words[index & 3];
    float p = getParameter();
    setOutput(${expressions[distribution]});
  }`,
  };
}

/** Registers the operation for the WebGL backend (version 2 only); again is harmless. */
export function registerSeededValuesWebgl(): void {
  if (tf.getKernel(seededValuesKernel, "webgl")) return;
  tf.registerKernel({
    kernelName: seededValuesKernel,
    backendName: "webgl",
    kernelFunc: ({ inputs, attrs, backend }) => {
      const webgl = backend as WebglBackend;
      const { counter, parameter } = inputs as { counter: tf.TensorInfo; parameter: tf.TensorInfo };
      const { shape, stream, distribution } = attrs as unknown as SeededValuesAttributes;
      const size = tf.util.sizeFromShape(shape as number[]);
      const flat = webgl.compileAndRun(
        program(size, distribution),
        [counter, parameter],
        "float32",
        [[stream]],
      );
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
