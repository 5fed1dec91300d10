// A few training pictures of every class, as they are: what is to be learned, before anything is.
import { scaledInputs } from "../../data/scaling";
import type { Dataset } from "../../data/types";
import type { ClassGrid } from "../viewTypes";
import { bytesOf } from "./bytes";

/** Pictures shown of each class. */
const perClass = 12;

/**
 * The first training pictures of every class, by the label that training uses, wrong ones among them.
 * @throws RangeError where the examples are no pictures
 */
export function classGrid(dataset: Dataset): ClassGrid {
  if (dataset.inputShape.length !== 3) throw new RangeError("This data set has no pictures.");
  const { train, outputs } = dataset;
  const [height, width, channels] = dataset.inputShape as [number, number, number];
  const classes = Array.from({ length: outputs }, () => ({ count: 0, places: [] as number[] }));
  for (const [index, label] of train.labels.entries()) {
    const held = classes[label] as (typeof classes)[number];
    held.count++;
    if (held.places.length < perClass) held.places.push(index);
  }
  const picture = (index: number) => ({
    index,
    mislabelled: train.mislabelled[index] === 1,
    pixels: bytesOf(scaledInputs(train, dataset, index, index + 1), dataset),
  });
  const shown = classes.map(({ count, places }) => ({ count, pictures: places.map(picture) }));
  return { width, height, channels, classes: shown };
}
