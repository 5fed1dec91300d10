// Sets the engine up in Node: where the WASM files lie, which backends exist, how to wait.
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, sep } from "node:path";
import type { BackendName } from "../training/backends/backend";

/** Folder of the WASM binaries, ending in a separator. */
export function wasmFolder(): string {
  const require = createRequire(join(process.cwd(), "package.json"));
  for (const base of [import.meta.dirname, process.cwd()]) {
    let folder = base;
    while (dirname(folder) !== folder) {
      const candidate = join(folder, "node_modules", "@tensorflow", "tfjs-backend-wasm", "dist");
      if (existsSync(candidate)) return candidate + sep;
      folder = dirname(folder);
    }
  }
  return dirname(require.resolve("@tensorflow/tfjs-backend-wasm")) + sep;
}

/** Hands Node a WebGPU implementation (the npm package "webgpu") when one is installed. @returns true when there is one. */
export async function provideWebgpu(): Promise<boolean> {
  try {
    const name = "webgpu";
    const { create, globals } = (await import(/* @vite-ignore */ name)) as {
      create(options: string[]): GPU;
      globals: Record<string, unknown>;
    };
    Object.assign(globalThis, globals);
    const gpu = create([]);
    Object.defineProperty(globalThis, "navigator", {
      value: { ...globalThis.navigator, gpu, userAgent: "node" },
      configurable: true,
    });
    // tfjs looks for a page or a worker before it believes in WebGPU.
    (globalThis as { WorkerGlobalScope?: unknown }).WorkerGlobalScope ??= class {};
    return true;
  } catch {
    return false;
  }
}

/** Backends that can exist in Node. */
export const nodeBackends: readonly BackendName[] = ["wasm", "cpu"];

/** Lets the event loop turn, so that Ctrl-C and timers work. */
export const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
