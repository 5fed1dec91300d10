// The WebAssembly backend, with the kernels that it lacks for training or has too slow; with less where a browser offers less.
import { getThreadsCount, setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { registerElementwiseWasm } from "../kernels/elementwiseWasm";
import { registerNormalizeWasm } from "../kernels/normalizeWasm";
import { registerSeededValuesWasm } from "../kernels/seededValuesWasm";
import { registerCrossEntropyWasm } from "../kernels/softmaxCrossEntropyHere";
import { registerStatisticsHere } from "../kernels/statisticsHere";
import { installFilterGradient, installWasmConvolution } from "../kernels/wasmConvolution";
import { installWasmCopies } from "../kernels/wasmCopies";
import { installWasmMatMul } from "../kernels/wasmMatMul";
import { hasMultiplyAdd, runsVectors } from "../kernels/wasmMemory";
import { installWasmPooling } from "../kernels/wasmPooling";
import { installWasmSums } from "../kernels/wasmSums";
import { watchWasmBackends, watchWasmKernels } from "../kernels/wasmWork";
import { tf } from "../tensors";
import { type BackendFacts, BackendUnavailableError } from "./backend";
import { whyOneThread } from "./threads";
import { whyUnusable } from "./wasmFiles";

/** What the library's binaries make use of, from the fastest to the one that runs everywhere. */
interface Rung {
  readonly file: string;
  readonly simd: boolean;
  readonly threads: boolean;
}

const rungs: readonly Rung[] = [
  { file: "tfjs-backend-wasm-threaded-simd.wasm", simd: true, threads: true },
  { file: "tfjs-backend-wasm-simd.wasm", simd: true, threads: false },
  { file: "tfjs-backend-wasm.wasm", simd: false, threads: false },
];

/** What is said of a rung that could not be taken. */
const without = ({ threads }: Rung, why: string) =>
  `${threads ? "One thread" : "Without SIMD, so slower"}: ${why}.`;

/**
 * Registers the backend: with threads, else with one, else without SIMD.
 * @param folder address or path of the folder with the .wasm files, ending in "/".
 * @throws BackendUnavailableError where none of the files can be used; it says why for each.
 */
export async function setUpWasm(folder: string): Promise<BackendFacts> {
  namePaths(folder);
  watchWasmBackends();
  const notes: string[] = [];
  const failures: string[] = [];
  const simd = runsVectors();
  for (const rung of rungs) {
    const why = await whyNot(rung, simd, folder);
    if (why === null) {
      installKernels(rung.simd);
      return facts(rung, notes);
    }
    failures.push(why);
    notes.push(without(rung, why));
  }
  throw new BackendUnavailableError(
    `WASM could not be started: ${[...new Set(failures)].join("; ")}.`,
  );
}

let pathsNamed = false;

/** Tells the library where its files are; it takes no further paths once a start has failed. */
function namePaths(folder: string): void {
  if (pathsNamed) return;
  pathsNamed = true;
  setWasmPaths(Object.fromEntries(rungs.map(({ file }) => [file, folder + file])));
}

/** Starts the library with a rung's binary. @returns why it does not run, null when it does */
async function whyNot(rung: Rung, simd: boolean, folder: string): Promise<string | null> {
  if (rung.threads) {
    const why = await whyOneThread();
    if (why !== null) return why;
  }
  if (rung.simd && !simd) return "this browser's WebAssembly has no vector instructions";
  tf.env().set("WASM_HAS_SIMD_SUPPORT", rung.simd);
  tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", rung.threads);
  if (await tf.setBackend("wasm")) return null;
  return (await whyUnusable(folder, rung.file)) ?? `this browser could not start ${rung.file}`;
}

/** Kernels of our own; most compute with vectors and leave the library's in place without them. */
function installKernels(simd: boolean): void {
  installWasmPooling();
  installWasmCopies();
  registerSeededValuesWasm();
  registerCrossEntropyWasm();
  registerStatisticsHere("wasm");
  if (simd) {
    installWasmMatMul();
    installWasmConvolution();
    installWasmSums();
    registerNormalizeWasm();
    registerElementwiseWasm();
  } else installFilterGradient();
  watchWasmKernels();
}

function facts({ simd, threads }: Rung, notes: readonly string[]): BackendFacts {
  const count = threads ? getThreadsCount() : 1;
  const features = simd ? ["SIMD", ...(hasMultiplyAdd() ? ["fused multiply-add"] : [])] : [];
  const device = [...features, ...(count > 1 ? [`${count} threads`] : [])].join(", ");
  return { device: device || null, software: false, maximumTensorBytes: 1_000_000_000, notes };
}
