// The examples of the next step as the network will really see them, beside what they are.
import { scaledInputs } from "../../data/scaling";
import type { Dataset } from "../../data/types";
import { tf } from "../tensors";
import type { UpcomingStep } from "../upcoming";
import type { AugmentedPictures } from "../viewTypes";
import { bytesOf } from "./bytes";
import { definePanel } from "./panel";

/** Pictures shown. */
const shown = 18;

/** The first pictures of the upcoming batch, before and after. */
export async function augmentedPictures(
  dataset: Dataset,
  upcoming: Pick<UpcomingStep, "step" | "indices" | "mixing" | "seenBatch">,
): Promise<AugmentedPictures> {
  const { inputSize, train } = dataset;
  const [height, width, channels] = dataset.inputShape as [number, number, number];
  const batch = upcoming.seenBatch();
  const seen = (await batch.inputs.data()) as Float32Array;
  tf.dispose([batch.inputs, batch.targets]);
  const { indices, mixing } = upcoming;
  const pixelsOf = (values: Float32Array, index: number) =>
    bytesOf(values.subarray(index * inputSize, (index + 1) * inputSize), dataset);
  const pictures = Array.from(indices.subarray(0, shown), (index, row) => {
    const partner = mixing ? (indices[mixing.partners[row] as number] as number) : null;
    return {
      index,
      label: train.labels[index] as number,
      mislabelled: train.mislabelled[index] === 1,
      before: bytesOf(scaledInputs(train, dataset, index, index + 1), dataset),
      after: pixelsOf(seen, row),
      partner: partner === null ? null : (train.labels[partner] as number),
      share: mixing?.share ?? 1,
    };
  });
  return { step: upcoming.step, width, height, channels, pictures };
}

export const augmented = definePanel({
  interval: 1000,
  appliesTo: ({ task }) => task.view === "pictures",
  open: ({ dataset }) => ({ measure: ({ upcoming }) => augmentedPictures(dataset, upcoming) }),
});
