// The plain JavaScript backend: slowest for real nets, fastest to start, and the measure of all others.
import "@tensorflow/tfjs-backend-cpu";
import { installCpuConvolution } from "../kernels/cpuConvolution";
import { installCpuMatMul } from "../kernels/cpuMatMul";
import { installCpuPooling } from "../kernels/cpuPooling";
import { installCpuTransform } from "../kernels/cpuTransform";
import { registerNormalizeCpu } from "../kernels/normalizeCpu";
import { registerSeededValuesCpu } from "../kernels/seededValuesCpu";
import { registerCrossEntropyCpu } from "../kernels/softmaxCrossEntropyHere";
import { registerStatisticsHere } from "../kernels/statisticsHere";
import type { BackendFacts } from "./backend";

/** Registers the backend; it needs nothing else. */
export async function setUpCpu(): Promise<BackendFacts> {
  registerSeededValuesCpu();
  registerCrossEntropyCpu();
  registerStatisticsHere("cpu");
  registerNormalizeCpu();
  installCpuTransform();
  installCpuConvolution();
  installCpuPooling();
  installCpuMatMul();
  return { device: null, software: false, maximumTensorBytes: Number.POSITIVE_INFINITY, notes: [] };
}
