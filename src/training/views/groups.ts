// How often the network is right in each group of examples: who pays for the rest, and which wrong labels it repeats.
import { trueLabels } from "../../data/labels";
import { writeScaled } from "../../data/scaling";
import type { Dataset, Examples } from "../../data/types";
import { countMultiplyAdds } from "../../experiment/bounds";
import { chunkSize } from "../../experiment/memory";
import type { Experiment } from "../../experiment/schema";
import { largestOf } from "../metrics";
import { evaluationPass, forward, type Network, type NetworkValues } from "../network";
import type { GroupFigures, Grouping } from "../reportTypes";
import { type Tensor, tf, tidy } from "../tensors";
import { groupingsOf } from "./groupings";
import { definePanel } from "./panel";
import { judgedCount } from "./report";

const firstOf = (count: number) => Int32Array.from({ length: count }, (_, index) => index);

export class GroupsView {
  private readonly groupings: readonly Grouping[];
  private readonly multiplyAdds: number;
  /** Labels of the training part before any was replaced, [count]. */
  private readonly truth: Int32Array;

  constructor(
    private readonly network: Network,
    private readonly dataset: Dataset,
    experiment: Experiment,
  ) {
    const { labels, mislabelled } = dataset.train;
    this.groupings = groupingsOf(experiment, dataset);
    this.multiplyAdds = countMultiplyAdds(experiment);
    this.truth = trueLabels(labels, mislabelled, dataset.outputs, experiment.seed);
  }

  /**
   * Figures of every grouping, in evaluation mode, on as many examples as can be judged in time.
   * @returns null where there is nothing to compare, or where the weights have left the finite numbers
   */
  async figures(values: NetworkValues): Promise<readonly GroupFigures[] | null> {
    const { groupings, dataset, multiplyAdds } = this;
    if (groupings.length === 0) return null;
    const { validation } = dataset;
    const judged = firstOf(judgedCount(multiplyAdds, validation.count));
    const onValidation = groupings.some(({ kind }) => kind !== "labels");
    const onLabels = groupings.some(({ kind }) => kind === "labels");
    // Both are asked for before either is waited for.
    const [answers, labels] = await Promise.all([
      onValidation ? this.answers(values, validation, judged) : null,
      onLabels ? this.judgeLabels(values) : null,
    ]);
    const found: GroupFigures[] = [];
    for (const grouping of groupings) {
      const figures =
        grouping.kind === "labels" ? labels : answers && this.count(grouping, answers);
      if (!figures) return null;
      found.push(figures);
    }
    return found;
  }

  /** Validation examples by group. @param answers of the network to the first examples */
  private count(grouping: Exclude<Grouping, { kind: "labels" }>, answers: Int32Array) {
    const { validation } = this.dataset;
    const groupOf = this.groupOf(grouping);
    const count = grouping.names.map(() => 0);
    const right = [...count];
    answers.forEach((answer, index) => {
      const group = groupOf(index);
      count[group] = (count[group] as number) + 1;
      if (answer === validation.labels[index]) right[group] = (right[group] as number) + 1;
    });
    return { count, right, truly: null };
  }

  private groupOf(grouping: Exclude<Grouping, { kind: "labels" }>): (index: number) => number {
    const { validation, columnGroups = [] } = this.dataset;
    if (grouping.kind === "column") {
      const groups = columnGroups.find(({ name }) => name === grouping.column);
      return (index) => groups?.validation[index] as number;
    }
    return (index) =>
      grouping.classes.findIndex((classes) => classes.includes(validation.labels[index] as number));
  }

  /** Training examples with a right and with a wrong label; together they cost as much as a report. */
  private async judgeLabels(values: NetworkValues): Promise<GroupFigures | null> {
    const { train } = this.dataset;
    const [count, right, truly]: [number[], number[], number[]] = [[], [], []];
    const parts = [0, 1].map((wrong) => {
      const held = firstOf(train.count).filter((index) => train.mislabelled[index] === wrong);
      return held.subarray(0, judgedCount(2 * this.multiplyAdds, held.length));
    });
    const all = await Promise.all(parts.map((judged) => this.answers(values, train, judged)));
    for (const [part, judged] of parts.entries()) {
      const answers = all[part];
      if (!answers) return null;
      const agree = (labels: Int32Array) =>
        judged.reduce((sum, index, at) => sum + (answers[at] === labels[index] ? 1 : 0), 0);
      count.push(judged.length);
      right.push(agree(train.labels));
      truly.push(agree(this.truth));
    }
    return { count, right, truly };
  }

  /** The classes that the network sees in the given examples; null where an output is not finite. */
  private async answers(
    values: NetworkValues,
    examples: Examples,
    indices: Int32Array,
  ): Promise<Int32Array | null> {
    if (indices.length === 0) return new Int32Array(0);
    const { outputs } = this.dataset;
    const chunk = chunkSize(this.multiplyAdds);
    const logits = tidy(() => {
      const chunks: Tensor[] = [];
      for (let start = 0; start < indices.length; start += chunk)
        chunks.push(this.logits(values, examples, indices.subarray(start, start + chunk)));
      return tf.concat(chunks);
    });
    const read = (await logits.data()) as Float32Array;
    logits.dispose();
    if (!read.every(Number.isFinite)) return null;
    return indices.map((_, at) => largestOf(read, at * outputs, outputs));
  }

  private logits(values: NetworkValues, examples: Examples, indices: Int32Array): Tensor {
    const { inputSize } = this.dataset;
    return tidy(() => {
      const scaled = new Float32Array(indices.length * inputSize);
      writeScaled(examples, this.dataset, indices, scaled);
      const inputs = tf.tensor2d(scaled, [indices.length, inputSize]);
      return forward(this.network, values, inputs, evaluationPass);
    });
  }
}

/** One entry for each grouping of the data set, in its order. */
export const groups = definePanel({
  interval: 1000,
  appliesTo: () => true,
  open({ network, dataset, experiment }) {
    const view = new GroupsView(network, dataset, experiment);
    return { measure: ({ values }) => view.figures(values) };
  },
});
