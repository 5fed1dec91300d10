// The examples of the next step as the network will really see them, beside what they are.
import { invertScaling } from "../../data/scaling";
import type { Dataset } from "../../data/types";
import type { AugmentedPictures } from "../telemetry";
import { tf } from "../tensors";
import type { UpcomingStep } from "../upcoming";

/** Pictures shown. */
const shown = 18;

/** Bytes of scaled pictures; noise may lead out of their range. */
function toBytes(scaled: Float32Array, { scaling, inputSize }: Dataset): Uint8Array {
  return Uint8Array.from(invertScaling(scaled, scaling, inputSize), (value) =>
    Math.round(Math.min(255, Math.max(0, value))),
  );
}

/** The first pictures of the upcoming batch, before and after. */
export async function augmentedPictures(
  dataset: Dataset,
  upcoming: Pick<UpcomingStep, "indices" | "mixing" | "seenBatch">,
): Promise<AugmentedPictures> {
  const { inputSize, train } = dataset;
  const [height, width, channels] = dataset.inputShape as [number, number, number];
  const batch = upcoming.seenBatch();
  const seen = (await batch.inputs.data()) as Float32Array;
  tf.dispose([batch.inputs, batch.targets]);
  const { indices, mixing } = upcoming;
  const pixelsOf = (values: Float32Array, index: number) =>
    toBytes(values.subarray(index * inputSize, (index + 1) * inputSize), dataset);
  const pictures = Array.from(indices.subarray(0, shown), (index, row) => {
    const partner = mixing ? (indices[mixing.partners[row] as number] as number) : null;
    return {
      index,
      label: train.labels[index] as number,
      mislabelled: train.mislabelled[index] === 1,
      before: pixelsOf(train.inputs, index),
      after: pixelsOf(seen, row),
      partner: partner === null ? null : (train.labels[partner] as number),
      share: mixing?.share ?? 1,
    };
  });
  return { width, height, channels, pictures };
}
