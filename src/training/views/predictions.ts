// How far predicted values are off on validation examples, in the unit of the column that is predicted.
import { scaledInputs } from "../../data/scaling";
import type { Dataset } from "../../data/types";
import { chunkSize } from "../../experiment/memory";
import { regressionReport } from "../metrics";
import { evaluationPass, forward, type Network, type NetworkValues } from "../network";
import type { RegressionReport } from "../reportTypes";
import { type Tensor, tf, tidy } from "../tensors";
import { definePanel } from "./panel";
import { judgedCount } from "./report";
import { inUnits } from "./scale";

export class PredictionsView {
  private readonly count: number;
  private readonly chunk: number;
  /** True values of the judged examples, [count]. */
  private readonly actual: Float32Array;

  /** @param multiplyAdds cost of one example's way forward. */
  constructor(
    private readonly network: Network,
    private readonly dataset: Dataset,
    multiplyAdds: number,
  ) {
    const { validation } = dataset;
    this.count = judgedCount(multiplyAdds, validation.count);
    this.chunk = chunkSize(multiplyAdds);
    this.actual = inUnits(validation.targets.subarray(0, this.count), dataset);
  }

  /** Null where the weights give no values: they have left the finite numbers. */
  async report(values: NetworkValues): Promise<RegressionReport | null> {
    const outputs = tidy(() => {
      const chunks: Tensor[] = [];
      for (let start = 0; start < this.count; start += this.chunk)
        chunks.push(this.predict(values, start));
      return tf.concat(chunks);
    });
    const predicted = inUnits((await outputs.data()) as Float32Array, this.dataset);
    outputs.dispose();
    if (!predicted.every(Number.isFinite)) return null;
    return regressionReport(predicted, this.actual, this.dataset.target?.mean ?? 0);
  }

  /** Outputs for the chunk from example `start` on. */
  private predict(values: NetworkValues, start: number): Tensor {
    const { inputSize, validation } = this.dataset;
    const end = Math.min(this.count, start + this.chunk);
    return tidy(() => {
      const scaled = scaledInputs(validation, this.dataset, start, end);
      const inputs = tf.tensor2d(scaled, [end - start, inputSize]);
      return forward(this.network, values, inputs, evaluationPass);
    });
  }
}

/** Tables of values: on the first validation examples, as many as can be judged in time. */
export const predictions = definePanel({
  interval: 500,
  appliesTo: ({ task, dataset }) => task.view === "table" && dataset.type === "regression",
  open({ network, dataset, multiplyAdds }) {
    const view = new PredictionsView(network, dataset, multiplyAdds);
    return { measure: ({ values }) => view.report(values) };
  },
});
