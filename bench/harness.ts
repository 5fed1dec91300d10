// A bare page that lends the engine to commands: reference cases and benchmarks that need a browser.

import { runGoldenCase } from "../src/golden/run";
import { setUpBackend } from "../src/training/backends";
import type { BackendName } from "../src/training/backends/backend";
import type { NormalizationCase } from "../src/training/kernels/normalizeComparison";
import { type CrossEntropyCase, compareCrossEntropies } from "./crossEntropyRun";
import { compareNormalizations } from "./normalizationRun";
import { compareOptimizers, type OptimizerCase } from "./optimizerRun";
import { compareRuns, type ReplayCase } from "./replayRun";
import { compareStatistics, measureLayerReads, type StatisticsCase } from "./statisticsRun";

const options = { wasmFolder: new URL("../wasm/", import.meta.url).href };

Object.assign(globalThis, {
  harness: {
    async golden(name: string, text: string, backend: BackendName) {
      await setUpBackend(backend, options);
      return runGoldenCase(name, JSON.parse(text), backend);
    },
    /** Takes optimizer steps as one program and operation by operation; see optimizerRun.ts. */
    async optimizers(cases: readonly OptimizerCase[], backend: BackendName) {
      await setUpBackend(backend, options);
      const figures = [];
      for (const held of cases) figures.push(await compareOptimizers(held));
      return figures;
    },
    /** Normalizes forward and back in programs of our own and in the reference; see normalizationRun.ts. */
    async normalizations(cases: readonly NormalizationCase[], backend: BackendName) {
      await setUpBackend(backend, options);
      const figures = [];
      for (const held of cases) figures.push(await compareNormalizations(held));
      return figures;
    },
    /** Computes losses and their gradients in programs of our own and in the reference; see crossEntropyRun.ts. */
    async crossEntropies(cases: readonly CrossEntropyCase[], backend: BackendName) {
      await setUpBackend(backend, options);
      const figures = [];
      for (const held of cases) figures.push(await compareCrossEntropies(held));
      return figures;
    },
    /** Makes figures of weights on the device and in a plain loop; see statisticsRun.ts. */
    async statistics(cases: readonly StatisticsCase[], backend: BackendName) {
      await setUpBackend(backend, options);
      const figures = [];
      for (const held of cases) figures.push(await compareStatistics(held));
      return figures;
    },
    /** Reads the layers of a run and counts the bytes that come back; see statisticsRun.ts. */
    async layerReads(backend: BackendName) {
      await setUpBackend(backend, options);
      return measureLayerReads();
    },
    /** Runs a case as usual and replayed on WebGPU; see replayRun.ts. */
    async compare(held: ReplayCase, repeats: number) {
      await setUpBackend("webgpu", options);
      return compareRuns(held, repeats);
    },
  },
});
