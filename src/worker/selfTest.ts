// The self-test inside a worker: fetches reference files, runs them on one backend, and tells the page after each.
import { runGoldenCase } from "../golden/run";
import { setUpBackend } from "../training/backends";
import { tf } from "../training/tensors";
import { describeError } from "./errors";
import type {
  BackendName,
  SelfTestCase,
  SelfTestMessage,
  SelfTestRequest,
  SelfTestResult,
} from "./selfTestProtocol";

async function load(address: string): Promise<unknown> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`the server answered ${response.status}`);
  return response.json();
}

async function runCase(
  { name, address }: SelfTestCase,
  backend: BackendName,
): Promise<SelfTestResult> {
  let content: unknown;
  try {
    content = await load(address);
  } catch (error) {
    const detail = `its file could not be loaded: ${describeError(error).message}`;
    const nothing = {
      what: null,
      family: null,
      error: null,
      limit: null,
      compared: 0,
      replayed: null,
      milliseconds: 0,
    };
    return { name, outcome: "not loaded", detail, ...nothing };
  }
  const started = performance.now();
  const result = await runGoldenCase(name, content, backend);
  const milliseconds = performance.now() - started;
  const { what } = content as { readonly what?: unknown };
  return { ...result, what: typeof what === "string" ? what : null, milliseconds };
}

/** Runs all cases of a request, whatever becomes of the single one, and posts after each. Ends with "done" or "failed". */
export async function runSelfTest(
  { backend, cases, wasmUrl }: SelfTestRequest,
  post: (message: SelfTestMessage) => void,
): Promise<void> {
  try {
    const { device, software } = await setUpBackend(backend, { wasmFolder: wasmUrl });
    post({ event: "ready", device, software, version: tf.version_core });
    for (const one of cases) post({ event: "result", result: await runCase(one, backend) });
    post({ event: "done" });
  } catch (error) {
    post({ event: "failed", message: describeError(error).message });
  }
}
