// The optimizer's step on WebGPU, for the command that counts its dispatches.
import { setUpBackend } from "../../src/training/backends";
import { compareOptimizers, type OptimizerCase, type OptimizerFigures } from "../optimizerRun";

export interface OptimizerPage {
  compareOptimizers(cases: readonly OptimizerCase[]): Promise<OptimizerFigures[]>;
}

export const optimizerPage: OptimizerPage = {
  async compareOptimizers(cases) {
    await setUpBackend("webgpu", { wasmFolder: "" });
    const figures: OptimizerFigures[] = [];
    for (const held of cases) figures.push(await compareOptimizers(held));
    return figures;
  },
};
