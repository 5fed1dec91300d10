// The WebGPU backend on a device of our own, so that limits, loss and later recording of commands are in our hands.
import { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import { registerElementwiseWebgpu } from "../kernels/elementwiseWebgpu";
import { registerNormalizeWebgpu } from "../kernels/normalizeWebgpu";
import { registerSeededValuesWebgpu } from "../kernels/seededValuesWebgpu";
import { registerCrossEntropyWebgpu } from "../kernels/softmaxCrossEntropyWebgpu";
import { registerStatisticsWebgpu } from "../kernels/statisticsWebgpu";
import { tf } from "../tensors";
import { type BackendFacts, BackendUnavailableError } from "./backend";
import { adapterName, isSoftwareAdapter, noAdapter, noWebgpu } from "./probe";

const limitNames = [
  "maxComputeWorkgroupStorageSize",
  "maxComputeWorkgroupsPerDimension",
  "maxStorageBufferBindingSize",
  "maxStorageBuffersPerShaderStage",
  "maxBufferSize",
  "maxComputeWorkgroupSizeX",
  "maxComputeInvocationsPerWorkgroup",
] as const;

/** Commands held back before they are sent; the stock 15 spends most of a small step on sending. */
const deferredCommands = 1000;

/** Registers the backend on a new device. @throws BackendUnavailableError where there is no adapter. */
export async function setUpWebgpu(): Promise<BackendFacts> {
  const gpu = (globalThis.navigator as Navigator | undefined)?.gpu;
  if (!gpu) throw new BackendUnavailableError(noWebgpu);
  const adapter = await gpu.requestAdapter({ powerPreference: "high-performance" });
  if (!adapter) throw new BackendUnavailableError(noAdapter);
  const requiredLimits = Object.fromEntries(limitNames.map((name) => [name, adapter.limits[name]]));
  const device = await adapter.requestDevice({ requiredLimits });
  tf.env().set("WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE", deferredCommands);
  // tfjs registers a backend with a device of its own when it is imported.
  if (tf.findBackendFactory("webgpu")) tf.removeBackend("webgpu");
  tf.registerBackend("webgpu", () => new WebGPUBackend(device, adapter.info as never), 3);
  registerSeededValuesWebgpu();
  registerElementwiseWebgpu();
  registerNormalizeWebgpu();
  registerStatisticsWebgpu();
  registerCrossEntropyWebgpu();
  if (!(await tf.setBackend("webgpu")))
    throw new BackendUnavailableError("WebGPU could not be started.");
  return {
    device: adapterName(adapter) || null,
    software: isSoftwareAdapter(adapter),
    maximumTensorBytes: device.limits.maxStorageBufferBindingSize,
    notes: [],
  };
}
