// Which backends this browser offers at all, before anything is loaded; what a card can do shows when it is tried.
import type { BackendName } from "../../worker/selfTestProtocol";

const checks: Readonly<Record<BackendName, () => string | null>> = {
  webgpu: () =>
    navigator.gpu ? null : "This browser offers no WebGPU (it needs https or localhost).",
  webgl: () =>
    document.createElement("canvas").getContext("webgl2")
      ? null
      : "This browser offers no WebGL 2.",
  wasm: () => (typeof WebAssembly === "object" ? null : "This browser offers no WebAssembly."),
  cpu: () => null,
};

/** Why a backend cannot be had here, or null when it can be tried. */
export function whyUnavailable(backend: BackendName): string | null {
  return checks[backend]();
}
