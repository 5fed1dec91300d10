// The WebAssembly backend, with the kernels that it lacks for training or has too slow.
import { getThreadsCount, setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { registerElementwiseWasm } from "../kernels/elementwiseWasm";
import { registerNormalizeWasm } from "../kernels/normalizeWasm";
import { registerSeededValuesWasm } from "../kernels/seededValuesWasm";
import { registerCrossEntropyWasm } from "../kernels/softmaxCrossEntropyHere";
import { registerStatisticsHere } from "../kernels/statisticsHere";
import { installWasmConvolution } from "../kernels/wasmConvolution";
import { installWasmCopies } from "../kernels/wasmCopies";
import { installWasmMatMul } from "../kernels/wasmMatMul";
import { hasMultiplyAdd } from "../kernels/wasmMemory";
import { installWasmPooling } from "../kernels/wasmPooling";
import { installWasmSums } from "../kernels/wasmSums";
import { watchWasmBackends, watchWasmKernels } from "../kernels/wasmWork";
import { tf } from "../tensors";
import type { BackendFacts } from "./backend";
import { canUseThreads } from "./threads";

/**
 * Registers the backend.
 * @param folder address or path of the folder with the .wasm files, ending in "/".
 */
export async function setUpWasm(folder: string): Promise<BackendFacts> {
  setWasmPaths(folder);
  tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", await canUseThreads());
  watchWasmBackends();
  installWasmPooling();
  installWasmCopies();
  registerSeededValuesWasm();
  registerCrossEntropyWasm();
  registerStatisticsHere("wasm");
  await tf.setBackend("wasm");
  const simd = await tf.env().getAsync("WASM_HAS_SIMD_SUPPORT");
  if (simd) {
    installWasmMatMul();
    installWasmConvolution();
    installWasmSums();
    registerNormalizeWasm();
    registerElementwiseWasm();
  }
  watchWasmKernels();
  return { device: simd ? deviceText() : null, software: false, maximumTensorBytes: 1_000_000_000 };
}

function deviceText(): string {
  const threads = tf.env().getBool("WASM_HAS_MULTITHREAD_SUPPORT") ? getThreadsCount() : 1;
  const features = ["SIMD", ...(hasMultiplyAdd() ? ["fused multiply-add"] : [])];
  return [...features, ...(threads > 1 ? [`${threads} threads`] : [])].join(", ");
}
