// The WebGL backend, for graphics cards without WebGPU.
import { type GPGPUContext, webgl_util } from "@tensorflow/tfjs-backend-webgl";
import { registerElementwiseWebgl } from "../kernels/elementwiseWebgl";
import { registerNormalizeWebgl } from "../kernels/normalizeWebgl";
import { registerSeededValuesWebgl } from "../kernels/seededValuesWebgl";
import { registerCrossEntropyWebgl } from "../kernels/softmaxCrossEntropyWebgl";
import { registerStatisticsWebgl } from "../kernels/statisticsWebgl";
import { tf } from "../tensors";
import { type BackendFacts, BackendUnavailableError, looksLikeSoftware } from "./backend";
import { noWebgl, rendererName } from "./probe";

/** Textures beyond this are freed; the stock setting never frees any. */
const textureBudgetBytes = 512 * 1024 * 1024;

/** Registers the backend. @throws BackendUnavailableError without WebGL 2 or float32 textures. */
export async function setUpWebgl(): Promise<BackendFacts> {
  if (!webgl_util.isWebGLVersionEnabled(2)) {
    throw new BackendUnavailableError(noWebgl);
  }
  if (!tf.env().getBool("WEBGL_RENDER_FLOAT32_ENABLED")) {
    throw new BackendUnavailableError(
      "This graphics card computes with 16-bit numbers only: too coarse for training.",
    );
  }
  tf.env().set("WEBGL_DELETE_TEXTURE_THRESHOLD", textureBudgetBytes);
  registerSeededValuesWebgl();
  registerElementwiseWebgl();
  registerNormalizeWebgl();
  registerCrossEntropyWebgl();
  registerStatisticsWebgl();
  if (!(await tf.setBackend("webgl")))
    throw new BackendUnavailableError("WebGL could not be started.");
  const { gpgpu } = tf.backend() as unknown as { gpgpu: GPGPUContext };
  const device = rendererName(gpgpu.gl);
  return {
    device,
    software: looksLikeSoftware(device ?? ""),
    maximumTensorBytes: 256 * 1024 * 1024,
    notes: [],
  };
}
