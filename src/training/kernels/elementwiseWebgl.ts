// Element-wise programs on WebGL: one draw for each result, instead of one for each operation.
import { printGlsl, vectorName } from "../elementwise/glsl";
import { type Program, restrict } from "../elementwise/program";
import { tf } from "../tensors";
import { type DeviceAttributes, elementwiseOnDeviceKernel } from "./elementwise";
import type { WebglBackend } from "./webglBackend";

const parts = new Map<string, readonly Program[]>();

/** One program for each result: a draw writes only one. */
function partsOf(program: Program): readonly Program[] {
  const known = parts.get(program.key);
  if (known) return known;
  const found = program.results.map(([name]) => restrict(program, [name]));
  parts.set(program.key, found);
  return found;
}

function shader(program: Program, length: number) {
  return {
    variableNames: program.vectors.map((_, index) => vectorName(index)),
    outputShape: [length],
    packedInputs: true,
    packedOutput: true,
    customUniforms: program.scalars.map((name) => ({ name, type: "float" })),
    userCode: printGlsl(program, length),
  };
}

/** Registers the operation for the WebGL backend (version 2 only); again is harmless. */
export function registerElementwiseWebgl(): void {
  if (tf.getKernel(elementwiseOnDeviceKernel, "webgl")) return;
  tf.registerKernel({
    kernelName: elementwiseOnDeviceKernel,
    backendName: "webgl",
    kernelFunc: ({ inputs, attrs, backend }) => {
      const { program, hyperparameters } = attrs as unknown as DeviceAttributes;
      const vectors = inputs as Record<string, tf.TensorInfo>;
      return partsOf(program).map((part) => {
        const given = part.vectors.map((name) => vectors[name] as tf.TensorInfo);
        const [length] = (given[0] as tf.TensorInfo).shape as [number];
        const uniforms = part.scalars.map((name) => [hyperparameters.number(name)]);
        return (backend as WebglBackend).compileAndRun(
          shader(part, length),
          given,
          "float32",
          uniforms,
        );
      });
    },
  });
}
