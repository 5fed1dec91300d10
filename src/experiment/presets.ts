// Experiments worth opening, by name: for the menu, the first visit and the command line.
import type { FieldValue } from "./fields";
import { type KnownFigures, realRows } from "./realPresets";
import { defaultExperiment, type Experiment, type FieldPath, withValue } from "./schema";
import { type DataKind, recommendedSettings } from "./tasks";

type Settings = readonly (readonly [FieldPath, FieldValue])[];

export interface Suggestion {
  readonly text: string;
  readonly changes: Settings;
  /** What the run suffers from before; overfitting where nothing is said. */
  readonly against?: "underfitting" | "overfitting";
}

export interface Preset {
  /** For the command line and links to documentation. */
  readonly name: string;
  readonly title: string;
  /** What to look at, in one or two sentences. */
  readonly description: string;
  readonly experiment: Experiment;
  /** One change to try once the run has shown its symptom. */
  readonly suggestion?: Suggestion;
  readonly known?: KnownFigures;
}

function make(kind: DataKind, settings: Settings): Experiment {
  const start = withValue(defaultExperiment, "data.kind", kind);
  return [...recommendedSettings[kind], ...settings].reduce(
    (experiment, [path, value]) => withValue(experiment, path, value),
    start,
  );
}

const digits: Settings = [
  ["data.mislabelled", 0],
  ["model.initialization", "pytorch"],
  ["optimizer.kind", "adam"],
];
/** Hard enough and long enough to tell networks that memorize from others. */
const shapes: Settings = [
  ["data.noise", 0.35],
  ["optimizer.learningRate", 3e-3],
  ["optimizer.schedule", "cosine"],
  ["optimizer.epochs", 40],
];

/** The best combination found on Shapes (bench/RESULTS.md). */
const everything: Settings = [
  ["optimizer.kind", "adamw"],
  ["regularization.weightDecay", 1],
  ["regularization.dropoutHead", 0.1],
  ["loss.labelSmoothing", 0.1],
  ["augmentation.crop", 2],
  ["augmentation.flip", "horizontal"],
];

export const presets: readonly Preset[] = [
  {
    name: "moons-overfit",
    title: "Two moons: see it overfit",
    description:
      "A large network, 60 points, 8 % of them mislabelled: it memorizes every point, and the boundary shows it.",
    experiment: defaultExperiment,
    suggestion: {
      text: "Weight decay keeps the weights small, and a network with small weights cannot bend around single points.",
      changes: [["regularization.weightDecay", 3]],
    },
  },
  {
    name: "curve-too-little",
    title: "Curve: too little freedom",
    description:
      "A straight line through a bent cloud of points: train and validation are both poor.",
    experiment: make("curve", [
      ["model.hiddenWidths", []],
      ["optimizer.learningRate", 0.03],
    ]),
    suggestion: {
      text: "Regularization cannot help here: the model is too simple. Give it hidden layers.",
      against: "underfitting",
      changes: [["model.hiddenWidths", [32, 32]]],
    },
  },
  {
    name: "curve-too-much",
    title: "Curve: too much freedom",
    description: "A large network bends through every noisy point and wiggles wildly in between.",
    experiment: make("curve", [
      ["model.hiddenWidths", [128, 128]],
      ["model.activation", "tanh"],
      ["optimizer.learningRate", 0.01],
      ["optimizer.epochs", 2000],
    ]),
    suggestion: {
      text: "Weight decay makes wiggles expensive.",
      changes: [["regularization.weightDecay", 1]],
    },
  },
  {
    name: "curve-right",
    title: "Curve: about right",
    description:
      "The same large network with weight decay follows the curve and lets the noise be noise.",
    experiment: make("curve", [
      ["model.hiddenWidths", [128, 128]],
      ["model.activation", "tanh"],
      ["optimizer.learningRate", 0.01],
      ["optimizer.epochs", 2000],
      ["regularization.weightDecay", 1],
    ]),
  },
  {
    name: "features-l1",
    title: "40 features: which ones matter?",
    description:
      "Five of forty inputs decide. Without regularization all forty get weight; the proximal L1 step leaves a handful.",
    experiment: make("tabular", [
      ["model.hiddenWidths", []],
      ["data.mislabelled", 0],
      ["optimizer.kind", "sgd"],
      ["optimizer.learningRate", 0.1],
      ["optimizer.batchSize", 100],
      ["optimizer.epochs", 1000],
    ]),
    suggestion: {
      text: "Soft thresholding after each step sets every weight the data do not support to exactly 0.",
      changes: [["regularization.l1Proximal", 0.03]],
    },
  },
  {
    name: "spiral-dropout",
    title: "Spiral: dropout",
    description:
      "A wide network on a noisy spiral. Watch what dropout does to train and validation.",
    experiment: make("spiral", [
      ["model.hiddenWidths", [128, 128]],
      ["data.noise", 0.3],
    ]),
    suggestion: {
      text: "Dropout drops a random half of the units in each step, so that no unit can rely on another.",
      changes: [["regularization.dropoutHidden", 0.5]],
    },
  },
  {
    name: "digits-300",
    title: "Stroke digits: 300 pictures",
    description: "An MLP memorizes 300 drawn digits; on new digits it makes many mistakes.",
    experiment: make("strokeDigits", digits),
    suggestion: {
      text: "Shifted copies of the images are harder to memorize than the images themselves.",
      changes: [["augmentation.crop", 2]],
    },
  },
  {
    name: "digits-mislabelled",
    title: "Stroke digits: wrong labels",
    description:
      "A share of the training pictures carries a wrong label. Without regularization the network memorizes those too, and validation suffers.",
    experiment: make("strokeDigits", [
      ...digits,
      ["data.trainSize", 1000],
      ["data.mislabelled", 0.3],
      ["optimizer.kind", "adamw"],
    ]),
    suggestion: {
      text: "Dropout and weight decay together make it hard to memorize single images.",
      changes: [
        ["regularization.dropoutHidden", 0.5],
        ["regularization.weightDecay", 3],
      ],
    },
  },
  {
    name: "digits-cnn",
    title: "Stroke digits: convolution",
    description:
      "The same 300 pictures for a small CNN: filters that slide over the picture need fewer examples than an MLP.",
    experiment: make("strokeDigits", [
      ...digits,
      ["model.family", "cnn"],
      ["model.filters", [8, 16]],
      ["model.hiddenWidths", [64]],
      ["optimizer.batchSize", 32],
      ["optimizer.epochs", 20],
    ]),
    suggestion: {
      text: "Dropout on what the blocks hand to the head keeps the head from relying on single places.",
      changes: [["regularization.dropoutHead", 0.5]],
    },
  },
  {
    name: "shapes-cnn",
    title: "Shapes: a CNN that overfits",
    description:
      "Three convolution blocks of 32, 64 and 128 filters memorize 1,000 colour images; on new images they are often wrong.",
    experiment: make("shapes", shapes),
    suggestion: {
      text: "Images that move and flip are hard to memorize. With decay, softened labels and some dropout besides, validation ends about ten points higher.",
      changes: everything,
    },
  },
  {
    name: "shapes-everything",
    title: "Shapes: everything together",
    description:
      "The same network with moving, flipping pictures, weight decay, softened labels and head dropout: it learns more slowly and ends about ten points higher on new pictures.",
    experiment: make("shapes", [...shapes, ...everything]),
  },
  ...realRows.map(({ kind, settings, ...texts }) => ({
    ...texts,
    experiment: make(kind, settings),
  })),
];

/** The preset of a name, if there is one. */
export function findPreset(name: string): Preset | undefined {
  return presets.find((preset) => preset.name === name);
}
