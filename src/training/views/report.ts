// How well the network's probabilities hold up on validation examples: the figures behind confusion and calibration.
import { scaledInputs } from "../../data/scaling";
import type { Dataset } from "../../data/types";
import { chunkSize } from "../../experiment/memory";
import { classificationReport } from "../metrics";
import { evaluationPass, forward, type Network, type NetworkValues } from "../network";
import type { ClassificationReport } from "../reportTypes";
import { type Tensor, tf, tidy } from "../tensors";
import { definePanel } from "./panel";

/** Most validation examples judged. */
const mostJudged = 1000;
/** Fewest, however dear one is: less would say nothing about ten classes. */
const fewestJudged = 50;
/** Multiply-adds that a report may cost. */
const reportCost = 4e8;

/** Validation examples that a report stands on: fewer where one is dear. */
export function judgedCount(multiplyAdds: number, available: number): number {
  const affordable = Math.max(fewestJudged, Math.floor(reportCost / multiplyAdds));
  return Math.min(mostJudged, affordable, available);
}

export class ReportView {
  private readonly count: number;
  private readonly chunk: number;

  /** @param multiplyAdds cost of one example's way forward. */
  constructor(
    private readonly network: Network,
    private readonly dataset: Dataset,
    multiplyAdds: number,
  ) {
    this.count = judgedCount(multiplyAdds, dataset.validation.count);
    this.chunk = chunkSize(multiplyAdds);
  }

  /** Null where the weights give no probabilities: they have left the finite numbers. */
  async report(values: NetworkValues): Promise<ClassificationReport | null> {
    const { dataset, count } = this;
    const outputs = tidy(() => {
      const chunks: Tensor[] = [];
      for (let start = 0; start < count; start += this.chunk)
        chunks.push(this.judge(values, start));
      return tf.concat(chunks);
    });
    const probabilities = (await outputs.data()) as Float32Array;
    outputs.dispose();
    if (!probabilities.every(Number.isFinite)) return null;
    const labels = dataset.validation.labels.subarray(0, count);
    return classificationReport(probabilities, labels, dataset.outputs);
  }

  /** Class probabilities of the chunk from example `start` on. */
  private judge(values: NetworkValues, start: number): Tensor {
    const { inputSize, validation } = this.dataset;
    const end = Math.min(this.count, start + this.chunk);
    return tidy(() => {
      const scaled = scaledInputs(validation, this.dataset, start, end);
      const inputs = tf.tensor2d(scaled, [end - start, inputSize]);
      return tf.softmax(forward(this.network, values, inputs, evaluationPass));
    });
  }
}

/** On the first validation examples, as many as can be judged in time. */
export const report = definePanel({
  interval: 1000,
  appliesTo: ({ dataset }) => dataset.type === "classification",
  open({ network, dataset, multiplyAdds }) {
    const view = new ReportView(network, dataset, multiplyAdds);
    return { measure: ({ values }) => view.report(values) };
  },
});
