// The registry of picture sets that are read from files: what they are, and the files they may come in.
import { cifarFormat } from "../readers/cifar";
import type { PictureFormat } from "../readers/pool";
import { archiveForm, batchForm, idxForm, type PictureForm, spriteForm } from "./forms";

/** Kinds of data that are pictures from files. */
export type PictureKind = "mnist" | "fashionMnist" | "cifar10";

export interface PictureSet {
  /** Name for people. */
  readonly title: string;
  /** Its folder under the site's datasets/, under --data, and in the browser's cache. */
  readonly folder: string;
  readonly format: PictureFormat;
  readonly classNames: readonly string[];
  /** Forms of its files, the official one first; any one will do. */
  readonly forms: readonly PictureForm[];
}

const digits: PictureFormat = { height: 28, width: 28, channels: 1, classes: 10 };

export const pictureSets: Readonly<Record<PictureKind, PictureSet>> = {
  mnist: {
    title: "MNIST",
    folder: "mnist",
    format: digits,
    classNames: ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
    forms: [idxForm(digits), spriteForm("mnist", digits)],
  },
  fashionMnist: {
    title: "Fashion-MNIST",
    folder: "fashion-mnist",
    format: digits,
    classNames: [
      "T-shirt/top",
      "Trouser",
      "Pullover",
      "Dress",
      "Coat",
      "Sandal",
      "Shirt",
      "Sneaker",
      "Bag",
      "Ankle boot",
    ],
    forms: [idxForm(digits), spriteForm("fashion_mnist", digits)],
  },
  cifar10: {
    title: "CIFAR-10",
    folder: "cifar10",
    format: cifarFormat,
    classNames: [
      "airplane",
      "automobile",
      "bird",
      "cat",
      "deer",
      "dog",
      "frog",
      "horse",
      "ship",
      "truck",
    ],
    forms: [archiveForm, batchForm, spriteForm("cifar10", cifarFormat)],
  },
};

/** True for data that are read as pictures from files. */
export function isPictureKind(kind: string): kind is PictureKind {
  return kind in pictureSets;
}
