// What each data set is as a task: shape in, outputs out, limits, and the settings that make sense for it.
import type { FieldValue } from "./fields";
import type { Experiment, FieldPath } from "./schema";

export type DataKind = Experiment["data"]["kind"];

export interface Task {
  readonly kind: DataKind;
  readonly type: "classification" | "regression";
  /** Shape of one example, without the batch: [features] or [height, width, channels]. */
  readonly inputShape: readonly number[];
  /** Product of inputShape. */
  readonly inputSize: number;
  /** Units of the last layer: classes, or values to predict. */
  readonly outputs: number;
  /** How the page shows it. */
  readonly view: "plane" | "curve" | "table" | "pictures";
  /** Most training examples that it can give. */
  readonly maximumTrainSize: number;
  /** Generated here, or read from files. */
  readonly origin: "generated" | "files";
}

/** The task that the data settings describe. */
export function describeTask(data: Experiment["data"]): Task {
  const plane = (outputs: number): Task => ({
    kind: data.kind,
    type: "classification",
    inputShape: [2],
    inputSize: 2,
    outputs,
    view: "plane",
    maximumTrainSize: 10_000,
    origin: "generated",
  });
  switch (data.kind) {
    case "moons":
    case "circle":
    case "xor":
    case "spiral":
      return plane(2);
    case "clusters":
      return plane(data.classes);
    case "ownPoints":
      return { ...plane(data.classes), origin: "files" };
    case "curve":
      return { ...plane(1), type: "regression", inputShape: [1], inputSize: 1, view: "curve" };
    case "tabular":
      return { ...plane(2), inputShape: [40], inputSize: 40, view: "table" };
    case "strokeDigits":
      return { ...plane(10), inputShape: [28, 28, 1], inputSize: 784, view: "pictures" };
    case "shapes":
      return { ...plane(10), inputShape: [32, 32, 3], inputSize: 3072, view: "pictures" };
    case "mnist":
    case "fashionMnist":
      return {
        ...plane(10),
        inputShape: [28, 28, 1],
        inputSize: 784,
        view: "pictures",
        maximumTrainSize: 59_990,
        origin: "files",
      };
    case "cifar10":
      return {
        ...plane(10),
        inputShape: [32, 32, 3],
        inputSize: 3072,
        view: "pictures",
        maximumTrainSize: 49_990,
        origin: "files",
      };
    case "ownPictures": {
      const side = Number(data.albumSide);
      const channels = data.albumColours === "grey" ? 1 : 3;
      return {
        ...plane(data.albumClasses),
        inputShape: [side, side, channels],
        inputSize: side * side * channels,
        view: "pictures",
        origin: "files",
      };
    }
    case "ownTable":
      return {
        ...plane(data.answers),
        type: data.answers > 0 ? "classification" : "regression",
        inputShape: [data.columns],
        inputSize: data.columns,
        outputs: Math.max(1, data.answers),
        view: "table",
        maximumTrainSize: 60_000,
        origin: "files",
      };
  }
}

const realDigits: readonly (readonly [FieldPath, FieldValue])[] = [
  ["data.trainSize", 2000],
  ["data.scaling", "unit"],
  ["optimizer.batchSize", 64],
  ["optimizer.learningRate", 1e-3],
  ["optimizer.epochs", 20],
  ["model.hiddenWidths", [256]],
];

/** Settings that suit a data set when a person picks it: sizes and noise mean different things for points and pictures. */
export const recommendedSettings: Readonly<
  Record<DataKind, readonly (readonly [FieldPath, FieldValue])[]>
