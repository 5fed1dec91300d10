// What judging the network's answers gives: for classes, for groups of examples, for values. Types only, no tensors.

/** One bin of the reliability diagram: predictions whose confidence lies in (low, high]. */
export interface ReliabilityBin {
  readonly low: number;
  readonly high: number;
  readonly count: number;
  /** Share of right predictions in [0, 1]; null in an empty bin. */
  readonly accuracy: number | null;
  /** Mean probability of the predicted class in [0, 1]; null in an empty bin. */
  readonly confidence: number | null;
}

/** How one class fares; shares in [0, 1], 0/0 = 0. */
export interface ClassFigures {
  /** Of those predicted to be of this class, the share that is. */
  readonly precision: number;
  /** Of those that are of this class, the share that was found. */
  readonly recall: number;
  readonly f1: number;
  /** Examples of this class. */
  readonly support: number;
}

/** What predictions of classes are worth on one part of the data. */
export interface ClassificationReport {
  readonly count: number;
  readonly accuracy: number;
  /** Mean −log of the true class's probability, nats. */
  readonly nll: number;
  /** Mean squared distance of the probabilities from the truth, summed over the classes, in [0, 2]. */
  readonly brier: number;
  /** The same, averaged over the classes. */
  readonly brierPerClass: number;
  /** Expected calibration error over `bins`, in [0, 1]. */
  readonly ece: number;
  /** The 15 bins of the reliability diagram, from 0 to 1. */
  readonly bins: readonly ReliabilityBin[];
  /** Counts, rows true, columns predicted, [classes][classes]. */
  readonly confusion: readonly (readonly number[])[];
  readonly perClass: readonly ClassFigures[];
  /** Plain means over the classes. */
  readonly macroPrecision: number;
  readonly macroRecall: number;
  readonly macroF1: number;
  /** Mean over the classes, weighted by support. */
  readonly weightedF1: number;
  /** Mean probability of the predicted class. */
  readonly meanConfidence: number;
}

/** A division of examples into groups whose accuracies are compared. */
export type Grouping =
  /** Training examples: the label is right, or was replaced on purpose. Two groups, in this order. */
  | { readonly kind: "labels"; readonly names: readonly string[] }
  /** Validation examples by how frequent their class is in training; the most frequent classes come first. */
  | {
      readonly kind: "frequency";
      readonly names: readonly string[];
      /** Classes of each group. */
      readonly classes: readonly (readonly number[])[];
      /** Training examples of every class. */
      readonly counts: readonly number[];
    }
  /** Validation examples by a column of a table. */
  | { readonly kind: "column"; readonly names: readonly string[]; readonly column: string };

/** How the groups of one grouping fare, each list in the order of its names. */
export interface GroupFigures {
  /** Examples judged. */
  readonly count: readonly number[];
  /** Of those, answers that agree with the label. */
  readonly right: readonly number[];
  /** Where labels were replaced: answers that agree with the label before that; else null. */
  readonly truly: readonly number[] | null;
}

/** What predictions of values are worth on validation examples, in the unit of the predicted column. */
export interface RegressionReport {
  /** Examples judged. */
  readonly count: number;
  /** Root of the mean square of predicted − actual. */
  readonly rootMeanSquare: number;
  /** Mean of |predicted − actual|. */
  readonly meanAbsolute: number;
  /** The same where the training part's mean is always predicted. */
  readonly meanAbsoluteOfGuess: number;
  /** Share of the examples' own spread that is explained, 1 − Σ(predicted − actual)²/Σ(actual − mean)²; null without spread. */
  readonly explained: number | null;
  /** [count] each, example by example. */
  readonly predicted: Float32Array;
  readonly actual: Float32Array;
}

/** State of one layer's kernel. */
export interface LayerStatistics {
  readonly name: string;
  /** [inputs, outputs] */
  readonly shape: readonly number[];
  readonly parameters: number;
  readonly norm1: number;
  readonly norm2: number;
  readonly largest: number;
  /** Shares in [0, 1] of the kernel's entries. */
  readonly nearZero: number;
  readonly exactZero: number;
  /** Output units: neurons of a dense layer, filters of a convolution. */
  readonly units: number;
  /** Units whose incoming weights are all exactly 0. */
  readonly unitsOff: number;
  /** L2 norm of the unit with the longest incoming weights. */
  readonly longestUnit: number;
  /** ‖change‖ / ‖kernel‖ at the last measured step; null before the first. */
  readonly updateRatio: number | null;
  /** Share in [0, 1] of its units that were 0 for every example looked at; null where there is no activation. */
  readonly deadUnits: number | null;
  /** 64 counts over [−range, range]; range is a power of two and values outside fall into the end bins. */
  readonly histogram: readonly number[];
  readonly range: number;
}
