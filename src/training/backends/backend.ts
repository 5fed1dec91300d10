// What a backend is to the rest of the engine.
export const backendNames = ["webgpu", "webgl", "wasm", "cpu"] as const;
export type BackendName = (typeof backendNames)[number];

/** By the names that people know. */
export const backendTitles: Readonly<Record<BackendName, string>> = {
  webgpu: "WebGPU",
  webgl: "WebGL",
  wasm: "WASM",
  cpu: "plain JavaScript",
};

export type BackendChoice = BackendName | "auto";

export interface BackendFacts {
  /** Graphics card or processor features, where known. */
  readonly device: string | null;
  /** True for a graphics adapter emulated on the processor. */
  readonly software: boolean;
  /** Largest single tensor that it can hold, in bytes. */
  readonly maximumTensorBytes: number;
  /** What it does without here, in sentences for the page. */
  readonly notes: readonly string[];
}

/** Values can be read without waiting: the backend computes where JavaScript runs. */
export function readsAtOnce(name: BackendName): boolean {
  return name === "cpu" || name === "wasm";
}

/** Adapter and renderer names that mean emulation on the processor. */
export function looksLikeSoftware(text: string): boolean {
  return /swiftshader|llvmpipe|lavapipe|basic render|software/i.test(text);
}

/** A backend that this machine does not offer, in words for the page. */
export class BackendUnavailableError extends Error {
  override readonly name = "BackendUnavailableError";
}
