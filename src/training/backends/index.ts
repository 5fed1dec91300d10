// Registry of the backends: each is loaded only when asked for, checked, and never trusted by name.
import { tf } from "../tensors";
import {
  type BackendFacts,
  type BackendName,
  BackendUnavailableError,
  backendTitles,
} from "./backend";
import { noWebAssembly } from "./probe";
import { selfTest } from "./selfTest";

export * from "./backend";

export interface BackendOptions {
  /** Address or path of the folder with the .wasm files, ending in "/". */
  readonly wasmFolder: string;
}

const loaders: Readonly<Record<BackendName, (options: BackendOptions) => Promise<BackendFacts>>> = {
  webgpu: async () => (await import("./webgpu")).setUpWebgpu(),
  webgl: async () => (await import("./webgl")).setUpWebgl(),
  wasm: async ({ wasmFolder }) => {
    // Some of its code asks for WebAssembly while it is loaded.
    if (typeof WebAssembly === "undefined") throw new BackendUnavailableError(noWebAssembly);
    return (await import("./wasm")).setUpWasm(wasmFolder);
  },
  cpu: async () => (await import("./cpu")).setUpCpu(),
};

const ready = new Map<BackendName, BackendFacts>();

/** Has every backend checked anew when it is next set up. */
export function forgetBackends(): void {
  ready.clear();
}

/**
 * Loads a backend, makes it the current one and checks its gradients.
 * @throws BackendUnavailableError when the machine lacks it or its results are wrong.
 */
export async function setUpBackend(
  name: BackendName,
  options: BackendOptions,
): Promise<BackendFacts> {
  const known = ready.get(name);
  if (known) {
    await tf.setBackend(name);
    return known;
  }
  tf.enableProdMode();
  const facts = await load(name, options);
  if (!(await tf.setBackend(name)))
    throw new BackendUnavailableError(`${backendTitles[name]} could not be started.`);
  await tf.ready();
  const problem = await tested();
  if (problem) throw new BackendUnavailableError(`${backendTitles[name]} was dropped: ${problem}.`);
  ready.set(name, facts);
  return facts;
}

/** @throws BackendUnavailableError in words, whatever the browser or the library threw */
async function load(name: BackendName, options: BackendOptions): Promise<BackendFacts> {
  try {
    return await loaders[name](options);
  } catch (error) {
    if (error instanceof BackendUnavailableError) throw error;
    throw new BackendUnavailableError(`${backendTitles[name]} could not be started here.`);
  }
}

/** What the check finds wrong; an operation that fails in it is as bad as one that computes wrong. */
async function tested(): Promise<string | null> {
  try {
    return await selfTest();
  } catch {
    return "it failed while its gradients were checked";
  }
}
