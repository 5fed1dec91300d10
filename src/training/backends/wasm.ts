// The WebAssembly backend, with the kernels that it lacks for training or has too slow.
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { registerElementwiseWasm } from "../kernels/elementwiseWasm";
import { registerSeededValuesWasm } from "../kernels/seededValuesWasm";
import { registerCrossEntropyWasm } from "../kernels/softmaxCrossEntropyHere";
import { registerStatisticsHere } from "../kernels/statisticsHere";
import { installWasmConvolution } from "../kernels/wasmConvolution";
import { installWasmCopies } from "../kernels/wasmCopies";
import { installWasmMatMul } from "../kernels/wasmMatMul";
import { installWasmPooling } from "../kernels/wasmPooling";
import { installWasmSums } from "../kernels/wasmSums";
import { tf } from "../tensors";
import type { BackendFacts } from "./backend";

/**
 * Registers the backend.
 * @param folder address or path of the folder with the .wasm files, ending in "/".
 */
export async function setUpWasm(folder: string): Promise<BackendFacts> {
  setWasmPaths(folder);
  installWasmMatMul();
  installWasmConvolution();
  installWasmPooling();
  installWasmCopies();
  installWasmSums();
  registerSeededValuesWasm();
  registerCrossEntropyWasm();
  registerStatisticsHere("wasm");
  await tf.setBackend("wasm");
  registerElementwiseWasm();
  const simd = await tf.env().getAsync("WASM_HAS_SIMD_SUPPORT");
  return { device: simd ? "SIMD" : null, software: false, maximumTensorBytes: 1_000_000_000 };
}
