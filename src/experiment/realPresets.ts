// The published figures on MNIST, Fashion-MNIST and CIFAR-10, each row as an experiment with its figures beside it.
import type { FieldValue } from "./fields";
import type { FieldPath } from "./schema";
import type { DataKind } from "./tasks";

/** What others found with the same experiment. */
export interface KnownFigures {
  /** "sparsity": share of |w| < 1e-3 (test accuracy); "gap": train / test / gap; all in percent or points. */
  readonly quantity: "sparsity" | "gap";
  /** Who found what, such as ["published", "47.8"]. */
  readonly found: readonly (readonly [source: string, figures: string])[];
}

type Settings = readonly (readonly [FieldPath, FieldValue])[];

/** A row of a table: how it differs from the table's first, and what others found. */
interface Row {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly kind: DataKind;
  readonly settings: Settings;
  readonly known: KnownFigures;
}

/** Figures by source, without those that nobody has measured. */
function known(quantity: KnownFigures["quantity"], published = "", ours = ""): KnownFigures {
  const found = [
    ["published", published],
    ["PyTorch", ours],
  ] as const;
  return { quantity, found: found.filter(([, figures]) => figures !== "") };
}

/** MLP 784-256-10, Adam 1e-3, batches of 64, 5 epochs, pixels 0 … 1, all parameters counted. */
const digits = (trainSize: number): Settings => [
  ["data.trainSize", trainSize],
  ["data.validationSize", 5000],
  ["data.testSize", 10_000],
  ["data.mislabelled", 0],
  ["model.initialization", "pytorch"],
  ["optimizer.kind", "adam"],
  ["optimizer.epochs", 5],
];

/**
 * Name and title, settings, and shares of |w| < 1e-3 in percent: published, PyTorch on MNIST and on Fashion-MNIST.
 * Empty where nobody has measured it; a set for which nothing is known has no such row.
 */
const penalties: readonly (readonly [string, string, Settings, string, string, string])[] = [
  ["mlp", "no penalty", [], "1.3", "1.2 (97.8)", "1.4 (87.3)"],
  ["l2", "L2 1e-3", [["regularization.l2", 1e-3]], "3.7", "33.0 (97.3)", "21.1 (85.7)"],
  ["l2-weak", "L2 1e-4", [["regularization.l2", 1e-4]], "", "26.1 (97.8)", ""],
  ["l1", "L1 1e-4", [["regularization.l1", 1e-4]], "47.8", "70.6 (97.2)", "69.9 (85.4)"],
  ["l1-strong", "L1 1e-3", [["regularization.l1", 1e-3]], "89.2", "94.8 (93.1)", "95.1 (81.4)"],
  [
    "proximal",
    "proximal L1 1e-3",
    [["regularization.l1Proximal", 1e-3]],
    "",
    "3.5 (97.8)",
    "3.5 (87.2)",
  ],
  [
    "proximal-strong",
    "proximal L1 0.1",
    [["regularization.l1Proximal", 0.1]],
    "",
    "68.1 (96.3), 55.6 exactly 0",
    "",
  ],
];

function penaltyRows(kind: "mnist" | "fashionMnist"): Row[] {
  const [base, title, size] =
    kind === "mnist" ? ["mnist", "MNIST", 50_000] : ["fashion", "Fashion-MNIST", 55_000];
  const measured = penalties.filter((row) => kind === "mnist" || row[5] !== "");
  return measured.map(([name, words, settings, published, mnist, fashion]) => ({
    name: `${base}-${name}`,
    title: `${title}: MLP, ${words}`,
    description: `How many weights end near zero with ${words}, and what that costs in accuracy.`,
    kind,
    known: kind === "mnist" ? known("sparsity", published, mnist) : known("sparsity", "", fashion),
    settings: [
      ...digits(size as number),
      ...settings,
      ...(settings.length > 0 ? ([["regularization.scope", "all"]] as const) : []),
    ],
  }));
}

/** Three blocks, Adam 1e-3, 30 epochs, 10,000 pictures as in our PyTorch runs; the published ones had 50,000. */
const photographs: Settings = [
  ["data.trainSize", 10_000],
  ["data.validationSize", 2000],
  ["data.testSize", 2000],
  ["data.drawing", "balanced"],
  ["optimizer.epochs", 30],
];

/** Strength, and train / test / gap in percent: published, and PyTorch where it was run. */
const dropouts: readonly (readonly [number, string, string?])[] = [
  [0, "95.2 / 74.1 / 21.1", "83.6 / 59.0 / 24.6"],
  [0.1, "93.8 / 77.3 / 16.5"],
  [0.3, "91.2 / 80.1 / 11.1", "75.0 / 63.2 / 11.7"],
  [0.5, "87.4 / 79.3 / 8.1"],
  [0.7, "78.2 / 72.1 / 6.1", "59.0 / 53.4 / 5.6"],
];
const decays: typeof dropouts = [
  [1e-5, "94.6 / 75.9 / 18.7"],
  [1e-4, "92.3 / 79.8 / 12.5"],
  [1e-3, "89.1 / 80.2 / 8.9"],
  [1e-2, "82.4 / 76.1 / 6.3"],
];

function strengthRow(
  base: string,
  words: string,
  path: FieldPath,
  [strength, published, ours]: (typeof dropouts)[number],
): Row {
  return {
    name: `cifar10-${base}-${strength}`,
    title: `CIFAR-10: ${words} ${strength}`,
    description: `How far ${words} ${strength} closes the gap between training and test accuracy.`,
    kind: "cifar10",
    known: known("gap", published, ours),
    settings: [...photographs, [path, strength]],
  };
}

export const realRows: readonly Row[] = [
  ...penaltyRows("mnist"),
  ...penaltyRows("fashionMnist"),
  ...dropouts.map((row) =>
    strengthRow("dropout", "dropout in the head", "regularization.dropoutHead", row),
  ),
  ...decays.map((row) => strengthRow("decay", "L2 under Adam", "regularization.l2", row)),
  {
    name: "cifar10-everything",
    title: "CIFAR-10: everything together",
    description:
      "Augmentation, batch normalization, dropout, AdamW and label smoothing together: how small the gap becomes.",
    kind: "cifar10",
    known: known("gap", "90.1 / 84.2 / 5.9"),
    settings: [
      ...photographs,
      ["augmentation.crop", 4],
      ["augmentation.flip", "horizontal"],
      ["augmentation.brightness", 0.2],
      ["augmentation.contrast", 0.2],
      ["augmentation.saturation", 0.2],
      ["augmentation.erasing", 0.25],
      ["model.normalization", "batch"],
      ["regularization.dropoutHead", 0.3],
      ["optimizer.kind", "adamw"],
      ["regularization.weightDecay", 1e-3],
      ["loss.labelSmoothing", 0.1],
    ],
  },
];
