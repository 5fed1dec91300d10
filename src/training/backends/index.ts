// Registry of the backends: each is loaded only when asked for, checked, and never trusted by name.
import { tf } from "../tensors";
import { type BackendFacts, type BackendName, BackendUnavailableError } from "./backend";
import { selfTest } from "./selfTest";

export * from "./backend";

export interface BackendOptions {
  /** Address or path of the folder with the .wasm files, ending in "/". */
  readonly wasmFolder: string;
}

const loaders: Readonly<Record<BackendName, (options: BackendOptions) => Promise<BackendFacts>>> = {
  webgpu: async () => (await import("./webgpu")).setUpWebgpu(),
  webgl: async () => (await import("./webgl")).setUpWebgl(),
  wasm: async ({ wasmFolder }) => (await import("./wasm")).setUpWasm(wasmFolder),
  cpu: async () => (await import("./cpu")).setUpCpu(),
};

const ready = new Map<BackendName, BackendFacts>();

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
  const facts = await loaders[name](options);
  if (!(await tf.setBackend(name)))
    throw new BackendUnavailableError(`${name} could not be started.`);
  await tf.ready();
  const problem = await selfTest();
  if (problem) throw new BackendUnavailableError(`${name} was dropped: ${problem}.`);
  ready.set(name, facts);
  return facts;
}
