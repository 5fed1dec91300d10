// What the network thinks of single pictures: a fixed sample, the worst mistakes, and the mislabelled ones.
import { scaledInputs } from "../../data/scaling";
import type { Dataset, Examples } from "../../data/types";
import { evaluationPass, forward, type Network, type NetworkValues } from "../network";
import { type Tensor, tf, tidy } from "../tensors";
import type { Gallery, JudgedPicture } from "../viewTypes";
import { bytesOf } from "./bytes";
import { definePanel } from "./panel";

/** Pictures shown in each list. */
const shown = 24;
/** Most validation pictures among which the worst are looked for. */
const searched = 1000;
/** Multiply-adds that a search may cost. */
const searchCost = 4e8;

interface Judgement {
  readonly predicted: number;
  readonly confidence: number;
  readonly loss: number;
}

/** The prediction of one example from its row of probabilities. */
export function judge(
  probabilities: ArrayLike<number>,
  row: number,
  classes: number,
  label: number,
): Judgement {
  let predicted = 0;
  const at = (k: number) => probabilities[row * classes + k] as number;
  for (let k = 1; k < classes; k++) if (at(k) > at(predicted)) predicted = k;
  return { predicted, confidence: at(predicted), loss: -Math.log(Math.max(at(label), 1e-30)) };
}

export class GalleryView {
  private readonly validation: Tensor;
  private readonly mislabelled: Tensor | null;
  private readonly mislabelledIndices: number[];

  constructor(
    private readonly network: Network,
    private readonly dataset: Dataset,
    multiplyAdds: number,
  ) {
    const { validation, train } = dataset;
    const affordable = Math.max(2 * shown, Math.floor(searchCost / multiplyAdds));
    const count = Math.min(searched, affordable, validation.count);
    this.validation = this.inputs(
      validation,
      Array.from({ length: count }, (_, i) => i),
    );
    this.mislabelledIndices = [...train.mislabelled.keys()]
      .filter((i) => train.mislabelled[i])
      .slice(0, shown);
    this.mislabelled =
      this.mislabelledIndices.length > 0 ? this.inputs(train, this.mislabelledIndices) : null;
  }

  async gallery(values: NetworkValues): Promise<Gallery> {
    const { dataset, mislabelledIndices } = this;
    const [height, width, channels] = dataset.inputShape as [number, number, number];
    // Both are asked for before either is waited for.
    const [all, wrong] = await Promise.all([
      this.judgeAll(values, this.validation, dataset.validation, null),
      this.mislabelled
        ? this.judgeAll(values, this.mislabelled, dataset.train, mislabelledIndices)
        : [],
    ]);
    const worst = all
      .filter(({ judgement, index }) => judgement.predicted !== dataset.validation.labels[index])
      .sort((a, b) => b.judgement.loss - a.judgement.loss)
      .slice(0, shown);
    const picture =
      (part: "train" | "validation") => (entry: { index: number; judgement: Judgement }) =>
        this.picture(part, entry.index, entry.judgement);
    return {
      width,
      height,
      channels,
      sample: all.slice(0, shown).map(picture("validation")),
      worst: worst.map(picture("validation")),
      mislabelled: wrong.map(picture("train")),
    };
  }

  dispose(): void {
    this.validation.dispose();
    this.mislabelled?.dispose();
  }

  private inputs(examples: Examples, indices: readonly number[]): Tensor {
    const { inputSize } = this.dataset;
    const values = new Float32Array(indices.length * inputSize);
    indices.forEach((from, to) => {
      values.set(scaledInputs(examples, this.dataset, from, from + 1), to * inputSize);
    });
    return tf.tensor2d(values, [indices.length, inputSize]);
  }

  private async judgeAll(
    values: NetworkValues,
    inputs: Tensor,
    examples: Examples,
    indices: readonly number[] | null,
  ): Promise<{ index: number; judgement: Judgement }[]> {
    const outputs = tidy(() => tf.softmax(forward(this.network, values, inputs, evaluationPass)));
    const probabilities = (await outputs.data()) as Float32Array;
    outputs.dispose();
    return Array.from({ length: inputs.shape[0] as number }, (_, row) => {
      const index = indices?.[row] ?? row;
      const label = examples.labels[index] as number;
      return { index, judgement: judge(probabilities, row, this.dataset.outputs, label) };
    });
  }

  private picture(
    part: "train" | "validation",
    index: number,
    judgement: Judgement,
  ): JudgedPicture {
    const examples = this.dataset[part];
    const scaled = scaledInputs(examples, this.dataset, index, index + 1);
    return {
      index,
      part,
      label: examples.labels[index] as number,
      mislabelled: examples.mislabelled[index] === 1,
      pixels: bytesOf(scaled, this.dataset),
      ...judgement,
    };
  }
}

export const gallery = definePanel({
  interval: 1000,
  appliesTo: ({ task }) => task.view === "pictures",
  open({ network, dataset, multiplyAdds }) {
    const view = new GalleryView(network, dataset, multiplyAdds);
    return { measure: ({ values }) => view.gallery(values), dispose: () => view.dispose() };
  },
});
