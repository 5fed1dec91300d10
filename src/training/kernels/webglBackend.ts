// The inside of TensorFlow.js' WebGL backend, as far as our kernels reach into it (pinned at 4.22.0).
import type { tf } from "../tensors";

/** A fragment shader. What a program leaves out is false or empty. */
export interface WebglProgram {
  /** Inputs in order: the shader reads `Name` with `getName(…)`. */
  readonly variableNames: readonly string[];
  readonly outputShape: readonly number[];
  /** Inputs lie two by two in a texel; the backend packs or unpacks what does not, with a draw each. */
  readonly packedInputs?: boolean;
  readonly packedOutput?: boolean;
  readonly customUniforms?: readonly { readonly name: string; readonly type: string }[];
  readonly userCode: string;
}

export interface WebglBackend {
  compileAndRun(
    program: WebglProgram,
    inputs: readonly tf.TensorInfo[],
    dtype: "float32",
    uniforms?: readonly (readonly number[])[],
  ): tf.TensorInfo;
  /** A copy two by two in texels. */
  packTensor(tensor: tf.TensorInfo): tf.TensorInfo;
  readonly texData: {
    get(id: tf.TensorInfo["dataId"]): { readonly isPacked?: boolean; readonly texture?: unknown };
  };
  disposeIntermediateTensorInfo(info: tf.TensorInfo): void;
}
