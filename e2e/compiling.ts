// Counts what a worker compiles: pipelines on WebGPU, programs on WebGL, modules on WASM. Counted at the browser's own doors.
import type { Page, Worker } from "@playwright/test";

export interface Compiled {
  pipelines: number;
  programs: number;
  modules: number;
}

/** The worker of the run on the page. */
export function theWorker(page: Page): Worker {
  const worker = page.workers().findLast((one) => one.url().includes("engine.worker"));
  if (!worker) throw new Error("The page has no engine.");
  return worker;
}

/** Counts from now on. */
export async function countCompiling(worker: Worker): Promise<void> {
  await worker.evaluate(() => {
    const counts = { pipelines: 0, programs: 0, modules: 0 };
    Object.assign(globalThis, { compiled: counts });
    /** Puts a count in front of a function of an object. */
    const watch = (holder: object | undefined, name: string, count: () => void) => {
      const held = holder as Record<string, (...values: unknown[]) => unknown> | undefined;
      const original = held?.[name];
      if (!held || !original) return;
      held[name] = function (this: unknown, ...values: unknown[]) {
        count();
        return original.apply(this, values);
      };
    };
    const device = (globalThis as { GPUDevice?: { prototype: object } }).GPUDevice?.prototype;
    watch(device, "createComputePipeline", () => counts.pipelines++);
    watch(device, "createComputePipelineAsync", () => counts.pipelines++);
    watch(globalThis.WebGL2RenderingContext?.prototype, "linkProgram", () => counts.programs++);
    watch(WebAssembly, "compile", () => counts.modules++);
    watch(WebAssembly, "instantiate", () => counts.modules++);
    watch(WebAssembly, "instantiateStreaming", () => counts.modules++);
    WebAssembly.Module = new Proxy(WebAssembly.Module, {
      construct(target, values) {
        counts.modules++;
        return Reflect.construct(target, values);
      },
    });
  });
}

/** What was compiled since. */
export function compiled(worker: Worker): Promise<Compiled> {
  return worker.evaluate(() => ({
    ...(globalThis as unknown as { compiled: Compiled }).compiled,
  }));
}
