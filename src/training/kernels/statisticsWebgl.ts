// Figures of weights on WebGL: a few draws, and only the figures themselves are read back.
import { tf } from "../tensors";
import { registerKernels } from "./register";
import {
  chunksOf,
  countTexels,
  figureTexels,
  printCounts,
  printKernels,
  printResult,
  printScalarSums,
  printScalars,
  printUnits,
  starts,
} from "./statisticsGlsl";
import type { WebglBackend, WebglProgram } from "./webglBackend";
import { weightScalarNames, weightScalarsKernel } from "./weightScalars";
import { type Segment, statisticsWidth, weightStatisticsKernel } from "./weightStatistics";

type Inputs = Readonly<Record<"weights" | "kernels" | "scope", tf.TensorInfo>>;

/** A program that writes whole texels, `texels` for each of `count` parts. */
const partial = (
  variableNames: readonly string[],
  count: number,
  texels: number,
  userCode: string,
): WebglProgram => ({
  variableNames,
  outputShape: [2 * count, 2 * texels],
  packedInputs: true,
  packedOutput: true,
  userCode,
});

const total = (parts: readonly number[]) => starts(parts).at(-1) as number;

function statistics(
  backend: WebglBackend,
  { weights }: Inputs,
  { segments }: { readonly segments: readonly Segment[] },
): tf.TensorInfo {
  const run = (program: WebglProgram, ...inputs: tf.TensorInfo[]) =>
    backend.compileAndRun(program, inputs, "float32");
  const unitCount = total(segments.map((segment) => segment.units));
  const chunkCount = total(segments.map(({ size }) => chunksOf(size)));
  const units = run(partial(["Weights"], unitCount, figureTexels, printUnits(segments)), weights);
  const kernels = run(
    partial(["Units"], segments.length, figureTexels, printKernels(segments)),
    units,
  );
  const counts = run(
    partial(["Weights", "Kernels"], chunkCount, countTexels, printCounts(segments)),
    weights,
    kernels,
  );
  const result = run(
    {
      variableNames: ["Kernels", "Counts"],
      outputShape: [segments.length * statisticsWidth],
      packedInputs: true,
      userCode: printResult(segments),
    },
    kernels,
    counts,
  );
  for (const held of [units, kernels, counts]) backend.disposeIntermediateTensorInfo(held);
  return result;
}

function scalars(backend: WebglBackend, { weights, kernels, scope }: Inputs): tf.TensorInfo {
  const length = tf.util.sizeFromShape(weights.shape);
  // As many fragments as each of them has weights to go through, about: even, since weights lie two by two.
  const chunk = 2 * Math.ceil(Math.sqrt(length) / 2);
  const count = Math.ceil(length / chunk);
  const names = ["Weights", "Kernels", ...(scope ? ["Scope"] : [])];
  const sums = backend.compileAndRun(
    partial(names, count, 2, printScalarSums(length, chunk, scope !== undefined)),
    scope ? [weights, kernels, scope] : [weights, kernels],
    "float32",
  );
  const result = backend.compileAndRun(
    {
      variableNames: ["Sums"],
      outputShape: [weightScalarNames.length],
      packedInputs: true,
      userCode: printScalars(length, count),
    },
    [sums],
    "float32",
  );
  backend.disposeIntermediateTensorInfo(sums);
  return result;
}

/** Registers the operations for the WebGL backend (version 2 only); again is harmless. */
export function registerStatisticsWebgl(): void {
  registerKernels("webgl", {
    [weightStatisticsKernel]: statistics,
    [weightScalarsKernel]: scalars,
  });
}
