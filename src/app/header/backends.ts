// The backends by the names that people know, in the order of hope.
import type { BackendName } from "../../worker/protocol";

export const backendTitles: Readonly<Record<BackendName, string>> = {
  webgpu: "WebGPU",
  webgl: "WebGL",
  wasm: "WASM",
  cpu: "Plain JavaScript",
};

export const backendOrder: readonly BackendName[] = ["webgpu", "webgl", "wasm", "cpu"];