> = {
  moons: [
    ["data.trainSize", 60],
    ["data.noise", 0.28],
    ["data.scaling", "standardized"],
    ["optimizer.batchSize", 20],
  ],
  circle: [
    ["data.trainSize", 60],
    ["data.noise", 0.28],
    ["data.scaling", "standardized"],
    ["optimizer.batchSize", 20],
  ],
  xor: [
    ["data.trainSize", 60],
    ["data.noise", 0.28],
    ["data.scaling", "standardized"],
    ["optimizer.batchSize", 20],
  ],
  clusters: [
    ["data.trainSize", 60],
    ["data.noise", 0.4],
    ["data.scaling", "standardized"],
    ["optimizer.batchSize", 20],
  ],
  spiral: [
    ["data.trainSize", 100],
    ["data.noise", 0.15],
    ["data.scaling", "standardized"],
    ["optimizer.batchSize", 20],
  ],
  curve: [
    ["data.trainSize", 20],
    ["data.noise", 0.3],
    ["data.mislabelled", 0],
    ["data.scaling", "symmetric"],
    ["optimizer.batchSize", 20],
  ],
  tabular: [
    ["data.trainSize", 100],
    ["data.noise", 0.2],
    ["data.scaling", "standardized"],
    ["optimizer.batchSize", 20],
  ],
  strokeDigits: [
    ["data.trainSize", 300],
    ["data.noise", 0.3],
    ["data.scaling", "unit"],
    ["optimizer.batchSize", 64],
    ["optimizer.learningRate", 1e-3],
    ["optimizer.epochs", 50],
    ["model.hiddenWidths", [256]],
  ],
  shapes: [
    ["data.trainSize", 1000],
    ["data.validationSize", 1000],
    ["data.noise", 0.25],
    ["data.mislabelled", 0],
    ["data.scaling", "standardized"],
    ["model.family", "cnn"],
    ["model.filters", [32, 64, 128]],
    ["model.head", "mean"],
    ["model.hiddenWidths", []],
    ["model.normalization", "batch"],
    ["optimizer.kind", "adam"],
    ["optimizer.batchSize", 32],
    ["optimizer.learningRate", 1e-3],
    ["optimizer.epochs", 20],
  ],
  mnist: realDigits,
  fashionMnist: realDigits,
  ownTable: [
    ["data.trainSize", 100],
    ["data.mislabelled", 0],
    ["data.scaling", "standardized"],
    ["optimizer.batchSize", 20],
  ],
  ownPoints: [
    ["data.classes", 2],
    ["data.mislabelled", 0],
    ["data.scaling", "standardized"],
    ["optimizer.batchSize", 20],
  ],
  ownPictures: [
    ["data.mislabelled", 0],
    ["data.scaling", "standardized"],
    ["model.family", "cnn"],
    ["model.filters", [16, 32]],
    ["model.head", "flatten"],
    ["model.hiddenWidths", [32]],
    ["optimizer.kind", "adam"],
    ["optimizer.batchSize", 16],
    ["optimizer.learningRate", 1e-3],
    ["optimizer.epochs", 30],
  ],
  cifar10: [
    ["data.trainSize", 2000],
    ["data.validationSize", 1000],
    ["data.mislabelled", 0],
    ["data.scaling", "standardized"],
    ["model.family", "cnn"],
    ["model.filters", [32, 64, 128]],
    ["model.head", "flatten"],
    ["model.hiddenWidths", [128]],
    ["optimizer.kind", "adam"],
    ["optimizer.batchSize", 64],
    ["optimizer.learningRate", 1e-3],
    ["optimizer.epochs", 10],
  ],
};

/** Generated pictures of the same shape and as many classes, for when a set's files cannot be had. */
const standIns: { readonly [K in DataKind]?: DataKind } = {
  mnist: "strokeDigits",
  fashionMnist: "strokeDigits",
  cifar10: "shapes",
};

/**
 * The settings by which an experiment on pictures from files goes over to generated ones: the data alone, so that network,
 * regularization and optimizer stay what they are. Null where nothing stands in.
 */
export function standInSettings(
  kind: DataKind,
): readonly (readonly [FieldPath, FieldValue])[] | null {
  const other = standIns[kind];
  if (!other) return null;
  const data = recommendedSettings[other].filter(([path]) => path.startsWith("data."));
  return [["data.kind", other], ...data];
}
