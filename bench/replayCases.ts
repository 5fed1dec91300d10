// Small experiments with everything that a replayed step must get right.
import type { ReplayCase } from "./replayRun";

const everywhere = [
  ["train", 46],
  ["valid", 10],
  ["test", 10],
  ["opt", "adamw"],
  ["rate", 0.01],
  ["schedule", "cosine"],
  ["decay", 0.1],
  ["clip", 1],
  ["average", "ema"],
] as const;

/** 46 examples in batches of 8: the last batch of an epoch has 6. */
export const replayCases: Readonly<Record<string, ReplayCase>> = {
  mlp: {
    settings: [
      ...everywhere,
      ["hidden", [8, 6]],
      ["batch", 8],
      ["epochs", 9],
      ["norm", "batch"],
      ["drop", 0.3],
      ["dropin", 0.1],
      ["smooth", 0.1],
      ["l1prox", 0.01],
    ],
    changes: [{ before: 25, settings: [["decay", 1]] }],
    steps: 50,
  },
  "mlp without evaluation before": {
    settings: [
      ["train", 40],
      ["valid", 10],
      ["test", 10],
      ["hidden", [5]],
      ["batch", 8],
      ["epochs", 9],
      ["opt", "adam"],
      ["average", "ema"],
      ["norm", "layer"],
    ],
    steps: 12,
    rushes: true,
  },
  cnn: {
    settings: [
      ["data", "shapes"],
      ...everywhere,
      ["wrong", 0],
      ["family", "cnn"],
      ["blocks", [2, 3]],
      ["head", "mean"],
      ["hidden", []],
      ["train", 10],
      ["batch", 4],
      ["epochs", 20],
      ["norm", "batch"],
      ["dropmap", 0.2],
      ["drophead", 0.2],
      ["crop", 3],
      ["flip", "horizontal"],
      ["bright", 0.4],
      ["contrast", 0.4],
      ["saturation", 0.5],
      ["erase", 0.7],
      ["mixup", 0.4],
      ["smooth", 0.1],
    ],
    changes: [{ before: 25, settings: [["decay", 1]] }],
    steps: 50,
  },
};

const tiny: ReplayCase = {
  settings: [
    ["train", 20],
    ["valid", 10],
    ["test", 10],
    ["hidden", [3]],
    ["batch", 10],
    ["epochs", 6],
  ],
  steps: 7,
};

/** What cannot be replayed, and what the page says of it. */
export const usualCases: readonly (ReplayCase & { readonly reason: RegExp })[] = [
  { ...tiny, maximumBytes: 64, reason: /too large to stay on the device/ },
  { ...tiny, irregular: true, reason: /changes from one step to the next/ },
];

/** Networks as large as people train here, for the time that JavaScript takes. */
export const timedCases: Readonly<Record<string, ReplayCase>> = {
  "MLP 784-256-10, batch 64": {
    settings: [
      ["data", "strokeDigits"],
      ["train", 1920],
      ["valid", 10],
      ["test", 10],
      ["hidden", [256]],
      ["batch", 64],
      ["epochs", 10],
      ["opt", "adam"],
      ["rate", 1e-3],
    ],
    steps: 104,
    timed: 100,
  },
  "CNN 32-64-128 with batch normalization, batch 32": {
    settings: [
      ["data", "shapes"],
      ["train", 320],
      ["valid", 10],
      ["test", 10],
      ["family", "cnn"],
      ["blocks", [32, 64, 128]],
      ["head", "mean"],
      ["hidden", []],
      ["norm", "batch"],
      ["batch", 32],
      ["epochs", 20],
      ["opt", "adam"],
      ["rate", 1e-3],
    ],
    steps: 8,
    timed: 4,
  },
};
