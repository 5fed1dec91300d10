// Reference cases on the backends that run in Node.

import type { Tolerance } from "../golden/deviations";
import { type GoldenResult, runGoldenCase } from "../golden/run";
import { setUpBackend } from "../training/backends";
import type { BackendName } from "../training/backends/backend";
import { wasmFolder } from "./engine";
import type { GoldenFile } from "./golden";

/** Runs the cases one after the other. */
export async function runCasesHere(
  files: readonly GoldenFile[],
  backend: BackendName,
  tolerance: Tolerance,
): Promise<GoldenResult[]> {
  await setUpBackend(backend, { wasmFolder: wasmFolder() });
  const results: GoldenResult[] = [];
  for (const { name, content } of files)
    results.push(await runGoldenCase(name, content, tolerance));
  return results;
}
