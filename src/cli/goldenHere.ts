// Reference cases on the backends that run in Node.

import { runGoldenCase } from "../golden/run";
import { setUpBackend } from "../training/backends";
import type { BackendName } from "../training/backends/backend";
import { wasmFolder } from "./engine";
import type { GoldenFile, TimedResult } from "./goldenFiles";

/** Runs the cases one after the other. */
export async function runCasesHere(
  files: readonly GoldenFile[],
  backend: BackendName,
): Promise<TimedResult[]> {
  await setUpBackend(backend, { wasmFolder: wasmFolder() });
  const results: TimedResult[] = [];
  for (const { name, content } of files) {
    const started = performance.now();
    const result = await runGoldenCase(name, content, backend);
    results.push({ ...result, milliseconds: performance.now() - started });
  }
  return results;
}
